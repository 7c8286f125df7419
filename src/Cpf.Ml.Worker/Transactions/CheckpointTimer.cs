namespace Cpf.Ml.Worker.Transactions;

/// <summary>Saves a checkpoint at each interval, then retires what is gone: one after the other, so that nothing
/// retired is written again.</summary>
internal sealed class CheckpointTimer(Checkpoints checkpoints,
    Retirement retirement, TransactionsSettings settings, TimeProvider time, ILogger<CheckpointTimer> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.CheckpointInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await checkpoints.SaveAsync(stoppingToken);
                await retirement.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.CheckpointFailed(log, exception);
            }
        }
    }
}
