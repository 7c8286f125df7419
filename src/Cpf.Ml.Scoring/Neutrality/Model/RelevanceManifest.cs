using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Neutrality.Model;

/// <summary>What a model of relevance was taught, and what it is worth on questions that it had not seen.</summary>
public sealed record RelevanceManifest : ModelManifest
{
    /// <summary>Of the program that trained.</summary>
    public required string Code { get; init; }

    /// <summary>What it was taught to foresee: <c>clicks</c> or <c>purchases</c>.</summary>
    public required string Target { get; init; }

    /// <summary>What it knows of an offer, in its order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Features of the log that it was not taught, and why.</summary>
    public required IReadOnlyDictionary<string, Text> LeftOut { get; init; }

    /// <summary>Days of the log.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }

    public required int Questions { get; init; }

    /// <summary>Clicks or purchases.</summary>
    public required long Events { get; init; }

    /// <summary>What they are worth, weighed by 1/θ.</summary>
    public required double EffectiveEvents { get; init; }

    /// <summary>Share of impressions whose propensity the log knew; of the others it was estimated.</summary>
    public required double KnownPropensities { get; init; }

    /// <summary>nDCG by weighted clicks of unseen questions, in the engine's order and in the model's, 95 % of the
    /// difference.</summary>
    public required double EngineGain { get; init; }

    public required double ModelGain { get; init; }

    public required double DifferenceLow { get; init; }

    public required double DifferenceHigh { get; init; }

    /// <summary>Share of what the model tells apart that is from each feature (loss when it is shuffled), by
    /// name.</summary>
    public required IReadOnlyDictionary<string, double> Importance { get; init; }

    /// <summary>SHA-256 of each file that was read.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }
}
