namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>The time that a replayed platform lives in: the newest instant that was played. By it the silence of one of
/// its series is judged.</summary>
internal sealed class ReplayClock : TimeProvider
{
    private long _now;

    /// <param name="now">Unix milliseconds; an earlier one than before changes nothing.</param>
    public void Advance(long now) => Interlocked.Exchange(ref _now, Math.Max(now, Interlocked.Read(ref _now)));

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _now));
}
