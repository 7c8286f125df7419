using Cpf.Ml.Worker.Ingest.Pipeline;

namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>The points of a file, in order of time.</summary>
internal abstract class ReplayTrack
{
    public abstract int Count { get; }

    /// <summary>Unix milliseconds, as the file has it.</summary>
    public abstract long TimestampAt(int index);

    /// <param name="shift">Added to the timestamp, milliseconds.</param>
    public abstract void AddTo(IntakeBatch batch, int index, long shift);

    /// <summary>From the first point to one step after the last, milliseconds.</summary>
    public long Length =>
        TimestampAt(Count - 1) - TimestampAt(0) + (Count > 1 ? Math.Max(1, TimestampAt(1) - TimestampAt(0)) : 60_000);
}
