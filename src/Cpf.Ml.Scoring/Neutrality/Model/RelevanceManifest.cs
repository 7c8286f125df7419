using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Neutrality.Model;

/// <summary>What a relevance model was trained on, and its quality on questions held out.</summary>
public sealed record RelevanceManifest : ModelManifest
{
    /// <summary>Version of the program that trained.</summary>
    public required string Code { get; init; }

    /// <summary>What it predicts: <c>clicks</c> or <c>purchases</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Names of its features, in the model's order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Features of the log that it was not trained on, with the reason.</summary>
    public required IReadOnlyDictionary<string, Text> LeftOut { get; init; }

    /// <summary>First day of the log.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the log.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Number of questions.</summary>
    public required int Questions { get; init; }

    /// <summary>Number of clicks or purchases.</summary>
    public required long Events { get; init; }

    /// <summary>Effective number of events when each is weighted by 1/θ of its position.</summary>
    public required double EffectiveEvents { get; init; }

    /// <summary>Share of impressions whose propensity the log has, in [0, 1]; that of the others was
    /// estimated.</summary>
    public required double KnownPropensities { get; init; }

    /// <summary>nDCG of the engine's order on held-out questions, by weighted events, in [0, 1].</summary>
    public required double EngineGain { get; init; }

    /// <summary>nDCG of the model's order on the same questions.</summary>
    public required double ModelGain { get; init; }

    /// <summary>Lower bound of the model's nDCG less the engine's, 95 %.</summary>
    public required double DifferenceLow { get; init; }

    /// <summary>Upper bound of that difference, 95 %.</summary>
    public required double DifferenceHigh { get; init; }

    /// <summary>Share of each feature in the model's discrimination, by name: loss when the feature is
    /// permuted.</summary>
    public required IReadOnlyDictionary<string, double> Importance { get; init; }

    /// <summary>SHA-256 of each file that was read.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }
}
