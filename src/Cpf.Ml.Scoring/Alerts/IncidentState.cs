namespace Cpf.Ml.Scoring.Alerts;

/// <summary>In which list people find an incident; each is in exactly one.</summary>
public enum IncidentState
{
    /// <summary>Somebody should take it.</summary>
    Open,

    /// <summary>Somebody has it.</summary>
    Acknowledged,

    /// <summary>Under a silence or in a maintenance window: nobody is told.</summary>
    Silenced,
    Closed,
}
