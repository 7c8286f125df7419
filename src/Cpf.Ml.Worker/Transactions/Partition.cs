using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Series that one writer scores. Not thread-safe: whoever touches it holds <see cref="Gate"/>.</summary>
internal sealed class Partition(
    TransactionsSettings settings,
    SeriesAlerts alerts,
    AlertsPerPoint budget,
    PointHistory history,
    SilenceJudge silence,
    SeriesCatalog catalog,
    Deployments deployments,
    ImportantSeries important,
    JointEvidence joint,
    TrainedStart trained,
    TimeProvider time)
{
    /// <summary>A detector that was started anew is not within this: two senders that disagree must not keep a series
    /// from ever being warm.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromHours(1);

    private readonly List<WatchedSeries> _series = [];
    private readonly Dictionary<SeriesEntry, long> _begunAnew = [];

    /// <summary>Held while samples are scored and until what they raised is committed, so that a checkpoint never sees
    /// half of it.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public IReadOnlyList<WatchedSeries> Series => _series;

    /// <summary>What was taken anew; whoever has told of it empties the list.</summary>
    public List<KindChange> KindChanges { get; } = [];

    public void Add(WatchedSeries series)
    {
        series.Entry.Watched = series;
        _series.Add(series);
    }

    /// <summary>Forgets a series; its points stay in the store.</summary>
    public void Retire(WatchedSeries series)
    {
        if (series.Hour.Begin != 0)
        {
            history.Keep(series.Entry.Identity.Id, series.Hour);
        }

        _series.Remove(series);
        _begunAnew.Remove(series.Entry);
        series.Entry.Watched = null;
        catalog.Remove(series.Entry);
    }

    /// <param name="sample">The next sample.</param>
    /// <param name="changes">Takes what happened to alerts.</param>
    /// <returns>Why the sample was not taken; null when it was.</returns>
    public Rejection? Take(in Sample sample, List<AlertChange> changes)
    {
        if (sample.Series.IsRetired)
        {
            // It came in the moment in which its series was forgotten.
            var (entry, kind) = (sample.Series, sample.Kind);
            if (double.IsNaN(sample.Value) && catalog.Find(entry.Identity.Id) is null)
            {
                return Rejection.UnknownSeries;
            }

            var again = catalog.GetOrAdd(entry.Identity,
                identity => new SeriesEntry(identity, kind, entry.Unit, entry.Service) { Source = entry.Source });
            return again is null ? Rejection.Limit : Take(sample with { Series = again }, changes);
        }

        if (Find(sample, changes) is not { } series)
        {
            return Rejection.Conflict;
        }

        if (!series.TryPoint(sample, out var point, out var refused))
        {
            series.IsDirty |= refused is null;
            return refused;
        }

        point = point
            with
        { IsAfterDeployment = deployments.Before(series.Entry.Service, point.Timestamp) is not null };
        silence.Hear(series, point);
        if (series.Hour.IsOver(point.Timestamp))
        {
            history.Keep(series.Entry.Identity.Id, series.Hour);
            series.Hour.Clear();
        }

        series.Watch.Detector.IsImportant = important.Contains(series.Entry.Identity.Id);
        series.Settle(point.Timestamp);
        if (series.TakeNewNormal(point.Timestamp) is { } over)
        {
            changes.Add(over);
        }

        var transition = series.Watch.Step(point, budget.Value, out var assessment);
        series.Keep(point, assessment);
        if (assessment is { IsWarm: true, HasValue: true })
        {
            joint.Add(series.Entry, point.Timestamp, assessment.PValue);
        }

        Tell(series, transition, point, assessment, changes);
        return null;
    }

    private void Tell(
        WatchedSeries series,
        AlertTransition transition, in Observation point, in PointAssessment assessment, List<AlertChange> changes)
    {
        if (series.IsRepeating)
        {
            // People know of it, or of what became of it.
            alerts.Change(series, transition, point, assessment);
            return;
        }

        // History alerts nobody; what people know of already, it may end.
        if (point.Timestamp < series.Entry.AlertsFrom && (series.Alert is null || transition != AlertTransition.Close))
        {
            return;
        }

        if (transition is AlertTransition.Update or AlertTransition.Escalate && series.Alert is null)
        {
            // It began in what was history; now it concerns somebody.
            transition = AlertTransition.Open;
        }

        if (transition != AlertTransition.None && alerts.Change(series, transition, point, assessment) is { } change)
        {
            changes.Add(change);
        }
    }

    /// <summary>The series as it is known; a new one when there is none, or when what is sent is something else than
    /// its detector was taught.</summary>
    private WatchedSeries? Find(in Sample sample, List<AlertChange> changes)
    {
        var entry = sample.Series;
        if (entry.Watched is not WatchedSeries known)
        {
            entry.IsAnother = false;
            var begun = BeginTrained(sample) ?? Begin(sample);
            Add(begun);
            return begun;
        }

        return entry.IsAnother ? BeginAnew(known, sample, changes)
            : known.Measures(sample) ? known
            : ChangeKind(known, sample, changes);
    }

    private WatchedSeries? ChangeKind(WatchedSeries before, in Sample sample, List<AlertChange> changes)
    {
        var entry = sample.Series;
        if (_begunAnew.TryGetValue(entry, out var last) && time.GetElapsedTime(last) < AtMostEvery)
        {
            return null;
        }

        _begunAnew[entry] = time.GetTimestamp();
        KindChanges.Add(new KindChange(
            entry.Identity.Key,
            new SeriesNature(entry.Kind, before.Treatment),
            new SeriesNature(sample.Kind, WatchedSeries.Treat(sample.Part))));
        return BeginAnew(before, sample, changes);
    }

    /// <summary>What was learnt says nothing of what comes, and an open alert is about something that nobody measures
    /// any more.</summary>
    private WatchedSeries BeginAnew(WatchedSeries before, in Sample sample, List<AlertChange> changes)
    {
        var entry = sample.Series;
        if (before.Known is { } open)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(
                Math.Max(sample.Timestamp, open.UpdatedAt.ToUnixTimeMilliseconds()));
            changes.Add(new AlertChange(AlertTransition.Close, open with { UpdatedAt = at, ClosedAt = at }));
        }

        if (before.Hour.Begin != 0)
        {
            history.Keep(entry.Identity.Id, before.Hour);
        }

        (entry.Kind, entry.IsAnother) = (sample.Kind, false);
        var series = Begin(sample);
        entry.Watched = series;
        _series[_series.IndexOf(before)] = series;
        return series;
    }

    /// <summary>A series that was trained goes on as if it had been watched all the time.</summary>
    private WatchedSeries? BeginTrained(in Sample sample)
    {
        if (trained.Find(sample, out var end) is not { } watch)
        {
            return null;
        }

        // It is heard of now: a total makes no point before the next one.
        var now = time.GetTimestamp();
        var series = Begin(sample, watch);
        (series.ArrivedAt, series.HeardAt) = (now, now);
        series.Entry.Model = trained.Id.ToString()!;
        series.GoOnFrom(end);
        return series;
    }

    private WatchedSeries Begin(in Sample sample)
    {
        sample.Series.Model = "";
        return Begin(
            sample, new SeriesMonitor(
                settings.Detector(sample.Kind), settings.Rule(sample.Kind, sample.Series.IsJoint)));
    }

    private WatchedSeries Begin(in Sample sample, SeriesMonitor watch) =>
        new(sample.Series, watch)
        {
            Treatment = WatchedSeries.Treat(sample.Part),
            ReceivedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
}
