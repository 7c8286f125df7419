using CsCheck;
using Cpf.Ml.Scoring.Alerts;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Scoring.Tests.Alerts;

public sealed class IncidentLedgerProperties
{
    private static readonly Gen<AlertChange> Change =
        from series in Gen.Int[1, 4]
        from service in Gen.Int[1, 2]
        from opened in Gen.Int[0, 4].Select(slot => slot * 4)
        from length in Gen.Int[0, 6]
        from severity in Gen.Enum<Severity>()
        from closes in Gen.Bool
        from isBias in Gen.Bool
        let alert = Alert(
            opened, $"s{series}-{service}", $"service-{service}", severity, score: 60 + length,
            updated: opened + length, capability: isBias ? Capability.Neutrality : Capability.Transactions)
        select closes
            ? new AlertChange(AlertTransition.Close, alert with { ClosedAt = alert.UpdatedAt })
            : new AlertChange(length == 0 ? AlertTransition.Open : AlertTransition.Update, alert);

    [Fact]
    public void Revisions_do_not_depend_on_the_order_of_changes_within_a_batch() =>
        Gen.Select(Change.List[1, 12], Gen.Int).Sample((changes, seed) =>
        {
            var shuffled = changes.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Text(Apply(Distinct(changes)).Revisions) == Text(Apply(Distinct(shuffled)).Revisions);
        });

    [Fact]
    public void Repeated_batch_of_changes_revises_nothing() =>
        Change.List[1, 12].Sample(changes =>
        {
            var once = Apply(changes);
            var again = Apply(changes, once.Revisions.Select(revision => revision.After));
            return again.Revisions.IsEmpty
                && again.Outcomes.All(outcome => outcome.Reason is AlertReason.Duplicate or AlertReason.Late);
        });

    [Fact]
    public void Each_alert_is_in_exactly_one_incident_for_any_split_into_batches() =>
        Gen.Select(Change.List[1, 16], Gen.Int[1, 5]).Sample((changes, size) =>
        {
            var known = new Dictionary<string, Incident>();
            foreach (var batch in changes.Chunk(size))
            {
                foreach (var revision in Apply(batch, known.Values).Revisions)
                {
                    known[revision.After.Id] = revision.After;
                }
            }

            var stored = known.Values.SelectMany(incident => incident.Alerts).Select(alert => alert.Id).ToList();
            return stored.Count == stored.Distinct().Count()
                && stored.ToHashSet().SetEquals(changes.Select(change => change.Alert.Id));
        });

    [Fact]
    public void No_incident_has_alerts_of_two_capabilities() =>
        Change.List[2, 16].Sample(changes => Apply(changes).Revisions
            .All(revision => revision.After.Alerts.All(alert => alert.Capability == revision.After.Capability)));

    [Fact]
    public void Incident_severity_never_falls_and_its_version_grows_by_one() =>
        Change.List[2, 16].Sample(changes =>
        {
            var known = new Dictionary<string, Incident>();
            foreach (var change in changes)
            {
                foreach (var revision in Apply([change], known.Values).Revisions)
                {
                    if (revision.After.Version != (revision.Before?.Version ?? 0) + 1
                        || revision.After.Severity < revision.Before?.Severity)
                    {
                        return false;
                    }

                    known[revision.After.Id] = revision.After;
                }
            }

            return true;
        });

    [Fact]
    public void Open_announcement_is_unique_and_has_the_severity_of_the_incident() =>
        Gen.Select(Change.List[1, 10], Gen.Bool).Sample((changes, silenced) =>
            Apply(changes, silences: silenced ? [Silence("service", "service-1")] : []).Revisions.All(revision =>
            {
                var holding = revision.After.Announced.Where(announced => announced.Until is null).ToList();
                return revision.After.SilencedBy is null
                    ? holding.Count == 1 && holding[0].Severity == revision.After.Severity
                    : holding.Count == 0;
            }));

    /// <summary>
    /// A partition reports a point once: two different reports of one alert at one moment have no order to keep.
    /// </summary>
    private static IEnumerable<AlertChange> Distinct(IEnumerable<AlertChange> changes) => changes
        .GroupBy(change => (change.Alert.Id, change.Alert.UpdatedAt))
        .Select(group => group.MaxBy(change => (change.Transition, change.Alert.Severity))!);
}
