using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>What a series does at the same moment of each hour, or of another period that was found, beyond its curve
/// of the day: jobs, exports, cache refreshes.</summary>
/// <remarks>
/// <para>
/// A mean for each sixtieth of the cycle, first plain, then forgetting in three days of hours. It is used after 24
/// cycles, and only the part of it that is larger than the usual noise, so that a series without such habits is not
/// touched.
/// </para>
/// <para>Memory 250 bytes, O(1).</para>
/// </remarks>
internal sealed class CycleProfile
{
    public const int Slots = 60;
    public const long Hour = 3_600_000;

    /// <summary>Fewer points see too little of a cycle.</summary>
    private const int MinPointsPerCycle = 6;

    /// <summary>A day of hours.</summary>
    private const int MinCycles = 24;

    /// <summary>A visit takes in so much: three days of hours.</summary>
    private const double Gain = 1.0 / 72;

    /// <summary>One wild value moves the mean as twelve times the noise at most.</summary>
    private const double MaxStep = 12;

    private readonly float[] _means = new float[Slots];
    private long _cycles;
    private long _newest;

    /// <summary>Milliseconds: an hour, unless another period was found.</summary>
    public long Length { get; private set; } = Hour;

    /// <summary>Whether any part of the cycle is known to add something.</summary>
    /// <param name="noise">As for <see cref="Component"/>.</param>
    public bool HasComponent(double noise) =>
        _cycles >= MinCycles && _means.AsSpan().ContainsAnyExceptInRange((float)-noise, (float)noise);

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="interval">Usual time between points, milliseconds; 0 when not known.</param>
    /// <param name="noise">Usual distance of a value from its curve.</param>
    /// <returns>What this minute usually adds; 0 when it adds nothing beyond the noise.</returns>
    public double Component(long timestamp, double interval, double noise)
    {
        if (_cycles < MinCycles || interval <= 0 || interval * MinPointsPerCycle > Length)
        {
            return 0;
        }

        var mean = _means[SlotOf(timestamp)];
        return Math.Sign(mean) * Math.Max(0, Math.Abs(mean) - noise);
    }

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="residual">What the curve of the day leaves over; NaN where there is none.</param>
    /// <param name="noise">As for <see cref="Component"/>.</param>
    public void Learn(long timestamp, double residual, double noise)
    {
        var cycle = timestamp / Length;
        _cycles += cycle > _newest ? 1 : 0;
        _newest = Math.Max(cycle, _newest);
        if (!double.IsFinite(residual))
        {
            return;
        }

        ref var mean = ref _means[SlotOf(timestamp)];
        var step = Math.Clamp(residual - mean, -MaxStep * noise, MaxStep * noise);
        mean += (float)(step * Math.Max(Gain, 1.0 / Math.Max(1, _cycles)));
    }

    /// <summary>What was read is of cycles of this length.</summary>
    /// <param name="length">Milliseconds.</param>
    public void Resume(long length) => Length = length;

    /// <summary>The series repeats itself in another time.</summary>
    /// <param name="length">Milliseconds.</param>
    public void Restart(long length)
    {
        if (length == Length || Hour % length == 0)
        {
            return;
        }

        Length = length;
        Array.Clear(_means);
        (_cycles, _newest) = (0, 0);
    }

    public void Write(StateWriter writer)
    {
        writer.Array<float>(_means);
        writer.Array<long>([_cycles, _newest]);
    }

    /// <param name="reader">Stands where <see cref="Write"/> began.</param>
    public void Read(ref StateReader reader)
    {
        reader.Array<float>(_means);
        (_cycles, _newest) = (reader.Int64(), reader.Int64());
    }

    private int SlotOf(long timestamp) => (int)(timestamp % Length * Slots / Length);
}
