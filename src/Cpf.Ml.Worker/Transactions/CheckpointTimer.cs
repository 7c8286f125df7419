using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Saves a checkpoint at each interval, then retires what is gone: one after the other, so that nothing
/// retired is written again.</summary>
internal sealed class CheckpointTimer(Checkpoints checkpoints,
    Retirement retirement, TransactionsSettings settings, PeriodicWork periodic, ILogger<CheckpointTimer> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(CheckpointTimer), settings.CheckpointInterval,
        SaveAsync, reason => Log.CheckpointFailed(log, reason), stoppingToken);

    private async Task SaveAsync(CancellationToken stoppingToken)
    {
        await checkpoints.SaveAsync(stoppingToken);
        await retirement.RunAsync(stoppingToken);
    }
}
