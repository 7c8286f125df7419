using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Alerts once when new series or operations are refused, and closes the alert when none has been for an
/// hour.</summary>
internal sealed class CardinalityWatch(
    SeriesCatalog catalog,
    TransactionCount count,
    AlertPipeline pipeline,
    IncidentSearchStore incidents,
    IngestSettings limits,
    TransactionsSettings transactions,
    PeriodicWork periodic,
    TimeProvider time,
    ILogger<CardinalityWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(transactions.Zone);
    private IReadOnlyList<CardinalityLimit> _limits = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _limits =
        [
            new("series-limit", new("Limite du nombre de séries", "Limit of series"),
                string.Create(CultureInfo.InvariantCulture, $"MaxSeries={limits.MaxSeries}"),
                () => catalog.Refused,
                () => catalog.Count, since => AlertSentences.Cardinality(limits.MaxSeries, since, _zone)),
            new("transaction-group-limit", new("Limite du nombre d'opérations", "Limit of operations"),
                string.Create(CultureInfo.InvariantCulture, $"Transactions:MaxGroups={limits.Transactions.MaxGroups}"),
                () => count.Refused, () => count.Groups,
                since => AlertSentences.TransactionGroups(limits.Transactions.MaxGroups, since, _zone)),
        ];

        // What the store says is open, is: a kill may have come between the alert and anything that would be kept
        // beside it.
        var open = await incidents.FindOpenAlertsAsync(cancellationToken);
        foreach (var limit in _limits)
        {
            limit.LastRefusal = time.GetUtcNow();
            limit.OpenedAt = open.FirstOrDefault(
                alert => alert.Rule == AlertRules.Cardinality && alert.SeriesId == limit.Subject)?.OpenedAt;
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(CardinalityWatch), Tick, CheckAsync,
        reason => Log.LimitsNotChecked(log, reason), stoppingToken);

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        foreach (var limit in _limits)
        {
            await CheckAsync(limit, stoppingToken);
        }
    }

    private async Task CheckAsync(CardinalityLimit limit, CancellationToken cancellationToken)
    {
        // To the millisecond, as it is stored: the id must be the same after a restart.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var refused = limit.Refused();
        if (refused > limit.Seen)
        {
            limit.LastRefusal = now;
            if (limit.OpenedAt is null)
            {
                await pipeline.ProcessAsync(
                    [new AlertChange(AlertTransition.Open, limit.AlertSince(now, now))], cancellationToken);
                limit.OpenedAt = now;
            }

            limit.Seen = refused;
        }
        else if (limit.OpenedAt is { } since && now - limit.LastRefusal >= Quiet)
        {
            await pipeline.ProcessAsync(
                [new AlertChange(AlertTransition.Close, limit.AlertSince(since, now) with { ClosedAt = now })],
                cancellationToken);
            limit.OpenedAt = null;
        }
    }
}
