namespace Cpf.Ml.Scoring.Alerts;

/// <summary>What became of a change, and why.</summary>
/// <param name="IncidentId">Null when the change came to nothing.</param>
public sealed record AlertOutcome(AlertChange Change, AlertReason Reason, string? IncidentId);

public enum AlertReason
{
    /// <summary>The first of a new incident.</summary>
    Opened,

    /// <summary>A new alert of an incident that was there.</summary>
    Joined,
    Escalated,
    Updated,
    Closed,

    /// <summary>Nothing newer than what is known; a repeated delivery.</summary>
    Duplicate,

    /// <summary>The alert is closed; a closed alert is never opened again.</summary>
    Late,
}
