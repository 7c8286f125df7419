using System.Collections.Immutable;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>A series that is scored. One object a series for as long as it is watched, so that a sample is a reference
/// and three numbers.</summary>
internal sealed class SeriesEntry(SeriesIdentity identity, MetricKind kind, string unit, string service)
{
    /// <summary>Name of the series that hold what the series of a service say together.</summary>
    public const string JointMetric = "joint_evidence";

    public SeriesIdentity Identity { get; } = identity;

    /// <summary>It is what the other series of its service say together.</summary>
    public bool IsJoint { get; } = identity.Name == JointMetric;

    /// <summary>What its detector was taught; changes when the detector starts anew, which is the partition's to
    /// say.</summary>
    public MetricKind Kind { get; set; } = kind;

    /// <summary>For example <c>s</c>, <c>1/min</c>, <c>ratio</c>.</summary>
    public string Unit { get; set; } = unit;

    /// <summary>What incidents are grouped by.</summary>
    public string Service { get; set; } = service;

    /// <summary>The source that brought it last; empty while that is not known.</summary>
    public string Source { get; set; } = "";

    /// <summary>The trained model that its detector began from, <c>transactions@version</c>; empty when it began with
    /// nothing known.</summary>
    public string Model { get; set; } = "";

    /// <summary>What alerts tell of where it comes from: its labels, the metric's name among them.</summary>
    public ImmutableSortedDictionary<string, string> Labels => Identity.Labels.SetItem("__name__", Identity.Name);

    /// <summary>
    /// The time that its source lives in: a replayed past has a clock of its own, by which its silence is judged. Null
    /// means the host's.
    /// </summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>Unix milliseconds: earlier points are history. They teach; an alert about them would come too late for
    /// anybody.</summary>
    public long AlertsFrom { get; set; }

    /// <summary>It is no longer in the catalog: what comes of it now belongs to another entry.</summary>
    public bool IsRetired { get; set; }

    /// <summary>What comes next under this name is something else than before: the partition forgets what it
    /// learnt.</summary>
    public bool IsAnother { get; set; }

    /// <summary>Owned by the partition that scores the series; nobody else touches it.</summary>
    public object? Watched { get; set; }
}
