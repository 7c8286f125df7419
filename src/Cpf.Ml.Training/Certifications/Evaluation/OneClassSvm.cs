using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning.Boosting;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>
/// A baseline of the field: a one-class support vector machine labels outliers, and a model is trained to predict
/// it.
/// </summary>
/// <remarks>
/// References: Schölkopf, Platt, Shawe-Taylor, Smola and Williamson (2001), <i>Estimating the support of a
/// high-dimensional distribution</i>; Rahimi and Recht (2007), <i>Random features for large-scale kernel machines</i>,
/// by which its Gaussian kernel is a product of 200 cosines. Where the recipe teaches a neural network, boosted trees
/// are trained here.
/// </remarks>
internal static class OneClassSvm
{
    private const int Features = 200;
    private const int Steps = 500;

    /// <summary>Share of rows that may lie outside, and that are labelled outliers.</summary>
    private const double Outside = 0.05;

    /// <param name="table">On one scale, see <see cref="ColumnScale"/>.</param>
    /// <returns>One a row; higher is more anomalous.</returns>
    public static double[] Score(FeatureTable table)
    {
        var outliers = Distances(Project(table.Rows(), new Random(0)));
        var bound = outliers.OrderDescending().ElementAt((int)(Outside * outliers.Length));
        var model = GradientBoosting.Fit(
            new BinnedColumns(table), Array.ConvertAll(outliers, value => value > bound),
            [.. Enumerable.Repeat(1.0, outliers.Length)], new GradientBoostingOptions());
        return Array.ConvertAll(table.Rows(), row => model.Predict(row));
    }

    /// <summary>Products of these are about exp(−‖a − b‖² ÷ columns).</summary>
    private static double[][] Project(double[][] rows, Random random)
    {
        var width = Math.Sqrt(2.0 / rows[0].Length);
        var directions = Enumerable.Range(0, Features).Select(_ => (Weights: rows[0].Select(
            _ => width * random.Normal()).ToArray(), Shift: 2 * Math.PI * random.NextDouble())).ToArray();
        return Array.ConvertAll(rows, row => Array.ConvertAll(directions, direction =>
            Math.Sqrt(
                2.0 / Features) * Math.Cos(
                    direction.Shift + direction.Weights.Zip(row, (weight, value) => weight * value).Sum())));
    }

    /// <summary>Gradient steps on ½‖w‖² − ρ + mean of max(0, ρ − w·x) ÷ ν; what is returned is ρ − w·x.</summary>
    private static double[] Distances(double[][] rows)
    {
        var (weights, rho) = (new double[Features], 0.0);
        for (var step = 1; step <= Steps; step++)
        {
            var (rate, gradient, outside) = (1.0 / (1 + (0.1 * step)), new double[Features], 0);
            foreach (var row in rows)
            {
                if (Product(weights, row) < rho)
                {
                    outside++;
                    for (var i = 0; i < Features; i++)
                    {
                        gradient[i] += row[i];
                    }
                }
            }

            for (var i = 0; i < Features; i++)
            {
                weights[i] -= rate * (weights[i] - (gradient[i] / (Outside * rows.Length)));
            }

            rho -= rate * ((outside / (Outside * rows.Length)) - 1);
        }

        return Array.ConvertAll(rows, row => rho - Product(weights, row));
    }

    private static double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
