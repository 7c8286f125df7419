namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>How one family of raw metrics is treated; the first rule whose <see cref="Match"/> fits decides.</summary>
public sealed class MetricRule
{
    /// <summary>Regular expression that the whole metric name must fit.</summary>
    public string Match { get; init; } = "";

    /// <summary>Label values that must fit too, each a regular expression for the whole value; a label that is absent
    /// has the value "".</summary>
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>What the metric is. Default: as its name says.</summary>
    public MetricTreatment Treat { get; init; } = MetricTreatment.ByName;

    /// <summary>Unit for people; empty means as the name says.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Service for incidents; empty means the service label.</summary>
    public string Service { get; init; } = "";
}

/// <summary>How detectors treat a raw metric.</summary>
public enum MetricTreatment
{
    /// <summary>By the naming conventions of Prometheus.</summary>
    ByName,

    /// <summary>Not scored.</summary>
    Drop,
    Gauge,

    /// <summary>Each sample is a duration in seconds.</summary>
    Duration,

    /// <summary>Each sample is a count per interval or a rate.</summary>
    Volume,

    /// <summary>Each sample is a share of failures in [0, 1].</summary>
    ErrorRate,

    /// <summary>A running total; its increase per minute is a volume.</summary>
    Counter,
}
