namespace Cpf.Ml.Scoring.Alerts;

/// <summary>What happened to an alert at a point.</summary>
public enum AlertTransition
{
    None,
    Open,

    /// <summary>The alert became more severe.</summary>
    Escalate,

    /// <summary>Still open; its document is fresher.</summary>
    Update,
    Close,
}
