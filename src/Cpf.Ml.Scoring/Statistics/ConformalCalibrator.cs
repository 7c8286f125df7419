using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Turns the combined evidence of a point into a p-value, by its rank among the evidence of the past, kept in
/// bins of 0.05.</summary>
/// <remarks>
/// <para>
/// Conformal rank (Vovk, Gammerman, Shafer 2005, <i>Algorithmic Learning in a Random World</i>; the evidence is the
/// nonconformity score), and in the top 0.2 % an exponential tail: evidence is a logarithm, so its tail is close to
/// exponential.
/// </para>
/// <para>
/// A point of an incident is anomalous because of the one before it: it weighs a tenth, or a sixtieth once the incident
/// is beyond doubt, so that an hour of one weighs as one point. A sixtieth for doubtful incidents too would remove the
/// tail of autocorrelated noise, whose false alerts they are, and its p-values would come too often. Memory about 680
/// bytes, O(1).
/// </para>
/// </remarks>
internal sealed class ConformalCalibrator
{
    private const int FullWeight = 60;
    private const int FrozenWeight = 6;
    private const int CertainWeight = 1;

    private const int Bins = 160;
    private const double Width = 0.05;
    private const int MinCount = 50;
    private const double TailShare = 0.002;
    private const int MinTailCount = 10;

    /// <summary>Four weeks at one point a minute; beyond that all weights are halved.</summary>
    private const long Limit = 40_000 * FullWeight;

    private readonly uint[] _counts = new uint[Bins];
    private long _total;

    /// <summary>Adds a point to the past.</summary>
    /// <param name="evidence">Non-negative.</param>
    /// <param name="learning">The state of the alert, which sets the weight of the point.</param>
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

    /// <summary>The share of past points with at least this evidence, the point itself included.</summary>
    /// <param name="evidence">Non-negative.</param>
    /// <returns>In (0, 1]; 1 with fewer than 50 points.</returns>
    public double PValue(double evidence)
    {
        var total = (double)_total / FullWeight;
        if (total < MinCount)
        {
            return 1;
        }

        var index = IndexOf(evidence);
        var above = (double)Sum(_counts.AsSpan(index + 1));
        var position = Math.Clamp((evidence / Width) - index, 0, 1);
        var atLeast = (above + (_counts[index] * (1 - position))) / FullWeight;
        var tail = Math.Max(MinTailCount, TailShare * total);
        var rank = Math.Min(1, (atLeast + 1) / (total + 1));
        return atLeast < tail ? Tail(evidence, tail, total) ?? rank : rank;
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(_total);
        writer.Array<uint>(_counts);
    }

    /// <param name="reader">At the position where <see cref="Write"/> started.</param>
    /// <param name="fullWeight">Weight of an ordinary point in the state's version.</param>
    public void Read(ref StateReader reader, int fullWeight = FullWeight)
    {
        _total = reader.Int64() * (FullWeight / fullWeight);
        reader.Array<uint>(_counts);
        foreach (ref var count in _counts.AsSpan())
        {
            count *= (uint)(FullWeight / fullWeight);
        }
    }

    /// <summary>P-value by the exponential tail of the <paramref name="count"/> largest values.</summary>
    /// <returns>Null when the tail lies in a single bin: a constant past supports no more than its rank.</returns>
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
