using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>The past of the combined evidence, in bins of 0.05: turns a new evidence into the p-value that is
/// published.</summary>
/// <remarks>
/// <para>Conformal rank, and in the top 0.2 % an exponential tail: evidence is a logarithm, so its tail is close to
/// exponential.</para>
/// <para>
/// A point of an incident is strange because of the one before it: it counts a tenth, or a sixtieth once the incident
/// is beyond doubt, so that an hour of one counts once. Were the doubtful ones to count as little, noise with a memory,
/// whose false alerts take its own tail out of the past, would promise less than it does. Memory about 680 bytes, O(1).
/// </para>
/// </remarks>
internal sealed class EvidenceSketch
{
    private const int FullWeight = 60;
    private const int FrozenWeight = 6;
    private const int CertainWeight = 1;

    private const int Bins = 160;
    private const double Width = 0.05;
    private const int LeastCount = 50;
    private const double TailShare = 0.002;
    private const int LeastTail = 10;

    /// <summary>Four weeks at one point a minute, then the past fades by halves.</summary>
    private const long Limit = 40_000 * FullWeight;

    private readonly uint[] _counts = new uint[Bins];
    private long _total;

    /// <param name="evidence">Non-negative.</param>
    /// <param name="learning">How much it counts.</param>
    public void Add(double evidence, Learning learning)
    {
        var weight = learning switch
        {
            Learning.Full => FullWeight,
            Learning.Frozen => FrozenWeight,
            _ => CertainWeight
        };
        _counts[IndexOf(evidence)] += (uint)weight;
        _total += weight;
        if (_total <= Limit)
        {
            return;
        }

        _total = 0;
        foreach (ref var count in _counts.AsSpan())
        {
            count /= 2;
            _total += count;
        }
    }

    /// <returns>In (0, 1]; 1 with fewer than 50 points.</returns>
    public double PValue(double evidence)
    {
        var total = (double)_total / FullWeight;
        if (total < LeastCount)
        {
            return 1;
        }

        var index = IndexOf(evidence);
        var above = (double)Sum(_counts.AsSpan(index + 1));
        var position = Math.Clamp((evidence / Width) - index, 0, 1);
        var atLeast = (above + (_counts[index] * (1 - position))) / FullWeight;
        var tail = Math.Max(LeastTail, TailShare * total);
        var rank = Math.Min(1, (atLeast + 1) / (total + 1));
        return atLeast < tail ? Tail(evidence, tail, total) ?? rank : rank;
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(_total);
        writer.Array<uint>(_counts);
    }

    /// <param name="reader">Stands where <see cref="Write"/> began.</param>
    /// <param name="fullWeight">What one ordinary point counted for, where the state was written.</param>
    public void Read(ref StateReader reader, int fullWeight = FullWeight)
    {
        _total = reader.Int64() * (FullWeight / fullWeight);
        reader.Array<uint>(_counts);
        foreach (ref var count in _counts.AsSpan())
        {
            count *= (uint)(FullWeight / fullWeight);
        }
    }

    /// <returns>Null when the tail lies in a single bin: a past that was always the same says no more than its
    /// length.</returns>
    private double? Tail(double evidence, double count, double total)
    {
        var above = 0.0;
        var index = Bins - 1;
        while (index > 0 && above + Points(index) < count)
        {
            above += Points(index--);
        }

        if (above == 0)
        {
            return null;
        }

        var inside = Math.Min(count - above, Points(index));
        var threshold = (index + 1 - (Points(index) > 0 ? inside / Points(index) : 1)) * Width;
        var sum = inside * ((((index + 1) * Width) - threshold) / 2);
        for (var i = index + 1; i < Bins; i++)
        {
            sum += Points(i) * (((i + 0.5) * Width) - threshold);
        }

        var mean = sum / count;
        return Math.Max(double.Epsilon, count / total * Math.Exp(-Math.Max(0, evidence - threshold) / mean));
    }

    private double Points(int index) => (double)_counts[index] / FullWeight;

    /// <remarks>The counts of a year add up to less than 2³².</remarks>
    private static uint Sum(ReadOnlySpan<uint> counts)
    {
        var lanes = Vector<uint>.Zero;
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(counts);
        foreach (var vector in vectors)
        {
            lanes += vector;
        }

        var sum = Vector.Sum(lanes);
        foreach (var count in counts[(vectors.Length * Vector<uint>.Count)..])
        {
            sum += count;
        }

        return sum;
    }

    private static int IndexOf(double evidence) => Math.Clamp((int)(evidence / Width), 0, Bins - 1);
}
