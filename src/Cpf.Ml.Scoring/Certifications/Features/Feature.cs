using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>How values of a feature are compared with those of peers.</summary>
public enum FeatureKind
{
    /// <summary>A share of so many dossiers, in [0, 1]: the fewer dossiers, the less a value weighs.</summary>
    Share,

    /// <summary>A positive number of which factors matter, not differences.</summary>
    Ratio,

    /// <summary>Any number; differences matter.</summary>
    Number,
}

/// <summary>A quantity that is measured of every certification at a date.</summary>
/// <param name="Id">Stable id, F01 to F50.</param>
/// <param name="Family">One of <see cref="FeatureFamily"/>: features of a family overlap, and their evidence is not
/// added up.</param>
/// <param name="Kind">How its values are compared.</param>
/// <param name="Direction">+1 where high values are suspicious, −1 where low ones are.</param>
/// <param name="Name">What it is, for people, without its value.</param>
/// <param name="Unit">€, €/h, %, ‰, j (days), × or empty.</param>
/// <param name="Check">What a controller should ask for.</param>
/// <param name="Law">Article that may be concerned; empty for none.</param>
/// <param name="Needs">Tables and columns of platform data (<c>table</c> or <c>table.column</c>) without which it is
/// not computable.</param>
public sealed record Feature(string Id, string Family,
    FeatureKind Kind, int Direction, Text Name, string Unit, Text Check, string Law, ImmutableArray<string> Needs)
{
    /// <summary>Lower bound of the spread among peers, on the scale of the comparison: smaller differences are noise.
    /// Default 0.05.</summary>
    public double MinSpread { get; init; } = 0.05;

    /// <summary>Whether it has a window of its own, which the window of the measurement does not change.</summary>
    public bool HasOwnWindow { get; init; }

    /// <summary>Value below which it is no evidence, however rare; 0, the default, for none.</summary>
    public double Material { get; init; }

    /// <summary>Value from which on it is reported as a fact; null for none.</summary>
    public double? Limit { get; init; }

    /// <summary>Whether the law is broken beyond the limit, which counts for more than any rarity; otherwise the limit
    /// is one of practice.</summary>
    public bool IsBreach { get; init; }

    /// <summary>Where the limit comes from, in French; empty without a limit.</summary>
    public string LimitSource { get; init; } = string.Empty;
}
