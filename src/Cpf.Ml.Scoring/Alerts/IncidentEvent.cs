using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>An event in the timeline of an incident; immutable.</summary>
/// <param name="Id">Derived from the incident, its version and the event.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="At">Time by the Worker's clock, UTC.</param>
/// <param name="Actor">Name of an account or token, or <see cref="System"/>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Version">Version of the incident after the event.</param>
/// <param name="Detail">What the sentence of the event needs.</param>
public sealed record IncidentEvent(
    string Id,
    string IncidentId,
    DateTimeOffset At,
    string Actor,
    IncidentEventKind Kind,
    long Version,
    EventDetail Detail)
{
    /// <summary>The actor of what the service does automatically.</summary>
    public const string System = "system";
}

/// <summary>What happened to an incident.</summary>
public enum IncidentEventKind
{
    /// <summary>It opened.</summary>
    Opened,

    /// <summary>Another alert joined it.</summary>
    Joined,

    /// <summary>Its severity rose.</summary>
    Escalated,

    /// <summary>One of its alerts closed.</summary>
    Quieted,

    /// <summary>It closed, or a person closed it.</summary>
    Closed,

    /// <summary>It got worse after a person had closed it.</summary>
    Reopened,

    /// <summary>A person acknowledged it.</summary>
    Acknowledged,

    /// <summary>A person assigned it.</summary>
    Assigned,

    /// <summary>A person commented on it.</summary>
    Comment,

    /// <summary>A person gave or withdrew a verdict.</summary>
    Verdict,

    /// <summary>A person declared a new normal for one of its series.</summary>
    NewNormal,

    /// <summary>A silence covers it.</summary>
    Silenced,

    /// <summary>The silence ended.</summary>
    Unsilenced,

    /// <summary>A publisher delivered a notice.</summary>
    Published,

    /// <summary>A publisher gave up on a notice.</summary>
    Undeliverable,
}

/// <summary>What the sentence of an event needs; only the fields that its kind uses are set.</summary>
public sealed record EventDetail
{
    /// <summary>The alert concerned.</summary>
    public string? AlertId { get; init; }

    /// <summary>Display name of the alert's series.</summary>
    public Text? Series { get; init; }

    /// <summary>Value before: a severity, an assignee, a verdict.</summary>
    public string? From { get; init; }

    /// <summary>Value after.</summary>
    public string? To { get; init; }

    /// <summary>A comment, or the error of a publisher.</summary>
    public string? Text { get; init; }

    /// <summary>Id of the silence that applies.</summary>
    public string? Silence { get; init; }

    /// <summary>Name of the publisher.</summary>
    public string? Publisher { get; init; }

    /// <summary>True when a publisher delivered the notice only after the incident was over; otherwise
    /// null.</summary>
    public bool? Late { get; init; }

    /// <summary>Why nobody was notified; null when people were, or when there was nothing to report.</summary>
    [JsonPropertyName("notTold")]
    public Suppression? Suppression { get; init; }
}

/// <summary>Why nobody was notified of an event.</summary>
public enum Suppression
{
    /// <summary>A silence or maintenance window covers every open alert.</summary>
    Silenced,

    /// <summary>Publishers already report the incident as active, at this severity or higher.</summary>
    [JsonStringEnumMemberName("alreadyTold")]
    AlreadyNotified,

    /// <summary>Publishers have never reported it as active.</summary>
    [JsonStringEnumMemberName("neverTold")]
    NeverNotified,
}
