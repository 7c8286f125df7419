using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>Plays the configured files, all at once.</summary>
internal sealed class FileReplay(
    IngestSettings settings, SeriesCatalog catalog, Intake intake, IngestHealth health, WorkerStateStore states, TimeProvider time, ILogger<FileReplay> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Replay.Select(replay => Task.Run(() => PlayAsync(replay, stoppingToken), stoppingToken)));

    private async Task PlayAsync(ReplaySettings replay, CancellationToken stoppingToken)
    {
        var source = health.Source($"replay:{Path.GetFileName(replay.Path)}");
        try
        {
            var clock = new ReplayClock();
            var track = Read(replay, clock);
            await new ReplayPlayer(replay, track, clock, intake, source, states, time).PlayAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The place is kept; the next start goes on from there.
        }
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            source.Fail(reason.Message);
            log.ReplayFailed(replay.Path, reason.Message);
        }
    }

    private ReplayTrack Read(ReplaySettings replay, ReplayClock clock)
    {
        if (replay.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            var name = replay.Name.Length > 0 ? replay.Name : Path.GetFileNameWithoutExtension(replay.Path);
            var target = new SeriesTarget(new SeriesIdentity(name, [new("service", replay.Service)]), replay.Kind, replay.Unit, replay.Service) { Clock = clock };
            target.Attach(catalog);
            return CsvTrack.Read(replay.Path, target);
        }

        var track = TransactionTrack.Read(replay.Path, settings.Transactions);
        foreach (var target in track.Targets)
        {
            target.Clock = clock;
            target.Attach(catalog);
        }

        return track;
    }
}
