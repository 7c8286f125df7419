using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning.Boosting;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary>
/// Strange rows of which a few are known: boosted trees on the columns and on what each detector says, beside the
/// detectors that need no labels.
/// </summary>
/// <remarks>
/// References: Zhao and Hryniewicki (2018), <i>XGBOD: improving supervised outlier detection with unsupervised
/// representation learning</i>; Mordelet and Vert (2014), <i>A bagging SVM to learn from positive and unlabeled
/// examples</i>. A row without label is not an ordinary one. Each bag holds most of the known strange rows and few of
/// the others, so that what hides among the others misleads few bags, and every row is scored by bags that did not hold
/// it.
/// </remarks>
internal static class LabelledOutliers
{
    private const int Bags = 32;

    /// <summary>Of the known strange rows; the rest is scored from outside.</summary>
    private const double KnownShare = 0.875;

    /// <summary>Others in a bag: so many for each known one, and some for the first; never all of them.</summary>
    private const int OthersForEach = 10;
    private const int OthersAtLeast = 30;
    private const double MostOthers = 0.8;

    /// <summary>Known strange rows for which trees and detectors count alike: from one on, trees count more.</summary>
    private const double EvenWeight = 0.5;

    private static readonly GradientBoostingOptions Boosting = new() { Trees = 200, Depth = 5, LeastCurvature = 1 };

    /// <param name="reference">Rows that may be labelled.</param>
    /// <param name="isStrange">Of the reference: known to be strange. The others are not known.</param>
    /// <param name="rows">What to score; may be the reference itself.</param>
    /// <returns>One a row, 0 or more; higher is stranger.</returns>
    public static double[] Score(FeatureTable reference, bool[] isStrange, FeatureTable rows)
    {
        var isItself = ReferenceEquals(reference, rows);
        var scale = new ColumnScale(reference);
        var from = scale.Apply(reference);
        var to = isItself ? from : scale.Apply(rows);
        var (fromScores, toScores) = (Detect(from, from), Detect(from, to));
        var unlabelled = OutlierEnsemble.Tails(OutlierEnsemble.Combine(toScores));
        var known = isStrange.Count(one => one);
        if (known == 0)
        {
            return unlabelled;
        }

        var odds = Boost([from, With(from, fromScores)], isStrange, [to, With(to, toScores)], isItself);
        var weight = known / (known + EvenWeight);
        return [.. OutlierEnsemble.Tails(odds)
            .Zip(unlabelled, (trees, without) => (weight * trees) + ((1 - weight) * without))];
    }

    private static double[][] Detect(FeatureTable reference, FeatureTable rows) =>
        [.. OutlierEnsemble.Members.Select(member => member.Score(reference, rows))];

    private static FeatureTable With(FeatureTable table, double[][] scores) =>
        OutlierEnsemble.Members.Zip(scores).Aggregate(table, (all, one) => all.With(one.First.Name, one.Second));

    /// <param name="views">The columns alone and with what detectors say: bags take them in turn, as neither is better
    /// everywhere.</param>
    private static double[] Boost(FeatureTable[] views, bool[] isStrange, FeatureTable[] rows, bool isItself)
    {
        var columns = Array.ConvertAll(views, view => new BinnedColumns(view));
        var toScore = Array.ConvertAll(rows, view => view.Rows());
        var bags = new (double[] Weights, double[] Odds)[Bags];
        Parallel.For(0, Bags, bag =>
        {
            var (view, weights) = (bag % views.Length, Draw(isStrange, new Random(bag)));
            var model = GradientBoosting.Fit(columns[view], isStrange, weights, Boosting);
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
    private static double[] Draw(bool[] isStrange, Random random)
    {
        var wanted = OthersAtLeast + (OthersForEach * isStrange.Count(one => one));
        var share = Math.Min(MostOthers, (double)wanted / isStrange.Length);
        return Array.ConvertAll(isStrange, strange => random.NextDouble() < (strange ? KnownShare : share) ? 1.0 : 0);
    }
}
