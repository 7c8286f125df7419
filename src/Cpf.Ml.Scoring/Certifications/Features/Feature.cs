using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>How values of a feature are compared with those of peers.</summary>
public enum FeatureKind
{
    /// <summary>A share of so many dossiers: what few dossiers say is believed little.</summary>
    Share,

    /// <summary>Positive; factors matter, not differences.</summary>
    Ratio,

    /// <summary>Any number; differences matter.</summary>
    Number,
}

/// <summary>Something that is measured of a certification at a date.</summary>
/// <param name="Id">F01 to F50, stable.</param>
/// <param name="Family">Features of one family say nearly the same and count once.</param>
/// <param name="Direction">+1 where high values are suspicious, −1 where low ones are.</param>
/// <param name="Name">For people: what it is, without its value.</param>
/// <param name="Unit">€, €/h, %, h, j (days), × or empty.</param>
/// <param name="Check">What a controller should ask for.</param>
/// <param name="Law">Article that may be concerned; empty for none.</param>
/// <param name="Needs">Columns without which it is not computable.</param>
public sealed record Feature(string Id, string Family,
    FeatureKind Kind, int Direction, Text Name, string Unit, Text Check, string Law, ImmutableArray<string> Needs)
{
    /// <summary>Least spread among peers that is believed, on the scale of the comparison: below, differences are
    /// noise.</summary>
    public double LeastSpread { get; init; } = 0.05;

    /// <summary>It looks at a time of its own, which another window does not change.</summary>
    public bool HasOwnWindow { get; init; }

    /// <summary>Below, a value is of no account, however rare; 0 for none.</summary>
    public double Material { get; init; }

    /// <summary>From this value on it is a fact that the law names, whatever peers do; null for none.</summary>
    public double? Limit { get; init; }

    /// <summary>Beyond the limit the law is broken, which counts for more than any rarity; otherwise the limit is what
    /// a controller would be told first.</summary>
    public bool IsBreach { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public string LimitSource { get; init; } = string.Empty;
}
