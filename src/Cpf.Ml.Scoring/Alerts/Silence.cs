using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>A time during which nobody is told of some alerts. They are scored, stored and shown all the
/// same.</summary>
public sealed record Silence
{
    public required string Id { get; init; }

    public required SilenceKind Kind { get; init; }

    /// <summary>All must match; at least one.</summary>
    public required ImmutableArray<Matcher> Matchers { get; init; }

    /// <summary>Inclusive, UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Exclusive, UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public required string Reason { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who ended it early; null when nobody did.</summary>
    public string? EndedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsActive(DateTimeOffset at) => StartsAt <= at && at < EndsAt && EndedAt is null;

    public bool Covers(Alert alert) => Matchers.All(matcher => matcher.Matches(alert));
}

public enum SilenceKind
{
    /// <summary>From now on, usually because the trouble is known.</summary>
    Silence,

    /// <summary>Planned work.</summary>
    Maintenance,
}

/// <param name="Label">One of <see cref="Labels"/>.</param>
/// <param name="Value">Compared exactly; <c>*</c> matches any.</param>
public readonly record struct Matcher(string Label, string Value)
{
    /// <summary>What can be matched: the capability in lower case, the service, the id of a series, the rule.</summary>
    public static ImmutableArray<string> Labels { get; } = ["capability", "service", "series", "rule"];

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
