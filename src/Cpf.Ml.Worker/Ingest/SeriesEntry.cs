using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest;

/// <summary>A series that is scored. One object a series for the life of the process, so that a sample is a reference and three numbers.</summary>
internal sealed class SeriesEntry(SeriesIdentity identity, MetricKind kind, string unit, string service)
{
    public SeriesIdentity Identity { get; } = identity;

    public MetricKind Kind { get; } = kind;

    /// <summary>For example <c>s</c>, <c>1/min</c>, <c>ratio</c>.</summary>
    public string Unit { get; } = unit;

    /// <summary>What incidents are grouped by.</summary>
    public string Service { get; } = service;

    /// <summary>
    /// The time that its source lives in: a replayed past has a clock of its own, by which its silence is judged. Null means the host's.
    /// </summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>Unix milliseconds: earlier points are history. They teach; an alert about them would come too late for anybody.</summary>
    public long AlertsFrom { get; set; }

    /// <summary>What comes next under this name is something else than before: the partition forgets what it learnt.</summary>
    public bool IsAnother { get; set; }

    /// <summary>Owned by the partition that scores the series; nobody else touches it.</summary>
    public object? Watched { get; set; }
}
