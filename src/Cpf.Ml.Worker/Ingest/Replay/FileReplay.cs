using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>Replays the configured files in parallel.</summary>
internal sealed class FileReplay(
    IngestSettings settings,
    MetricNaming naming,
    SeriesCatalog catalog,
    Intake intake,
    IngestHealth health,
    SourceOffsets offsets,
    TimeProvider time,
    ILogger<FileReplay> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Replay.Select(replay => Task.Run(() => RunAsync(replay, stoppingToken), stoppingToken)));

    private async Task RunAsync(ReplaySettings replay, CancellationToken stoppingToken)
    {
        var source = health.Source($"replay:{Path.GetFileName(replay.Path)}");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var clock = new ReplayClock();
                await new ReplayPlayer(replay, Read(replay, clock), clock, intake, source, offsets, time)
                    .PlayAsync(stoppingToken);
                return;
            }
            catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // Retrying would not help.
                source.Fail(reason.Message);
                Log.ReplayEnded(log, replay.Path, reason.Message);
                return;
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                source.Fail(reason.Message);
                Log.ReplayFailed(log, replay.Path, reason.Message);
            }

            // The offset is kept: the next attempt, like the next start, resumes from there.
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ReplayTrack Read(ReplaySettings replay, ReplayClock clock)
    {
        if (replay.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            var target = Target(replay, clock);
            catalog.Attach(target.Series);
            return CsvTrack.Read(replay.Path, target);
        }

        var track = TransactionTrack.Read(replay.Path, settings.Transactions, clock);
        foreach (var target in track.Targets)
        {
            catalog.Attach(target.Series);
        }

        return track;
    }

    /// <summary>Kind by the settings, else by rules and name; a configured file is always scored.</summary>
    private SeriesTarget Target(ReplaySettings replay, ReplayClock clock)
    {
        var name = replay.Name.Length > 0 ? replay.Name : Path.GetFileNameWithoutExtension(replay.Path);
        KeyValuePair<string, string>[] labels = [new("service", replay.Service)];
        var named = replay.Kind is null
            ? Array.Find(naming.Targets(name, labels), target => target.Part is SamplePart.Value or SamplePart.Counter)
            : null;
        return new SeriesTarget(
            new SeriesDescriptor(
                new SeriesIdentity(name, labels),
                replay.Kind ?? named?.Series.Kind ?? MetricKind.Gauge,
                replay.Unit.Length > 0 ? replay.Unit : named?.Series.Unit ?? "",
                replay.Service)
            {
                Clock = clock,
            },
            named?.Part ?? SamplePart.Value);
    }
}
