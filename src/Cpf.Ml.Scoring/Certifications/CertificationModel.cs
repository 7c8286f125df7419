using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Scoring.Certifications.Trees;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>What past controls have taught: log odds that begin at the evidence, corrected by trees, and the share of them that a control confirms.</summary>
/// <param name="Bags">Each learnt from other uncontrolled certifications; their corrections are averaged. None where no control has confirmed anything.</param>
/// <param name="Slope">Of the calibration; positive.</param>
public sealed record CertificationModel(ImmutableArray<BoostedTrees> Bags, double Slope, double Intercept)
{
    /// <summary>Evidence that multiplies odds by e.</summary>
    private const double EvidenceScale = 8;

    /// <summary>Log odds without evidence, from which trees begin.</summary>
    private const double Without = -3;

    /// <summary>What trees begin with: with few controls they add little to it.</summary>
    /// <param name="rows">As <see cref="EvidenceVector"/> has them.</param>
    public static double[] Start(FeatureTable rows) => Array.ConvertAll(rows.Columns[^1], total => (total / EvidenceScale) + Without);

    /// <returns>One a row; higher is more suspicious.</returns>
    /// <param name="rows">As <see cref="EvidenceVector"/> has them.</param>
    public double[] Score(FeatureTable rows) =>
        [.. Start(rows).Zip(rows.Rows(), (start, row) => start + (Bags.IsEmpty ? 0 : Bags.Average(bag => bag.Predict(row))))];

    /// <summary>Share of certifications of this score that a control would confirm, as far as past controls tell.</summary>
    public double Probability(double score) => 1 / (1 + Math.Exp(-((Slope * score) + Intercept)));
}
