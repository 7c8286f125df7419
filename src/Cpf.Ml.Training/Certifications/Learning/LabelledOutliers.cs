using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning.Boosting;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary>
/// Outliers of which a few are labelled: boosted trees on the columns and on the score of each detector, beside the
/// detectors that need no labels.
/// </summary>
/// <remarks>
/// References: Zhao and Hryniewicki (2018), <i>XGBOD: improving supervised outlier detection with unsupervised
/// representation learning</i>; Mordelet and Vert (2014), <i>A bagging SVM to learn from positive and unlabeled
/// examples</i>. A row without label is not an ordinary one. Each bag holds most of the labelled outliers and few of
/// the others, so that what hides among the others misleads few bags, and every row is scored by bags that did not hold
/// it.
/// </remarks>
internal static class LabelledOutliers
{
    private const int Bags = 32;

    /// <summary>Share of the labelled outliers in a bag; the rest is scored from outside.</summary>
    private const double KnownShare = 0.875;

    /// <summary>Others in a bag: so many for each known one, and some for the first; never all of them.</summary>
    private const int OthersForEach = 10;
    private const int OthersAtLeast = 30;
    private const double MaxUnlabelledShare = 0.8;

    /// <summary>Labelled outliers for which trees and detectors weigh alike: from one on, trees count more.</summary>
    private const double EvenWeight = 0.5;

    private static readonly GradientBoostingOptions Boosting = new() { Trees = 200, Depth = 5, MinCurvature = 1 };

    /// <param name="reference">Rows that may be labelled.</param>
    /// <param name="isOutlier">Whether each row of the reference is labelled an outlier; the others are not
    /// labelled.</param>
    /// <param name="rows">What to score; may be the reference itself.</param>
    /// <returns>One a row, 0 or more; higher is more anomalous.</returns>
    public static double[] Score(FeatureTable reference, bool[] isOutlier, FeatureTable rows)
    {
        var isItself = ReferenceEquals(reference, rows);
        var scale = new ColumnScale(reference);
        var from = scale.Apply(reference);
        var to = isItself ? from : scale.Apply(rows);
        var (fromScores, toScores) = (Detect(from, from), Detect(from, to));
        var unlabelled = OutlierEnsemble.Tails(OutlierEnsemble.Combine(toScores));
        var known = isOutlier.Count(value => value);
        if (known == 0)
        {
            return unlabelled;
        }

        var odds = Boost([from, With(from, fromScores)], isOutlier, [to, With(to, toScores)], isItself);
        var weight = known / (known + EvenWeight);
        return [.. OutlierEnsemble.Tails(odds)
            .Zip(unlabelled, (trees, without) => (weight * trees) + ((1 - weight) * without))];
    }

    private static double[][] Detect(FeatureTable reference, FeatureTable rows) =>
        [.. OutlierEnsemble.Members.Select(member => member.Score(reference, rows))];

    private static FeatureTable With(FeatureTable table, double[][] scores) =>
        OutlierEnsemble.Members.Zip(scores).Aggregate(table, (all, pair) => all.With(pair.First.Name, pair.Second));

    /// <param name="views">The columns alone and with what detectors say: bags take them in turn, as neither is better
    /// everywhere.</param>
    private static double[] Boost(FeatureTable[] views, bool[] isOutlier, FeatureTable[] rows, bool isItself)
    {
        var columns = Array.ConvertAll(views, view => new BinnedColumns(view));
        var toScore = Array.ConvertAll(rows, view => view.Rows());
        var bags = new (double[] Weights, double[] Odds)[Bags];
        Parallel.For(0, Bags, bag =>
        {
            var (view, weights) = (bag % views.Length, Draw(isOutlier, new Random(bag)));
            var model = GradientBoosting.Fit(columns[view], isOutlier, weights, Boosting);
            bags[bag] = (weights, Array.ConvertAll(toScore[view], row => model.Predict(row)));
        });

        var (sums, counts) = (new double[toScore[0].Length], new int[toScore[0].Length]);
        foreach (var (weights, odds) in bags)
        {
            for (var row = 0; row < sums.Length; row++)
            {
                if (!isItself || weights[row] == 0)
                {
                    (sums[row], counts[row]) = (sums[row] + odds[row], counts[row] + 1);
                }
            }
        }

        return [.. sums.Zip(counts, (sum, count) => sum / Math.Max(1, count))];
    }

    /// <returns>1 for the rows of a bag, 0 for the others.</returns>
    private static double[] Draw(bool[] isOutlier, Random random)
    {
        var wanted = OthersAtLeast + (OthersForEach * isOutlier.Count(value => value));
        var share = Math.Min(MaxUnlabelledShare, (double)wanted / isOutlier.Length);
        return Array.ConvertAll(
            isOutlier, isLabelled => random.NextDouble() < (isLabelled ? KnownShare : share) ? 1.0 : 0);
    }
}
