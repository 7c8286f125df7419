using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>Closes minutes after the grace period and submits them for scoring.</summary>
internal sealed class TransactionIntake(
    TransactionCount count,
    TransactionSettings settings,
    Intake intake,
    SeriesCatalog catalog,
    IngestHealth health,
    PeriodicWork periodic,
    TimeProvider time,
    ILogger<TransactionIntake> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly IngestSource _source = health.Source(IngestHealth.Transactions);
    private readonly TargetCache<TransactionGroup, TransactionSeries> _series = new(catalog, series => series.Targets);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await count.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await count.StopAsync(cancellationToken);
    }

    /// <remarks>After a failure the minutes are kept and submitted in the next round.</remarks>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(TransactionIntake), Tick, RunAsync,
        reason => Log.MinutesNotScored(log, reason.Message), stoppingToken);

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        await SubmitClosedMinutesAsync(stoppingToken);
        await count.TrimJournalAsync(stoppingToken);
    }

    private async Task SubmitClosedMinutesAsync(CancellationToken stoppingToken)
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
        await count.ConfirmAsync(minutes.Count, stoppingToken);
    }
}
