namespace Cpf.Ml.Scoring.Alerts;

/// <summary>How urgently people are notified.</summary>
public enum Severity
{
    /// <summary>Should be looked at by day.</summary>
    Notice,

    /// <summary>Should be looked at now.</summary>
    Warning,

    /// <summary>Should wake somebody.</summary>
    Critical,
}
