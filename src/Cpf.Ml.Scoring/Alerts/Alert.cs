namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One series, source or comparison that is abnormal for a while.</summary>
public sealed record Alert
{
    /// <summary>Derived from <see cref="Rule"/>, <see cref="SeriesId"/> and <see cref="OpenedAt"/>: the same alert has
    /// the same id after any restart.</summary>
    public required string Id { get; init; }

    /// <summary>The capability that raised it. Alerts of different capabilities are never in one incident.</summary>
    public required Capability Capability { get; init; }

    /// <summary>The rule that raised it, one of <see cref="AlertRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>16 hexadecimal digits of a series, the name of a source, or the key of an audit's
    /// comparison.</summary>
    public required string SeriesId { get; init; }

    /// <summary>Display name of the series or comparison.</summary>
    public required Text SeriesName { get; init; }

    /// <summary>The service, by which alerts of one capability are grouped into incidents.</summary>
    public required string Service { get; init; }

    /// <summary>The highest severity that it has reached.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The first flagged point, inclusive, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The newest point in the document, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The first ordinary point of the quiet time that closed it, exclusive, UTC; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What was found.</summary>
    public required AlertDocument Document { get; init; }
}
