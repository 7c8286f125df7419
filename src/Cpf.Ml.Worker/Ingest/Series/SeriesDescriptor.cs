using System.Collections.Immutable;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>What a series is, as its sender describes it. Immutable: samples carry it through the queue, and the
/// catalog replaces it as a whole when its partition accepts a sample that describes the series otherwise.</summary>
/// <param name="Identity">Metric name and labels.</param>
/// <param name="Kind">What the series measures. In the catalog: what its detector is trained on.</param>
/// <param name="Unit">For example <c>s</c>, <c>1/min</c>, <c>ratio</c>; empty when the sender names none.</param>
/// <param name="Service">What incidents are grouped by.</param>
internal sealed record SeriesDescriptor(SeriesIdentity Identity, MetricKind Kind, string Unit, string Service)
{
    /// <summary>Name of the series that hold the joint evidence of a service.</summary>
    public const string JointMetric = "joint_evidence";

    /// <summary>Whether it is the joint evidence of the other series of its service.</summary>
    public bool IsJoint { get; } = Identity.Name == JointMetric;

    /// <summary>The clock of a replayed past, by which the silence of the series is judged; null means the
    /// host's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Unix milliseconds; 0 when there is no history. Earlier points train the detector, but an alert about
    /// them would come too late for anybody.</summary>
    public long AlertsFrom { get; init; }

    /// <summary>Rises within a process when a source gives the name to something else: the detector of an earlier
    /// generation restarts.</summary>
    public int Generation { get; init; }

    /// <summary>The labels that alerts carry, the metric's name among them.</summary>
    public ImmutableSortedDictionary<string, string> Labels => Identity.Labels.SetItem("__name__", Identity.Name);

    /// <summary>This series after a sample that was described otherwise. A sender that names no unit keeps the known
    /// one, unless it means another kind; one without history or clock keeps those.</summary>
    /// <returns>This object itself when nothing changes.</returns>
    public SeriesDescriptor UpdatedBy(SeriesDescriptor sent)
    {
        var unit = sent.Unit.Length > 0 || sent.Kind != Kind ? sent.Unit : Unit;
        var (clock, from) = sent.IsTimed ? (sent.Clock, sent.AlertsFrom) : (Clock, AlertsFrom);
        var generation = Math.Max(Generation, sent.Generation);
        return sent.Kind == Kind && generation == Generation && from == AlertsFrom && ReferenceEquals(clock, Clock)
            && unit == Unit && sent.Service == Service
            ? this
            : this with
            {
                Kind = sent.Kind,
                Unit = unit,
                Service = sent.Service,
                Clock = clock,
                AlertsFrom = from,
                Generation = generation,
            };
    }

    /// <summary>This series by the clock and history of another description, where it has any.</summary>
    public SeriesDescriptor TimedBy(SeriesDescriptor sent) =>
        sent.IsTimed ? this with { Clock = sent.Clock, AlertsFrom = sent.AlertsFrom } : this;

    private bool IsTimed => Clock is not null || AlertsFrom > 0;
}
