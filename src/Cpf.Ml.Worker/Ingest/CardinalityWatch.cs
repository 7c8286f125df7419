using System.Data.Common;
using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Ingest;

/// <summary>Tells people once that new series are refused, and once that none has been for an hour.</summary>
internal sealed class CardinalityWatch(
    SeriesCatalog catalog,
    AlertPipeline pipeline,
    IngestSettings limits,
    TransactionsSettings transactions,
    WorkerStateStore states,
    TimeProvider time,
    ILogger<CardinalityWatch> log) : BackgroundService
{
    private const string StateName = "cardinality";
    private const string Subject = "series-limit";
    private const string Service = "cpf-ml";

    /// <summary>Changes when the same refusals could be told otherwise.</summary>
    private static readonly ModelId Model = new("ingest/cardinality", "1");

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private long _refused;
    private DateTimeOffset _lastRefusal;
    private DateTimeOffset? _openedAt;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _lastRefusal = time.GetUtcNow();
        if (await states.LoadAsync(StateName, cancellationToken) is { Length: sizeof(long) } saved)
        {
            _openedAt = DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(saved));
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryCheckAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // An open alert stays open; the next start takes it up.
        }
    }

    private async Task TryCheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(cancellationToken);
        }
        catch (DbException reason)
        {
            log.LoopFailed(nameof(CardinalityWatch), reason.Message);
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var (now, refused) = (time.GetUtcNow(), catalog.Refused);
        if (refused > _refused)
        {
            _lastRefusal = now;
            if (_openedAt is null)
            {
                await pipeline.ProcessAsync([new AlertChange(AlertTransition.Open, AlertSince(now, now))], cancellationToken);
                await states.SaveAsync(StateName, BitConverter.GetBytes(now.ToUnixTimeMilliseconds()), cancellationToken);
                _openedAt = now;
            }

            _refused = refused;
        }
        else if (_openedAt is { } since && now - _lastRefusal >= Quiet)
        {
            await pipeline.ProcessAsync([new AlertChange(AlertTransition.Close, AlertSince(since, now) with { ClosedAt = now })], cancellationToken);
            await states.DeleteAsync(StateName, cancellationToken);
            _openedAt = null;
        }
    }

    private Alert AlertSince(DateTimeOffset openedAt, DateTimeOffset now)
    {
        // To the millisecond, as it is kept: the id must be the same after a restart.
        var since = DateTimeOffset.FromUnixTimeMilliseconds(openedAt.ToUnixTimeMilliseconds());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(transactions.Zone);
        return new Alert
        {
            Id = AlertId.Of(AlertRules.Cardinality, Subject, since),
            Rule = AlertRules.Cardinality,
            SeriesId = Subject,
            SeriesName = new("Limite du nombre de séries", "Limit of series"),
            Service = Service,
            Severity = Severity.Warning,
            OpenedAt = since,
            UpdatedAt = now,
            Document = new AlertDocument
            {
                Sentence = AlertSentences.Cardinality(limits.MaxSeries, since, zone),
                Observed = catalog.Count,
                Since = since,
                Model = Model.ToString(),
                Configuration = string.Create(CultureInfo.InvariantCulture, $"MaxSeries={limits.MaxSeries}"),
            },
        };
    }
}
