namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One line of an incident's timeline; never changed once written.</summary>
/// <param name="Id">Derived from the incident, its version and what happened.</param>
/// <param name="At">On the worker's clock, UTC.</param>
/// <param name="Actor">Name of an account or token, or <see cref="System"/>.</param>
/// <param name="Version">Version of the incident that the event led to.</param>
public sealed record IncidentEvent(
    string Id,
    string IncidentId,
    DateTimeOffset At,
    string Actor,
    IncidentEventKind Kind,
    long Version,
    EventDetail Detail)
{
    /// <summary>The actor of what the service does by itself.</summary>
    public const string System = "system";
}

public enum IncidentEventKind
{
    Opened,

    /// <summary>One more alert.</summary>
    Joined,
    Escalated,

    /// <summary>One of its alerts is over.</summary>
    Quieted,
    Closed,
    Reopened,
    Acknowledged,
    Assigned,
    Comment,
    Verdict,

    /// <summary>A person said that one of its series runs where it will run from then on.</summary>
    NewNormal,
    Silenced,
    Unsilenced,

    /// <summary>A publisher delivered a notice.</summary>
    Published,

    /// <summary>A publisher gave a notice up.</summary>
    Undeliverable,
}

/// <summary>What an event needs to be told; the fields that its kind uses are filled.</summary>
public sealed record EventDetail
{
    public string? AlertId { get; init; }

    /// <summary>The name of the alert's series.</summary>
    public Text? Series { get; init; }

    /// <summary>Value before: a severity, an assignee, a verdict.</summary>
    public string? From { get; init; }

    /// <summary>Value after.</summary>
    public string? To { get; init; }

    /// <summary>A comment, or the error of a publisher.</summary>
    public string? Text { get; init; }

    /// <summary>Id of the silence that applies.</summary>
    public string? Silence { get; init; }

    public string? Publisher { get; init; }

    /// <summary>True when a publisher could deliver the news only after the incident was over; else null.</summary>
    public bool? Late { get; init; }

    /// <summary>Why nobody was told; null when people were, or when there was nothing to tell.</summary>
    public NotTold? NotTold { get; init; }
}

/// <summary>Why nobody was told of an event.</summary>
public enum NotTold
{
    /// <summary>A silence or maintenance window covers every open alert.</summary>
    Silenced,

    /// <summary>Publishers already say that the incident is on, at this severity or worse.</summary>
    AlreadyTold,

    /// <summary>Publishers were never told that it was on.</summary>
    NeverTold,
}
