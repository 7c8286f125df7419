using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions;

/// <summary>What a series does at the same minute of each hour beyond its curve of the day: jobs, exports, cache refreshes.</summary>
/// <remarks>
/// <para>
/// A mean for each minute, first plain, then forgetting in three days. It is used after a day, and only the part of it that is
/// larger than the usual noise, so that a series without such habits is not touched.
/// </para>
/// <para>Memory 250 bytes, O(1).</para>
/// </remarks>
internal sealed class CycleProfile
{
    public const int Slots = 60;
    private const long Cycle = 3_600_000;
    private const long Slot = Cycle / Slots;

    /// <summary>Longer intervals see too little of an hour.</summary>
    private const double LongestInterval = 10 * 60_000;

    /// <summary>A day of hours.</summary>
    private const int LeastCycles = 24;

    /// <summary>A visit takes in so much: three days of hours.</summary>
    private const double Gain = 1.0 / 72;

    /// <summary>One wild value moves the mean as twelve times the noise at most.</summary>
    private const double LargestStep = 12;

    private readonly float[] _means = new float[Slots];
    private long _cycles;
    private long _hour;

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="interval">Usual time between points, milliseconds; 0 when not known.</param>
    /// <param name="noise">Usual distance of a value from its curve.</param>
    /// <returns>What this minute usually adds; 0 when it adds nothing beyond the noise.</returns>
    public double Usual(long timestamp, double interval, double noise)
    {
        if (_cycles < LeastCycles || interval is <= 0 or > LongestInterval)
        {
            return 0;
        }

        var mean = _means[SlotOf(timestamp)];
        return Math.Sign(mean) * Math.Max(0, Math.Abs(mean) - noise);
    }

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="residual">What the curve of the day leaves over; NaN where there is none.</param>
    /// <param name="noise">As for <see cref="Usual"/>.</param>
    public void Learn(long timestamp, double residual, double noise)
    {
        var hour = timestamp / Cycle;
        _cycles += hour > _hour ? 1 : 0;
        _hour = Math.Max(hour, _hour);
        if (!double.IsFinite(residual))
        {
            return;
        }

        ref var mean = ref _means[SlotOf(timestamp)];
        var step = Math.Clamp(residual - mean, -LargestStep * noise, LargestStep * noise);
        mean += (float)(step * Math.Max(Gain, 1.0 / Math.Max(1, _cycles)));
    }

    public void Write(StateWriter writer)
    {
        writer.Array<float>(_means);
        writer.Array<long>([_cycles, _hour]);
    }

    public void Read(ref StateReader reader)
    {
        reader.Array<float>(_means);
        (_cycles, _hour) = (reader.Int64(), reader.Int64());
    }

    private static int SlotOf(long timestamp) => (int)(timestamp / Slot % Slots);
}
