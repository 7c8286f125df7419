using Cpf.Ml.Scoring.Certifications.Model;

namespace Cpf.Ml.Training.Certifications.Learning.Boosting;

/// <summary>
/// Fits the log odds of a row being positive, tree by tree, each grown on what the ones before it leave over.
/// </summary>
/// <remarks>
/// <para>
/// References: Friedman (2001), <i>Greedy function approximation: a gradient boosting machine</i>; Chen and Guestrin
/// (2016), <i>XGBoost: a scalable tree boosting system</i>, whose second-order leaves with a penalty these are. Trees
/// that only go one way in a column where the sign is known: Auguste, Malory and Smirnov (2020), <i>A better method to
/// enforce monotonic constraints in regression and classification trees</i>, in its simplest form, which bounds both
/// sides of a question by the middle of their values.
/// </para>
/// <para>Same rows, weights and options: the same trees, bit for bit.</para>
/// </remarks>
internal static class GradientBoosting
{
    /// <param name="columns">Of the rows.</param>
    /// <param name="isOutlier">Label of each row.</param>
    /// <param name="weights">Of the rows; 0 leaves one out.</param>
    /// <param name="start">Of the rows: log odds that the trees begin with and do not contain; null for even
    /// odds.</param>
    public static BoostedTrees Fit(BinnedColumns columns,
        bool[] isOutlier, double[] weights, GradientBoostingOptions options, double[]? start = null)
    {
        var (odds, gradients, curvatures) = (start is null ? new double[columns.RowCount] : [.. start],
            new double[columns.RowCount], new double[columns.RowCount]);
        var rows = Enumerable.Range(0, columns.RowCount).Where(row => weights[row] > 0).ToArray();
        var trees = new List<DecisionTree>();
        for (var i = 0; i < options.Trees; i++)
        {
            foreach (var row in rows)
            {
                var p = 1 / (1 + Math.Exp(-odds[row]));
                gradients[row] = weights[row] * (p - (isOutlier[row] ? 1 : 0));
                curvatures[row] = weights[row] * p * (1 - p);
            }

            trees.Add(new TreeGrowth(columns, gradients, curvatures, weights, odds, options).Grow(rows));
        }

        return new BoostedTrees([.. trees]);
    }
}
