namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>When a replayed instant is due: at a multiple of real time, but never ahead of the clock when
/// bounded.</summary>
/// <param name="start">Instant that is due at once, Unix milliseconds.</param>
/// <param name="speed">Replayed seconds a second; 0 means everything is due.</param>
/// <param name="bounded">Whether an instant is due only when the clock has reached it.</param>
internal sealed class ReplayPace(TimeProvider time, long start, double speed, bool bounded)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Everything up to this is due; Unix milliseconds.</summary>
    public long Due()
    {
        var wall = bounded ? time.GetUtcNow().ToUnixTimeMilliseconds() : long.MaxValue;
        return speed == 0 ? wall
            : (long)Math.Min(wall, start + (time.GetElapsedTime(_began).TotalMilliseconds * speed));
    }

    /// <summary>Completes when <paramref name="instant"/> is due.</summary>
    public async Task WaitAsync(long instant, CancellationToken cancellationToken)
    {
        for (var due = Due(); due < instant; due = Due())
        {
            var away = (instant - due) / (speed == 0 ? 1 : speed);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(away, 1, 60_000)), time, cancellationToken);
        }
    }
}
