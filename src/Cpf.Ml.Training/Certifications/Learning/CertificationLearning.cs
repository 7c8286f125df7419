using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Training.Certifications.Learning.Boosting;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary>Learns from controls: few, chosen by eye, and silent about all that was not controlled.</summary>
/// <remarks>
/// <para>
/// What was not controlled is not known to be in order: each bag takes some of it, with less weight than a control that
/// found nothing (Mordelet and Vert 2014). Trees begin at the evidence and are shallow, so that few controls change
/// little; more evidence never lowers the odds.
/// </para>
/// <para>
/// Probabilities are calibrated (Platt 1999) on controls that were left out of training. Which certifications are
/// controlled follows from their score, so that among equals it is chance, and no weights are needed (Rubin 1976). A
/// control errs as well: the truth is latent and the share of wrong results known roughly (Dempster, Laird and Rubin
/// 1977).
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
    private const int BinCount = 5;

    /// <summary>One control in twenty errs (the field's experience), as if so many had been seen.</summary>
    private const int WrongOf = 20;

    private static readonly GradientBoostingOptions Options = new()
    {
        Trees = 60,
        Depth = 2,
        LearningRate = 0.05,
        L2 = 3,
        MinCurvature = 0.5,
        Monotone = [.. Enumerable.Repeat(1, EvidenceVector.Names.Length)],
    };

    /// <summary>
    /// The model, and how well it predicts controls that it was not trained on. Trees are kept where they predict them
    /// better than the evidence alone.
    /// </summary>
    public static (CertificationModel Model, CertificationFigures Figures) Fit(ControlledExamples examples)
    {
        var columns = new BinnedColumns(examples.Rows);
        var none = Calibrate(new CertificationModel([], 1, 0), Judged(columns, examples, grows: false));
        var grown = examples.Confirmed == 0 ? default : Calibrate(
            new CertificationModel(Grow(columns, examples, []), 1, 0), Judged(columns, examples, grows: true));
        var usesTrees = examples.Confirmed > 0 && grown.Loss < none.Loss;
        var kept = usesTrees ? grown : none;
        var random = Enumerable.Range(0, examples.Labels.Length)
            .Where(row => examples.IsRandom[row] && examples.Labels[row] is not null).ToList();
        return (kept.Model, new CertificationFigures(
            examples.Labels.Length,
            examples.Controlled, examples.Confirmed, random.Count, random.Count(row => examples.Labels[row] is true),
            none.Loss, examples.Confirmed == 0 ? double.NaN : grown.Loss, usesTrees,
            Bins(kept.Model, kept.Judged)));
    }

    private static (CertificationModel Model, double Loss, List<(double Score, bool IsConfirmed)> Judged) Calibrate(
        CertificationModel model, List<(double Score, bool IsConfirmed)> judged)
    {
        var (slope, intercept, wrong) = Platt(judged);
        model = model with { Slope = slope, Intercept = intercept, Wrong = wrong };
        double Loss((double Score, bool IsConfirmed) entry) => -Math.Log(
            Math.Max(1e-9, entry.IsConfirmed ? model.Probability(entry.Score) : 1 - model.Probability(entry.Score)));
        return (model, judged.Count == 0 ? double.NaN : judged.Average(Loss), judged);
    }

    private static ImmutableArray<CalibrationBin> Bins(
        CertificationModel model, List<(double Score, bool IsConfirmed)> judged) =>
    [
        .. judged.GroupBy(entry => (int)Math.Min(BinCount - 1, BinCount * model.Probability(entry.Score)))
            .OrderBy(bin => bin.Key).Select(bin => new CalibrationBin(
            bin.Key / (double)BinCount, bin.Count(),
            bin.Average(entry => model.Probability(entry.Score)), bin.Average(entry => entry.IsConfirmed ? 1.0 : 0))),
    ];

    /// <param name="leftOut">Rows that are left out of training.</param>
    private static ImmutableArray<BoostedTrees> Grow(
        BinnedColumns columns, ControlledExamples examples, HashSet<int> leftOut)
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
                return leftOut.Contains(row) ? 0
                    : label is null ? drawn < share ? OtherWeight : 0 : drawn < KnownShare ? 1.0 : 0;
            }).ToArray();
            bags[bag] = GradientBoosting.Fit(columns, isConfirmed, weights, Options, start);
        });
        return [.. bags];
    }

    /// <summary>Each control as scored by trees that were not trained on it.</summary>
    private static List<(double Score, bool IsConfirmed)> Judged(
        BinnedColumns columns, ControlledExamples examples, bool grows)
    {
        var controlled = Enumerable.Range(0, examples.Labels.Length)
            .Where(row => examples.Labels[row] is not null).ToArray();
        var judged = new List<(double, bool)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var rows = controlled.Where((_, index) => index % Folds == fold).ToList();
            var other = new CertificationModel(grows ? Grow(columns, examples, rows.ToHashSet()) : [], 1, 0);
            judged.AddRange(rows.Select(row => (other.Score(examples.Rows.Row(row)), examples.Labels[row]!.Value)));
        }

        return judged;
    }

    /// <summary>
    /// A logistic regression of one column on what is true, of which controls get one in <see cref="WrongOf"/> wrong
    /// before they have shown otherwise: of those that nobody would have chosen, few have anything to confirm. Held
    /// back by one imagined row without evidence.
    /// </summary>
    private static (double Slope, double Intercept, double Wrong) Platt(List<(double Score, bool IsConfirmed)> judged)
    {
        var low = judged.OrderBy(entry => entry.Score).Take(judged.Count / 5).ToList();
        var wrong = (1 + low.Count(entry => entry.IsConfirmed)) / (double)(WrongOf + low.Count);
        var (slope, intercept) = (1.0, 0.0);
        for (var step = 0; step < 50; step++)
        {
            var rows = judged.Select(entry =>
            {
                var (p, likelihood) = (1 / (1 + Math.Exp(-((slope * entry.Score) + intercept))),
                    entry.IsConfirmed ? 1 - wrong : wrong);
                return (entry.Score, Truth: likelihood * p / ((likelihood * p) + ((1 - likelihood) * (1 - p))));
            }).Append((-3, 0.02)).ToList();
            (slope, intercept) = Logistic(rows, slope, intercept);
        }

        return (slope, intercept, wrong);
    }

    /// <summary>Newton's steps, from where the last ones ended.</summary>
    private static (double Slope, double Intercept) Logistic(
        List<(double Score, double Truth)> rows, double slope, double intercept)
    {
        const double Ridge = 0.01;
        for (var step = 0; step < 10; step++)
        {
            var (g0, g1, h00, h01, h11) = (0.0, Ridge * (slope - 1), 1e-9, 0.0, Ridge);
            foreach (var (score, truth) in rows)
            {
                var p = 1 / (1 + Math.Exp(-((slope * score) + intercept)));
                var curvature = p * (1 - p);
                (g0, g1) = (g0 + p - truth, g1 + ((p - truth) * score));
                (h00, h01, h11) = (h00 + curvature, h01 + (curvature * score), h11 + (curvature * score * score));
            }

            var determinant = (h00 * h11) - (h01 * h01);
            intercept -= Math.Clamp(((h11 * g0) - (h01 * g1)) / determinant, -2, 2);
            slope = Math.Max(0.05, slope - Math.Clamp(((h00 * g1) - (h01 * g0)) / determinant, -1, 1));
        }

        return (slope, intercept);
    }
}
