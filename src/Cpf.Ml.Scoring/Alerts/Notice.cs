namespace Cpf.Ml.Scoring.Alerts;

/// <summary>News of an incident that publishers carry to people.</summary>
public enum Notice
{
    Opened,

    /// <summary>More severe than publishers were told.</summary>
    Escalated,

    /// <summary>Still on, but nobody shall be told any more.</summary>
    Silenced,

    /// <summary>On again: the silence ended, or it got worse after a person closed it.</summary>
    Resumed,
    Closed,
}
