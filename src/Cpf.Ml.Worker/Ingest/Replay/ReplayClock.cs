namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>The clock of a replayed platform: the newest instant that was played. Missing data of its series are judged
/// by it.</summary>
internal sealed class ReplayClock : TimeProvider
{
    private long _now;

    /// <param name="now">Unix milliseconds; an earlier one than before changes nothing.</param>
    public void Advance(long now) => Interlocked.Exchange(ref _now, Math.Max(now, Interlocked.Read(ref _now)));

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _now));
}
