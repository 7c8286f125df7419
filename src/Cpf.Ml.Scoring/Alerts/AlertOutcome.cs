namespace Cpf.Ml.Scoring.Alerts;

/// <summary>What a change of an alert did.</summary>
/// <param name="Change">The change.</param>
/// <param name="Reason">What it did, or why it did nothing.</param>
/// <param name="IncidentId">The incident of the alert; null when the change did nothing.</param>
public sealed record AlertOutcome(AlertChange Change, AlertReason Reason, string? IncidentId);

/// <summary>What a change did, or why it did nothing.</summary>
public enum AlertReason
{
    /// <summary>It opened a new incident.</summary>
    Opened,

    /// <summary>Its alert joined an existing incident.</summary>
    Joined,

    /// <summary>It raised the severity of the alert.</summary>
    Escalated,

    /// <summary>It updated the document of the alert.</summary>
    Updated,

    /// <summary>It closed the alert.</summary>
    Closed,

    /// <summary>A repeated delivery, without anything newer.</summary>
    Duplicate,

    /// <summary>The alert is closed; a closed alert is never reopened.</summary>
    Late,
}
