using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>Plays one track. Its offset is saved, so that a restart resumes from there.</summary>
internal sealed class ReplayPlayer(
    ReplaySettings settings,
    ReplayTrack track, ReplayClock clock, Intake intake, IngestSource source, SourceOffsets offsets, TimeProvider time)
{
    private const int PointsPerBatch = 2_000;

    /// <summary>Completes at the end of the track; a loop does not end.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var (position, shift) = await LoadAsync(cancellationToken);
        if (position >= track.Count && !settings.Loop)
        {
            return;
        }

        var pace = new ReplayPace(time, TimestampAt(position, shift), settings.Speed, settings.ShiftToNow);
        while (settings.Loop || position < track.Count)
        {
            await pace.WaitAsync(TimestampAt(position, shift), cancellationToken);
            position = await PlayDueAsync(position, shift, pace.Due(), cancellationToken);
            offsets.Advance(StateName, [.. BitConverter.GetBytes(position), .. BitConverter.GetBytes(shift)]);
        }

        source.Finish();
    }

    private string StateName => $"replay:{settings.Path}";

    /// <returns>The position of the first point that is not yet due.</returns>
    private async Task<long> PlayDueAsync(long position, long shift, long due, CancellationToken cancellationToken)
    {
        var batch = intake.Batch();
        var newest = 0L;
        for (; batch.Samples.Count < PointsPerBatch
            && (settings.Loop || position < track.Count) && TimestampAt(position, shift) <= due; position++)
        {
            track.AddTo(batch, (int)(position % track.Count), shift + RoundOffset(position));
            newest = TimestampAt(position, shift);
        }

        await intake.SubmitWithRetryAsync(batch, source, cancellationToken);
        clock.Advance(newest);
        return position;
    }

    private long TimestampAt(long position, long shift) =>
        track.TimestampAt((int)(position % track.Count)) + shift + RoundOffset(position);

    private long RoundOffset(long position) => position / track.Count * track.Length;

    private async Task<(long Position, long Shift)> LoadAsync(CancellationToken cancellationToken) =>
        await offsets.LoadAsync(StateName, cancellationToken) is { Length: 2 * sizeof(long) } saved
            ? (BitConverter.ToInt64(saved), BitConverter.ToInt64(saved, sizeof(long)))
            : (0, settings.ShiftToNow ? Shift() : 0);

    /// <summary>The first point lies as far in the past as the replay gains on the clock, so that the last is played in
    /// its own time.</summary>
    private long Shift()
    {
        var gain = settings.Speed == 0 ? 1 : Math.Max(0, 1 - (1 / settings.Speed));
        var start = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)(gain * track.Length);

        // Whole minutes, so that points stay where people expect them.
        return (start - track.TimestampAt(0)) / 60_000 * 60_000;
    }
}
