using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Posts firing alerts to Alertmanager again and again: it forgets them at a restart, and resolves those that
/// are not repeated.</summary>
internal sealed class AlertmanagerReposter(AlertmanagerPublisher publisher,
    PublishSettings settings, PeriodicWork periodic, ILogger<AlertmanagerReposter> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Alertmanager.Url.Length > 0)
        {
            await periodic.NowAndEveryAsync(nameof(AlertmanagerReposter), settings.Alertmanager.RepostEvery,
                RepostAsync, reason => Log.RepostFailed(log, reason.Message), stoppingToken);
        }
    }

    private async Task RepostAsync(CancellationToken stoppingToken)
    {
        if ((await publisher.RepostAsync(stoppingToken)).Error is { } error)
        {
            Log.RepostFailed(log, error);
        }
    }
}
