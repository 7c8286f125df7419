namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Names of the rules that raise alerts; each has its own sentence and runbook.</summary>
public static class AlertRules
{
    /// <summary>A series deviates from its baseline.</summary>
    public const string Anomaly = "anomaly";

    /// <summary>A series or source sends no data: neither an anomaly nor a recovery.</summary>
    public const string NoData = "no-data";

    /// <summary>More series than the configured limit; the newest are not monitored.</summary>
    public const string Cardinality = "cardinality";

    /// <summary>An audit has proven a bias of the search engine.</summary>
    public const string Neutrality = "neutrality";
}
