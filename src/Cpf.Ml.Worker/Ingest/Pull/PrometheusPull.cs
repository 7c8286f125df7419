using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Pull;

/// <summary>Pulls every configured query at its step, independently, with exponential backoff while its source is
/// down.</summary>
internal sealed class PrometheusPull(
    IngestSettings settings,
    PrometheusClient prometheus,
    MetricNaming naming,
    SeriesCatalog catalog,
    Intake intake,
    IngestHealth health,
    SourceOffsets offsets,
    TimeProvider time,
    ILogger<PrometheusPull> log) : BackgroundService
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Pull.Select(pull => RunAsync(
        new PullQuery(pull, prometheus, naming, catalog, intake, health.Source($"pull:{pull.Name}"), offsets, time),
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
                // Whatever the reason, the next attempt may succeed; nobody would notice a poller that has stopped for
                // good.
                query.Source.Fail(reason.Message);
                Log.PullFailed(log, query.Name, pause.TotalSeconds, reason.Message);
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, MaxPause.Ticks));
            }

            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
