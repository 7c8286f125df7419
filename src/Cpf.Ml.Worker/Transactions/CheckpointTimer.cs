using System.Data.Common;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Saves a checkpoint now and then.</summary>
internal sealed class CheckpointTimer(Checkpoints checkpoints, TransactionsSettings settings, TimeProvider time, ILogger<CheckpointTimer> log)
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
            }
            catch (DbException exception)
            {
                Log.CheckpointFailed(log, exception);
            }
        }
    }
}
