using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Pull;

/// <summary>Asks every configured query at its step, each on its own, with longer and longer pauses while its source is
/// down.</summary>
internal sealed class PrometheusPull(
    IngestSettings settings,
    PrometheusClient prometheus,
    MetricNaming naming,
    SeriesCatalog catalog,
    Intake intake,
    IngestHealth health,
    SourceOffsets places,
    TimeProvider time,
    ILogger<PrometheusPull> log) : BackgroundService
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Pull.Select(pull => RunAsync(
        new PullQuery(pull, prometheus, naming, catalog, intake, health.Source($"pull:{pull.Name}"), places, time),
        stoppingToken)));

    private async Task RunAsync(PullQuery query, CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = pause;
            try
            {
                await query.CatchUpAsync(stoppingToken);
                pause = TimeSpan.FromSeconds(1);
                wait = query.UntilNext();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception reason)
            {
                // Whatever it was, the next try may succeed; a poller that stops for good would be seen by nobody.
                query.Source.Fail(reason.Message);
                Log.PullFailed(log, query.Name, pause.TotalSeconds, reason.Message);
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, MaxPause.Ticks));
            }

            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
