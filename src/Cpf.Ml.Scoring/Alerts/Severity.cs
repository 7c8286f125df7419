namespace Cpf.Ml.Scoring.Alerts;

/// <summary>How loudly people are told.</summary>
public enum Severity
{
    /// <summary>Worth a look by day.</summary>
    Notice,

    /// <summary>Somebody should look now.</summary>
    Warning,

    /// <summary>Somebody should be woken.</summary>
    Critical,
}
