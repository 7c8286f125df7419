using System.Collections.Immutable;
using System.Data.Common;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Tells of series that stopped reporting: neither an anomaly nor a recovery, an alert of its own kind.</summary>
/// <remarks>When all series of a service are silent that is one alert for the service, not one for each.</remarks>
internal sealed class NoDataWatch(
    SeriesCatalog catalog,
    AlertsPerPoint budget,
    AlertPipeline pipeline,
    TransactionsSettings settings,
    SeriesAlerts alerts,
    TransactionsMetrics metrics,
    TimeProvider time,
    ILogger<NoDataWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Alert> _open = new(StringComparer.Ordinal);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);

    /// <summary>Takes up alerts that were open when the service stopped.</summary>
    public void Resume(IEnumerable<Alert> open)
    {
        foreach (var alert in open.Where(alert => alert.Rule == AlertRules.NoData))
        {
            _open[alert.SeriesId] = alert;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            budget.Refresh();
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                Log.CommitFailed(log, _open.Count, exception);
            }
        }
    }

    /// <summary>Compares what is silent now with what was; called by the timer and by tests.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        var silent = Silent().ToDictionary(alert => alert.SeriesId, StringComparer.Ordinal);
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

    private IEnumerable<Alert> Silent()
    {
        foreach (var service in catalog.Entries.GroupBy(entry => entry.Service, StringComparer.Ordinal))
        {
            var watched = service.Select(entry => entry.Watched).OfType<WatchedSeries>().Where(IsRegular).ToList();
            var silent = watched.Where(series => SilenceJudge.IsSilent(series, Now(series.Entry))).ToList();
            if (silent.Count > 1 && silent.Count == watched.Count)
            {
                yield return AlertOf($"service:{service.Key}", new(service.Key, service.Key), silent);
                continue;
            }

            foreach (var series in silent)
            {
                yield return AlertOf(SeriesIdentity.Hex(series.Entry.Identity.Id), SeriesNames.Of(series.Entry), [series]);
            }
        }
    }

    private Alert AlertOf(string subject, Text name, List<WatchedSeries> silent)
    {
        // A silent subject keeps the alert that it has: its last point does not move.
        if (_open.TryGetValue(subject, out var open))
        {
            return open;
        }

        var newest = silent.MaxBy(series => series.LastTimestamp)!;
        var since = DateTimeOffset.FromUnixTimeMilliseconds(newest.LastTimestamp);
        return new Alert
        {
            Id = AlertId.Of(AlertRules.NoData, subject, since),
            Rule = AlertRules.NoData,
            SeriesId = subject,
            SeriesName = name,
            Service = newest.Entry.Service,
            Severity = Severity.Warning,
            OpenedAt = since,
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Now(newest.Entry)),
            Document = new AlertDocument
            {
                Sentence = AlertSentences.NoData(name, since, newest.Watch.Detector.Interval, _zone),
                Unit = newest.Entry.Unit,
                IsWarm = true,
                ConfidenceWeeks = newest.Watch.Detector.ConfidenceWeeks,
                Since = since,
                Labels = silent.Count == 1 ? newest.Entry.Labels : ImmutableSortedDictionary<string, string>.Empty,
                Model = SilenceJudge.Model.ToString(),
                Configuration = silent.Count == 1 ? alerts.ConfigurationOf(newest.Entry) : alerts.Configuration,
            },
        };
    }

    private AlertChange Closed(Alert alert) =>
        new(AlertTransition.Close, alert with { UpdatedAt = time.GetUtcNow(), ClosedAt = time.GetUtcNow() });

    private long Now(SeriesEntry entry) => (entry.Clock ?? time).GetUtcNow().ToUnixTimeMilliseconds();

    private static bool IsRegular(WatchedSeries series) => series.Watch.Detector.Interval > TimeSpan.Zero && series.Watch.Detector.IsWarm;
}
