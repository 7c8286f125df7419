using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Trees;
using Cpf.Ml.Training.Certifications.Boosting;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary>Learns from controls: few, chosen by eye, and silent about all that was not controlled.</summary>
/// <remarks>
/// <para>
/// What was not controlled is not known to be in order: each bag takes some of it, with less weight than a control that found nothing (Mordelet and Vert 2014). Trees begin at the evidence and are shallow, so that few controls
/// change little; more evidence never lowers the odds.
/// </para>
/// <para>
/// Probabilities are calibrated (Platt 1999) on controls, each counted for the certifications that it stands for: one drawn at random for its share of all, one chosen by eye for itself (Horvitz and Thompson 1952).
/// </para>
/// </remarks>
internal static class CertificationLearning
{
    private const int Bags = 16;

    /// <summary>Uncontrolled rows in a bag, for each controlled one.</summary>
    private const double OthersForEach = 20;

    /// <summary>An uncontrolled row counts as so much of one that was found in order.</summary>
    private const double OtherWeight = 0.5;
    private const double KnownShare = 0.875;
    private const int Folds = 5;

    private static readonly GradientBoostingOptions Options = new()
    {
        Trees = 60,
        Depth = 2,
        LearningRate = 0.05,
        L2 = 3,
        LeastCurvature = 0.5,
        Monotone = [.. Enumerable.Repeat(1, EvidenceVector.Names.Length)],
    };

    public static CertificationModel Fit(ControlledExamples examples)
    {
        var columns = new BinnedColumns(examples.Rows);
        var model = new CertificationModel(examples.Confirmed == 0 ? [] : Grow(columns, examples, []), 1, 0);
        var (slope, intercept) = Platt(Judged(columns, model, examples));
        return model with { Slope = slope, Intercept = intercept };
    }

    /// <param name="leftOut">Rows that are not taught.</param>
    private static ImmutableArray<BoostedTrees> Grow(BinnedColumns columns, ControlledExamples examples, HashSet<int> leftOut)
    {
        var share = Math.Min(0.8, OthersForEach * examples.Controlled / examples.Labels.Length);
        var isConfirmed = Array.ConvertAll(examples.Labels, label => label == true);
        var start = CertificationModel.Start(examples.Rows);
        var bags = new BoostedTrees[Bags];
        Parallel.For(0, Bags, bag =>
        {
            var random = new Random(bag);
            var weights = examples.Labels.Select((label, row) =>
            {
                var drawn = random.NextDouble();
                return leftOut.Contains(row) ? 0 : label is null ? drawn < share ? OtherWeight : 0 : drawn < KnownShare ? 1.0 : 0;
            }).ToArray();
            bags[bag] = GradientBoosting.Fit(columns, isConfirmed, weights, Options, start);
        });
        return [.. bags];
    }

    /// <summary>Each control as trees score it that were not taught it, with how many certifications it stands for.</summary>
    private static List<(double Score, bool IsConfirmed, double Weight)> Judged(BinnedColumns columns, CertificationModel model, ControlledExamples examples)
    {
        var controlled = Enumerable.Range(0, examples.Labels.Length).Where(row => examples.Labels[row] is not null).ToArray();
        var random = Math.Max(1, controlled.Count(row => examples.IsRandom[row]));
        var standsFor = 1 + ((double)(examples.Labels.Length - controlled.Length) / random);
        var judged = new List<(double, bool, double)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var rows = controlled.Where((_, place) => place % Folds == fold).ToList();
            var other = model.Bags.IsEmpty ? model : model with { Bags = Grow(columns, examples, rows.ToHashSet()) };
            judged.AddRange(rows.Zip(other.Score(examples.Rows.Take(rows)), (row, score) => (score, examples.Labels[row]!.Value, examples.IsRandom[row] ? standsFor : 1)));
        }

        return judged;
    }

    /// <summary>Newton's steps of a logistic regression of one column, held back by one imagined row without evidence, confirmed by a fiftieth.</summary>
    private static (double Slope, double Intercept) Platt(List<(double Score, bool IsConfirmed, double Weight)> judged)
    {
        const double Ridge = 0.01;
        var rows = judged.Append((-3, true, 0.02)).Append((-3, false, 0.98)).ToList();
        var (slope, intercept) = (1.0, 0.0);
        for (var step = 0; step < 50; step++)
        {
            var (g0, g1, h00, h01, h11) = (0.0, Ridge * (slope - 1), 1e-9, 0.0, Ridge);
            foreach (var (score, isConfirmed, weight) in rows)
            {
                var p = 1 / (1 + Math.Exp(-((slope * score) + intercept)));
                var (gradient, curvature) = (weight * (p - (isConfirmed ? 1 : 0)), weight * p * (1 - p));
                (g0, g1) = (g0 + gradient, g1 + (gradient * score));
                (h00, h01, h11) = (h00 + curvature, h01 + (curvature * score), h11 + (curvature * score * score));
            }

            var determinant = (h00 * h11) - (h01 * h01);
            intercept -= Math.Clamp(((h11 * g0) - (h01 * g1)) / determinant, -2, 2);
            slope = Math.Max(0.05, slope - Math.Clamp(((h00 * g1) - (h01 * g0)) / determinant, -1, 1));
        }

        return (slope, intercept);
    }
}
