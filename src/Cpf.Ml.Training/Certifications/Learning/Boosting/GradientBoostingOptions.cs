using System.Collections.Immutable;

namespace Cpf.Ml.Training.Certifications.Learning.Boosting;

/// <summary>
/// How trees are grown. The defaults are those of the published comparison of detectors with few labels.
/// </summary>
internal sealed record GradientBoostingOptions
{
    public int Trees { get; init; } = 100;

    /// <summary>Questions in a row at most.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>How much of the way each tree goes, in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>
    /// Added to the curvature of each leaf: a leaf of few rows says little. In rows of even odds, four times.
    /// </summary>
    public double L2 { get; init; } = 1;

    /// <summary>Least curvature (weight × p × (1 − p)) at either side of a question.</summary>
    public double MinCurvature { get; init; } = 0.25;

    /// <summary>
    /// By column: +1 where more can never lower the result, −1 where it can never raise it, 0 for either; empty for 0
    /// everywhere.
    /// </summary>
    public ImmutableArray<int> Monotone { get; init; } = [];
}
