using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>A period in which nobody is notified of some alerts, which are scored, stored and shown all the
/// same.</summary>
public sealed record Silence
{
    /// <summary>Id of the silence.</summary>
    public required string Id { get; init; }

    /// <summary>A silence or a maintenance window.</summary>
    public required SilenceKind Kind { get; init; }

    /// <summary>Matchers, all of which must match; at least one.</summary>
    public required ImmutableArray<Matcher> Matchers { get; init; }

    /// <summary>Start, inclusive, UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>End, exclusive, UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Why nobody is notified.</summary>
    public required string Reason { get; init; }

    /// <summary>Name of the account or token that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who ended it early; null when nobody did.</summary>
    public string? EndedBy { get; init; }

    /// <summary>When it was ended early, UTC; null when it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it applies at a time.</summary>
    /// <param name="at">The time.</param>
    public bool IsActive(DateTimeOffset at) => StartsAt <= at && at < EndsAt && EndedAt is null;

    /// <summary>Whether all matchers match an alert.</summary>
    /// <param name="alert">The alert.</param>
    public bool Covers(Alert alert) => Matchers.All(matcher => matcher.Matches(alert));
}

/// <summary>Why nobody is notified.</summary>
public enum SilenceKind
{
    /// <summary>From now on, usually because the cause is known.</summary>
    Silence,

    /// <summary>Planned work.</summary>
    Maintenance,
}

/// <summary>A condition on a label of an alert.</summary>
/// <param name="Label">One of <see cref="Labels"/>.</param>
/// <param name="Value">The exact value; <c>*</c> matches any.</param>
public readonly record struct Matcher(string Label, string Value)
{
    /// <summary>The labels that can be matched: the capability in lower case, the service, the id of a series, the
    /// rule.</summary>
    public static ImmutableArray<string> Labels { get; } = ["capability", "service", "series", "rule"];

    /// <summary>Whether an alert meets the condition; an unknown label never matches.</summary>
    /// <param name="alert">The alert.</param>
    public bool Matches(Alert alert)
    {
        var found = Label switch
        {
            "capability" => alert.Capability.ToString().ToLowerInvariant(),
            "service" => alert.Service,
            "series" => alert.SeriesId,
            "rule" => alert.Rule,
            _ => null,
        };
        return found is not null && (Value == "*" || Value == found);
    }
}
