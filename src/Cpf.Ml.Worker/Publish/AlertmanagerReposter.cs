namespace Cpf.Ml.Worker.Publish;

/// <summary>Tells Alertmanager again and again what fires: it forgets alerts at a restart, and ends those that it no
/// longer hears of.</summary>
internal sealed class AlertmanagerReposter(
    AlertmanagerPublisher publisher, PublishSettings settings, TimeProvider time, ILogger<AlertmanagerReposter> log)
        : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Alertmanager.Url.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(settings.Alertmanager.RepostEvery, time);
        do
        {
            try
            {
                if ((await publisher.RepostAsync(stoppingToken)).Error is { } error)
                {
                    Log.RepostFailed(log, error);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RepostFailed(log, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
