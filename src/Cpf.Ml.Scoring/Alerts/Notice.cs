namespace Cpf.Ml.Scoring.Alerts;

/// <summary>A change of an incident that publishers report.</summary>
public enum Notice
{
    /// <summary>It opened.</summary>
    Opened,

    /// <summary>Its severity is higher than last reported.</summary>
    Escalated,

    /// <summary>It is still open, but silenced.</summary>
    Silenced,

    /// <summary>It is active again: the silence ended, or it got worse after a person closed it.</summary>
    Resumed,

    /// <summary>It closed.</summary>
    Closed,
}
