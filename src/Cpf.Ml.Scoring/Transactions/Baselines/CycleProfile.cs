using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The cyclic component of a series: its mean deviation from the seasonal baseline at each phase of the hour,
/// or of another period that was found. Jobs, exports, cache refreshes.</summary>
/// <remarks>
/// <para>
/// A mean for each sixtieth of the cycle, first plain, then exponential with a memory of three days of hours. It is
/// used after 24 cycles, and only the part of it that exceeds the noise, so that a series without a cycle is not
/// affected.
/// </para>
/// <para>Memory 250 bytes, O(1).</para>
/// </remarks>
internal sealed class CycleProfile
{
    /// <summary>Phases of the cycle that have a mean of their own.</summary>
    public const int Slots = 60;

    /// <summary>An hour in milliseconds, the initial period.</summary>
    public const long Hour = 3_600_000;

    /// <summary>A cycle sampled at fewer points is not resolved.</summary>
    private const int MinPointsPerCycle = 6;

    /// <summary>A day of hours.</summary>
    private const int MinCycles = 24;

    /// <summary>Weight of a visit: a memory of three days of hours.</summary>
    private const double Gain = 1.0 / 72;

    /// <summary>A residual moves the mean as one of twelve times the noise at most.</summary>
    private const double MaxStep = 12;

    private readonly float[] _means = new float[Slots];
    private long _cycles;
    private long _newest;

    /// <summary>The period in milliseconds: an hour, unless another one was found.</summary>
    public long Length { get; private set; } = Hour;

    /// <summary>Whether the component of any phase exceeds the noise.</summary>
    /// <param name="noise">As for <see cref="Component"/>.</param>
    public bool HasComponent(double noise) =>
        _cycles >= MinCycles && _means.AsSpan().ContainsAnyExceptInRange((float)-noise, (float)noise);

    /// <summary>The cyclic component at a time.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="interval">Typical time between points, milliseconds; 0 when unknown.</param>
    /// <param name="noise">Mean absolute residual of the series, on the scale of the kind.</param>
    /// <returns>The mean of the phase less the noise, on the scale of the kind; 0 where it does not exceed the
    /// noise.</returns>
    public double Component(long timestamp, double interval, double noise)
    {
        if (_cycles < MinCycles || interval <= 0 || interval * MinPointsPerCycle > Length)
        {
            return 0;
        }

        var mean = _means[SlotOf(timestamp)];
        return Math.Sign(mean) * Math.Max(0, Math.Abs(mean) - noise);
    }

    /// <summary>Learns the residual of a point.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="residual">Value less the local baseline; NaN where there is none.</param>
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

    /// <summary>Sets the period of a state that was read.</summary>
    /// <param name="length">Milliseconds.</param>
    public void Resume(long length) => Length = length;

    /// <summary>Restarts with another period, unless it divides the hour.</summary>
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

    /// <param name="reader">At the position where <see cref="Write"/> started.</param>
    public void Read(ref StateReader reader)
    {
        reader.Array<float>(_means);
        (_cycles, _newest) = (reader.Int64(), reader.Int64());
    }

    private int SlotOf(long timestamp) => (int)(timestamp % Length * Slots / Length);
}
