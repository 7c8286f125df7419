namespace Cpf.Ml.Scoring.Alerts;

/// <summary>The state of an incident, which is also the list that it is shown in.</summary>
public enum IncidentState
{
    /// <summary>Nobody has acknowledged it.</summary>
    Open,

    /// <summary>Somebody has acknowledged it.</summary>
    Acknowledged,

    /// <summary>Under a silence or in a maintenance window: nobody is notified.</summary>
    Silenced,

    /// <summary>It is over, or a person closed it.</summary>
    Closed,
}
