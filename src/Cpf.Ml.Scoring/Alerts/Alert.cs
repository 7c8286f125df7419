namespace Cpf.Ml.Scoring.Alerts;

/// <summary>One series, source or comparison that is abnormal for a while.</summary>
public sealed record Alert
{
    /// <summary>Derived from <see cref="Rule"/>, <see cref="SeriesId"/> and <see cref="OpenedAt"/>: the same alert has
    /// the same id after any restart.</summary>
    public required string Id { get; init; }

    /// <summary>Which capability raised it. Alerts of two capabilities are never one incident.</summary>
    public required Capability Capability { get; init; }

    /// <summary>One of <see cref="AlertRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>16 hexadecimal digits of a series, the name of a source, or the key of an audit's
    /// comparison.</summary>
    public required string SeriesId { get; init; }

    /// <summary>The name that people know the series or comparison by.</summary>
    public required Text SeriesName { get; init; }

    /// <summary>Alerts of one capability and service are grouped into incidents.</summary>
    public required string Service { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The first flagged point, inclusive, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The newest point that the document speaks of.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The first ordinary point of the quiet time that closed it, exclusive; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public required AlertDocument Document { get; init; }
}
