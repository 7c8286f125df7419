using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Rows far from the centre, in units of how the half of the rows that lie closest together spread: their
/// Mahalanobis distance.</summary>
/// <remarks>
/// <para>
/// Reference: Rousseeuw and Van Driessen (1999), <i>A fast algorithm for the minimum covariance determinant
/// estimator</i>. Few random rows begin; the half that is closest to them is kept, again and again (C-steps); the
/// smallest determinant wins. Rows within 97.5 % of a normal distribution then make the final estimate. A small ridge
/// keeps columns that depend on each other from making every distance infinite.
/// </para>
/// <para>O(starts × rows × columns²).</para>
/// </remarks>
internal sealed class RobustCovariance : IOutlierDetector
{
    private const int Starts = 100;
    private const int StepsOfStart = 2;

    /// <summary>A start looks at so many rows at most.</summary>
    private const int SampleSize = 1500;
    private const int Finalists = 5;
    private const int MaxSteps = 30;

    private const double InlierQuantile = 0.975;

    public string Name => "robust covariance";

    public double[] Score(FeatureTable reference, FeatureTable rows)
    {
        var all = reference.Rows();
        var centre = Fit(all);
        var scores = new double[rows.RowCount];
        Parallel.For(0, scores.Length, row => scores[row] = Math.Sqrt(centre.SquaredDistance(rows.Row(row))));
        return scores;
    }

    private static Ellipsoid Fit(double[][] rows)
    {
        var random = new Random(0);
        var sample = rows.Length <= SampleSize ? rows : random.GetItems(rows, SampleSize);
        var size = rows[0].Length + 1;
        var starts = new int[Starts][];
        for (var i = 0; i < Starts; i++)
        {
            starts[i] = [.. Enumerable.Range(0, sample.Length).OrderBy(_ => random.Next()).Take(size)];
        }

        var begun = new Ellipsoid[Starts];
        Parallel.For(0, Starts,
            i => begun[i] = Concentrate(sample, Ellipsoid.Fit(starts[i].Select(row => sample[row])), StepsOfStart));
        var best = begun.OrderBy(ellipsoid => ellipsoid.LogDeterminant).Take(Finalists)
            .Select(ellipsoid => Concentrate(rows, ellipsoid, MaxSteps)).MinBy(ellipsoid => ellipsoid.LogDeterminant)!;

        // The closest half looks too small; its median distance says by how much.
        var distances = Array.ConvertAll(rows, best.SquaredDistance);
        var factor = distances.Order().ElementAt(rows.Length / 2) / ChiSquared.InvCDF(rows[0].Length, 0.5);
        var bound = factor * ChiSquared.InvCDF(rows[0].Length, InlierQuantile);
        return Ellipsoid.Fit(rows.Where((_, row) => distances[row] <= bound));
    }

    /// <summary>C-steps: each makes the determinant smaller or leaves it.</summary>
    private static Ellipsoid Concentrate(double[][] rows, Ellipsoid from, int steps)
    {
        var half = (rows.Length + rows[0].Length + 1) / 2;
        for (var step = 0; step < steps; step++)
        {
            var distances = Array.ConvertAll(rows, from.SquaredDistance);
            var order = Enumerable.Range(0, rows.Length).ToArray();
            Array.Sort(distances, order);
            var next = Ellipsoid.Fit(order.Take(half).Select(row => rows[row]));
            if (next.LogDeterminant >= from.LogDeterminant - 1e-9 && step > 0)
            {
                return next.LogDeterminant < from.LogDeterminant ? next : from;
            }

            from = next;
        }

        return from;
    }
}
