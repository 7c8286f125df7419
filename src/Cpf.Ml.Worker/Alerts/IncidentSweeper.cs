using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Closes incidents whose hold is over, and follows silences that begin and end.</summary>
internal sealed class IncidentSweeper(
    IncidentStore store,
    IncidentSearch search,
    SilenceStore silences,
    AlertSettings settings,
    TimeProvider time,
    ILogger<IncidentSweeper> log) : BackgroundService
{
    /// <summary>Looks once at every incident that is not closed.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var active = await silences.FindActiveAsync(now, cancellationToken);

        // Looked at without the writer's lock first: most of the time there is nothing to do.
        var unclosed = await search.FindUnclosedAsync(cancellationToken);
        if (unclosed.Any(incident => IncidentLife.Pass(incident, active, settings.Hold, now) is not null))
        {
            await store.ChangeAsync(
                async transaction =>
                {
                    await transaction.PassAsync(settings.Hold, now);
                    return true;
                },
                cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.SweepEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(log, exception);
            }
        }
    }
}
