using Cpf.Ml.Scoring;
using System.Collections.Immutable;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Alerts of series that stopped reporting: neither an anomaly nor a recovery, but a rule of its
/// own.</summary>
/// <remarks>What falls silent together is one alert: see <see cref="Outages"/>.</remarks>
internal sealed class NoDataWatch(
    SeriesCatalog catalog,
    Partitions partitions,
    Outages outages,
    AlertsPerPoint budget,
    AlertPipeline pipeline,
    TransactionsSettings settings,
    SeriesAlerts alerts,
    TransactionsMetrics metrics,
    PeriodicWork periodic,
    TimeProvider time,
    ILogger<NoDataWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Alert> _open = new(StringComparer.Ordinal);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);

    /// <summary>Restores alerts that were open when the service stopped.</summary>
    public void Resume(IEnumerable<Alert> open)
    {
        foreach (var alert in open.Where(alert => alert.Rule == AlertRules.NoData))
        {
            _open[alert.SeriesId] = alert;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(NoDataWatch), Interval, RunAsync, reason => Log.SilenceCheckFailed(log, reason), stoppingToken);

    private Task RunAsync(CancellationToken stoppingToken)
    {
        budget.Refresh(partitions.Series);
        return CheckAsync(stoppingToken);
    }

    /// <summary>Compares what is silent now with what was; called by the timer and by tests.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        var silent = outages.Find(_open.ContainsKey)
            .Select(AlertOf).ToDictionary(alert => alert.SeriesId, StringComparer.Ordinal);
        metrics.SeriesWatched.Set(catalog.Count);
        var changes = silent.Values.Where(alert => !_open.ContainsKey(alert.SeriesId))
            .Select(alert => new AlertChange(AlertTransition.Open, alert))
            .Concat(_open.Values.Where(alert => !silent.ContainsKey(alert.SeriesId)).Select(Closed))
            .ToList();
        if (changes.Count == 0)
        {
            return;
        }

        await pipeline.ProcessAsync(changes, cancellationToken);
        foreach (var change in changes)
        {
            if (change.Transition == AlertTransition.Close)
            {
                _open.Remove(change.Alert.SeriesId);
            }
            else
            {
                _open[change.Alert.SeriesId] = change.Alert;
            }
        }
    }

    private Alert AlertOf(Outage outage)
    {
        // A silent subject keeps the alert that it has.
        if (_open.TryGetValue(outage.Subject, out var open))
        {
            return open;
        }

        var (series, newest) = outage.Series.MaxBy(silent => silent.State.ValuedAt);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(newest.ValuedAt);
        return new Alert
        {
            Id = AlertId.Of(AlertRules.NoData, outage.Subject, since),
            Capability = Capability.Transactions,
            Rule = AlertRules.NoData,
            SeriesId = outage.Subject,
            SeriesName = outage.Name,
            Service = outage.Service,
            Severity = Severity.Warning,
            OpenedAt = since,
            UpdatedAt = (series.Clock ?? time).GetUtcNow(),
            Document = new AlertDocument
            {
                Sentence = AlertSentences.NoData(outage.Name, since, SilenceJudge.TypicalInterval(newest), _zone),
                Unit = series.Unit,
                IsWarm = true,
                ConfidenceWeeks = newest.Monitor.Detector.ConfidenceWeeks,
                Since = since,
                Labels = outage.Series.Count == 1 ? series.Labels
                    : ImmutableSortedDictionary<string, string>.Empty,
                Model = SilenceJudge.Model.ToString(),
                Configuration = outage.Series.Count == 1
                    ? alerts.ConfigurationOf(series, newest)
                    : alerts.Configuration,
            },
        };
    }

    private AlertChange Closed(Alert alert)
    {
        var now = time.GetUtcNow();
        var document = outages.IsForgotten(alert.SeriesId)
            ? alert.Document with { Sentence = AlertSentences.Forgotten(alert.SeriesName, alert.OpenedAt, _zone) }
            : alert.Document;
        return new AlertChange(
            AlertTransition.Close, alert with { UpdatedAt = now, ClosedAt = now, Document = document });
    }
}
