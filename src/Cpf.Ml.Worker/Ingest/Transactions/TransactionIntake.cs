using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>Closes minutes when their time has come and hands them to the partitions.</summary>
internal sealed class TransactionIntake(
    TransactionCount count,
    TransactionSettings settings,
    Intake intake,
    SeriesCatalog catalog,
    IngestHealth health,
    TimeProvider time,
    ILogger<TransactionIntake> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly IngestSource _source = health.Source(IngestHealth.Transactions);
    private readonly TargetCache<TransactionGroup, TransactionSeries> _series = new(catalog, series => series.Targets);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await count.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await count.EndAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await HandOverAsync(stoppingToken);
                await count.KeepAsync(stoppingToken);
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                // The minutes stay where they are and are handed over again at the next tick.
                log.LoopFailed(nameof(TransactionIntake), reason.Message);
            }
        }
    }

    private async Task HandOverAsync(CancellationToken stoppingToken)
    {
        var minutes =
            await count.CloseAsync((time.GetUtcNow() - settings.Grace).ToUnixTimeMilliseconds(), stoppingToken);
        if (minutes.Count == 0)
        {
            return;
        }

        var batch = intake.Batch();
        foreach (var minute in minutes)
        {
            _series.GetOrAdd(minute.Group, group => new TransactionSeries(group)).Add(minute, batch);
        }

        await intake.ScoreAsync(batch, _source, stoppingToken);
        await count.TakenAsync(minutes.Count, stoppingToken);
    }
}
