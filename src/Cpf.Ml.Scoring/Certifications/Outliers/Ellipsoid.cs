using MathNet.Numerics.LinearAlgebra;

namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Mean and covariance of some rows.</summary>
internal sealed class Ellipsoid
{
    /// <summary>Added to each variance, in squared deviations of the column.</summary>
    private const double Ridge = 1e-6;

    private readonly double[] _centre;

    /// <summary>Inverse of the lower triangle of the covariance, row by row: half the work of the whole inverse, and
    /// never negative.</summary>
    private readonly double[][] _whitening;

    private Ellipsoid(double[] centre, double[][] whitening, double logDeterminant) =>
        (_centre, _whitening, LogDeterminant) = (centre, whitening, logDeterminant);

    public double LogDeterminant { get; }

    public static Ellipsoid Fit(IEnumerable<double[]> rows)
    {
        var (count, centre, product) = (0, Array.Empty<double>(), Array.Empty<double>());
        foreach (var row in rows)
        {
            if (count++ == 0)
            {
                (centre, product) = (new double[row.Length], new double[row.Length * row.Length]);
            }

            Add(row, count, centre, product);
        }

        var covariance = Matrix<double>.Build.Dense(centre.Length, centre.Length, (i, j) =>
            (product[(Math.Max(i, j) * centre.Length) + Math.Min(i, j)] / count) + (i == j ? Ridge : 0));
        var triangle = covariance.Cholesky().Factor;
        return new Ellipsoid(centre, triangle.Inverse().ToRowArrays(), 2 * triangle.Diagonal().Sum(Math.Log));
    }

    public double SquaredDistance(double[] row)
    {
        var sum = 0.0;
        for (var i = 0; i < _whitening.Length; i++)
        {
            var (weights, part) = (_whitening[i], 0.0);
            for (var j = 0; j <= i; j++)
            {
                part += weights[j] * (row[j] - _centre[j]);
            }

            sum += part * part;
        }

        return sum;
    }

    /// <summary>Welford's step for all pairs of columns, lower triangle.</summary>
    private static void Add(double[] row, int count, double[] centre, double[] product)
    {
        var share = (count - 1.0) / count;
        for (var i = 0; i < row.Length; i++)
        {
            var deviation = row[i] - centre[i];
            for (var j = 0; j <= i; j++)
            {
                product[(i * row.Length) + j] += share * deviation * (row[j] - centre[j]);
            }
        }

        for (var i = 0; i < row.Length; i++)
        {
            centre[i] += (row[i] - centre[i]) / count;
        }
    }
}
