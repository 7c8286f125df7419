namespace Cpf.Ml.Scoring.Alerts;

/// <summary>What happened to an alert at a point.</summary>
public enum AlertTransition
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It opened.</summary>
    Open,

    /// <summary>The alert became more severe.</summary>
    Escalate,

    /// <summary>It is still open, with a newer document.</summary>
    Update,

    /// <summary>It closed.</summary>
    Close,
}
