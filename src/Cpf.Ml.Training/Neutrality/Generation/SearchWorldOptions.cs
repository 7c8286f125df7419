using System.Collections.Immutable;

namespace Cpf.Ml.Training.Neutrality.Generation;

/// <summary>An imagined search engine: how much is searched, and what is planted in it.</summary>
internal sealed record SearchWorldOptions
{
    public int Seed { get; init; } = 1;

    public int Searches { get; init; } = 4000;

    public int Questions { get; init; } = 200;

    public int Organisations { get; init; } = 160;

    /// <summary>Offers that a search could show, each of another organisation but for a flooding one.</summary>
    public int Pool { get; init; } = 24;

    /// <summary>Offers that it shows.</summary>
    public int Shown { get; init; } = 16;

    /// <summary>Values of relevance: 1/g, 2/g, …, 1.</summary>
    public int Grades { get; init; } = 4;

    public int Days { get; init; } = 60;

    /// <summary>Groups whose equally relevant offers get so much less exposure than others, by expectation.</summary>
    public ImmutableArray<Penalty> Penalties { get; init; } = [];

    /// <summary>Offers that one organisation has in each pool; 0 for none that floods.</summary>
    public int Flood { get; init; }

    /// <summary>Exponent of past orders among equally relevant offers; 0 is neutral.</summary>
    public double PopularityPull { get; init; }

    /// <summary>
    /// Past orders of offers of organisations that are less than six months on the platform, against what others have.
    /// </summary>
    public double EntrantsPopularity { get; init; } = 1;

    /// <summary>Share of questions in which a context gets another order than the others.</summary>
    public double ProfileShare { get; init; }

    /// <summary>Pairs of questions in feminine and masculine that mean the same, of all questions.</summary>
    public int Pairs { get; init; } = 24;

    /// <summary>Share of pairs in which the feminine is answered worse.</summary>
    public double GenderShare { get; init; }

    /// <summary>Pairs of the same query in Île-de-France and in La Réunion, after the pairs of genders.</summary>
    public int RegionPairs { get; init; }

    /// <summary>Share of offers that the second of them lacks.</summary>
    public double RegionLack { get; init; }

    /// <summary>Whether the log holds the engine's features of offers (<see cref="SearchFeatures"/>).</summary>
    public bool HasFeatures { get; init; }

    /// <summary>Whether the log holds the propensity of each position.</summary>
    public bool KnowsPropensities { get; init; }

    /// <summary>
    /// Share of the way from true relevance to how well words match, of what the engine sorts by: 0 for an engine that
    /// knows all, 1 for one that knows words only.
    /// </summary>
    public double WordsOnly { get; init; }

    /// <summary>θ of a position is k^-x: what people look at.</summary>
    public double PositionExponent { get; init; } = 0.7;
}

/// <param name="Dimension">As audits call it: size, kind, entrants, region, modality, accessibility.</param>
/// <param name="Group">Of that dimension.</param>
/// <param name="Size">In [0, 1): 0.1 is a tenth less.</param>
internal sealed record Penalty(string Dimension, string Group, double Size);
