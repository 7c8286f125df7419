namespace Cpf.Ml.Scoring.Alerts;

/// <summary>The kinds of alerts; each has its own sentence and runbook.</summary>
public static class AlertRules
{
    /// <summary>A series deviates from what is usual for it.</summary>
    public const string Anomaly = "anomaly";

    /// <summary>A series or source that should report has gone silent: neither an anomaly nor a recovery.</summary>
    public const string NoData = "no-data";

    /// <summary>More series than the configured limit; the newest are not watched.</summary>
    public const string Cardinality = "cardinality";

    /// <summary>An audit has proven a bias of the search engine.</summary>
    public const string Neutrality = "neutrality";
}
