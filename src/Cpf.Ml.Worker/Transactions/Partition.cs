using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Series that one writer scores, and the only owner of their states. Whoever changes it or a state holds
/// <see cref="Gate"/>.</summary>
/// <param name="contributors">The series that contribute most to the joint evidence of their service.</param>
internal sealed class Partition(
    SeriesStart start,
    SeriesAlerts alerts,
    AlertsPerPoint budget,
    PointHistory history,
    SeriesCatalog catalog,
    Deployments deployments,
    ImportantSeries important,
    JointEvidence joint,
    Func<SeriesDescriptor, ImmutableArray<Contributor>> contributors,
    TimeProvider time)
{
    /// <summary>A change of kind restarts a detector no more often: two senders that disagree must not keep a series
    /// from ever being warm.</summary>
    private static readonly TimeSpan MinBetweenKindChanges = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, SeriesState> _states = new();

    /// <summary>Held while samples are scored and until what they raised is committed, so that a checkpoint never sees
    /// half of it.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Every state; reading needs no gate.</summary>
    public IEnumerable<SeriesState> States => _states.Select(entry => entry.Value);

    /// <summary>Series whose samples changed their kind; whoever has recorded them empties the list.</summary>
    public List<KindChange> KindChanges { get; } = [];

    public SeriesState? Find(long seriesId) => _states.GetValueOrDefault(seriesId);

    /// <summary>Takes over a restored state.</summary>
    public void Add(SeriesState state) => _states[state.Identity.Id] = state;

    /// <summary>Forgets a series and makes room for another; its points stay in the store.</summary>
    public void Retire(SeriesState state)
    {
        RequireGate();
        KeepHour(state);
        _states.TryRemove(state.Identity.Id, out _);
        catalog.Remove(state.Identity.Id);
    }

    /// <param name="source">Name of the source that brought the sample.</param>
    /// <param name="sample">The next sample.</param>
    /// <param name="changes">Receives what happened to alerts.</param>
    /// <returns>Why the sample was not scored; null when it was.</returns>
    public Rejection? Score(string source, in Sample sample, List<AlertChange> changes)
    {
        RequireGate();
        if (catalog.Find(sample.Series.Identity.Id) is not { } series)
        {
            // The series was retired while the sample waited: it is admitted again, as by a first sample.
            if (double.IsNaN(sample.Value))
            {
                return Rejection.UnknownSeries;
            }

            if (catalog.Admit(sample.Series) is not { } admitted)
            {
                return Rejection.Limit;
            }

            series = admitted;
        }

        if (StateOf(series, sample, changes) is not { } state)
        {
            return Rejection.Conflict;
        }

        var isPoint = state.TryPoint(sample, out var point, out var refused);
        if (refused is not null)
        {
            return refused;
        }

        (state.Source, state.IsDirty) = (source, true);
        if (!ReferenceEquals(series.UpdatedBy(sample.Series), series))
        {
            series = Describe(sample.Series);
        }

        if (isPoint)
        {
            Score(series, state, point, changes);
        }

        return null;
    }

    private void Score(SeriesDescriptor series, SeriesState state, Observation point, List<AlertChange> changes)
    {
        point = point with { IsAfterDeployment = deployments.Before(series.Service, point.Timestamp) is not null };
        state.Receive(point, time.GetUtcNow().ToUnixTimeMilliseconds(), time.GetTimestamp());
        if (state.Hour.IsOver(point.Timestamp))
        {
            KeepHour(state);
            state.Hour.Clear();
        }

        state.Monitor.Detector.IsImportant = important.Contains(series.Identity.Id);
        state.Settle(point.Timestamp);
        if (state.ApplyNewNormal(point.Timestamp) is { } closing)
        {
            changes.Add(closing);
        }

        var transition = state.Monitor.Step(point, budget.Value, out var assessment);
        state.Keep(point, assessment);
        if (assessment is { IsWarm: true, HasValue: true })
        {
            joint.Add(series, point.Timestamp, assessment.PValue);
        }

        Report(series, state, transition, point, assessment, changes);
    }

    private void Report(
        SeriesDescriptor series,
        SeriesState state,
        AlertTransition transition,
        in Observation point,
        in PointAssessment assessment,
        List<AlertChange> changes)
    {
        if (state.IsRepeating)
        {
            // People know of it, or of what became of it.
            alerts.Change(series, state, transition, point, assessment, contributors);
            return;
        }

        // History alerts nobody; what people know of already, it may end.
        if (point.Timestamp < series.AlertsFrom && (state.Alert is null || transition != AlertTransition.Close))
        {
            return;
        }

        if (transition is AlertTransition.Update or AlertTransition.Escalate && state.Alert is null)
        {
            // It began in history; now it may alert.
            transition = AlertTransition.Open;
        }

        if (transition != AlertTransition.None
            && alerts.Change(series, state, transition, point, assessment, contributors) is { } change)
        {
            changes.Add(change);
        }
    }

    /// <summary>The state of a series; a new one when there is none, or when the sample is of another generation or
    /// kind than its detector was trained on.</summary>
    /// <returns>Null when another kind restarted the detector within the hour.</returns>
    private SeriesState? StateOf(SeriesDescriptor series, in Sample sample, List<AlertChange> changes)
    {
        if (!_states.TryGetValue(series.Identity.Id, out var state))
        {
            state = start.Begin(sample);
            Add(state);
            return state;
        }

        if (sample.Series.Generation > series.Generation)
        {
            return Restart(state, sample, state.KindChangedAt, changes);
        }

        var (before, after) = (
            new SeriesNature(series.Kind, state.Treatment),
            new SeriesNature(sample.Series.Kind, SeriesState.Treat(sample.Part)));
        if (before == after)
        {
            return state;
        }

        if (state.KindChangedAt is { } last && time.GetElapsedTime(last) < MinBetweenKindChanges)
        {
            return null;
        }

        var restarted = Restart(state, sample, time.GetTimestamp(), changes);
        KindChanges.Add(new KindChange(series.Identity.Key, before, after));
        return restarted;
    }

    /// <summary>What was learnt does not apply to what comes, and an open alert is about something that nobody measures
    /// any more.</summary>
    private SeriesState Restart(
        SeriesState before, in Sample sample, long? kindChangedAt, List<AlertChange> changes)
    {
        var state = start.BeginCold(sample, kindChangedAt);
        if (before.Known is { } open)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(
                Math.Max(sample.Timestamp, open.UpdatedAt.ToUnixTimeMilliseconds()));
            changes.Add(new AlertChange(AlertTransition.Close, open with { UpdatedAt = at, ClosedAt = at }));
        }

        KeepHour(before);
        Add(state);
        return state;
    }

    /// <summary>The description that an accepted sample carries is the one of the catalog from now on.</summary>
    private SeriesDescriptor Describe(SeriesDescriptor sent) =>
        catalog.Change(sent.Identity.Id, known => known.UpdatedBy(sent))
            ?? throw new InvalidOperationException("A series was removed by another than its partition.");

    private void KeepHour(SeriesState state)
    {
        if (state.Hour.Begin != 0)
        {
            history.Keep(state.Identity.Id, state.Hour);
        }
    }

    private void RequireGate()
    {
        if (Gate.CurrentCount != 0)
        {
            throw new InvalidOperationException("A partition changes only while its gate is held.");
        }
    }
}
