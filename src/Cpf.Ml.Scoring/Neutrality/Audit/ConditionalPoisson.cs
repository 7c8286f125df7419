using MathNet.Numerics.LinearAlgebra;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>An offer or organisation that competes with the others of its stratum.</summary>
/// <param name="Question">Index of the question.</param>
/// <param name="Organisation">Index of the organisation.</param>
/// <param name="Offset">Exposure is proportional to it where no covariate matters; above 0.</param>
/// <param name="X">Covariates.</param>
/// <param name="Exposure">Exposure received, at least 0.</param>
/// <param name="Times">Number of opportunities.</param>
internal readonly record struct PoissonCell(
    int Question, int Organisation, double Offset, double[] X, double Exposure, double Times);

/// <summary>Within a stratum, shares of exposure are as offset × e^(β·x).</summary>
/// <remarks>Conditional Poisson pseudo-likelihood (Gourieroux, Monfort and Trognon 1984; Hausman, Hall and Griliches
/// 1984), which takes exposures of 0 as they are and needs no Poisson counts.</remarks>
internal sealed class ConditionalPoisson
{
    private const int MaxIterations = 50;
    private const double Tolerance = 1e-10;

    private readonly IReadOnlyList<IReadOnlyList<PoissonCell>> _strata;
    private readonly Matrix<double> _inverse;

    private ConditionalPoisson(IReadOnlyList<IReadOnlyList<PoissonCell>> strata,
        double[] slopes, Matrix<double> inverse) => (_strata, Slopes, _inverse) = (strata, slopes, inverse);

    /// <summary>β.</summary>
    public IReadOnlyList<double> Slopes { get; }

    /// <summary>Fits the slopes by Newton's method.</summary>
    /// <param name="strata">Strata; those without variation do not enter the likelihood.</param>
    /// <param name="dimensions">Number of covariates.</param>
    /// <returns>Null where the strata do not identify the slopes.</returns>
    public static ConditionalPoisson? Fit(IReadOnlyList<IReadOnlyList<PoissonCell>> strata, int dimensions)
    {
        var slopes = new double[dimensions];
        for (var round = 0; round < MaxIterations; round++)
        {
            var (score, information) = (new double[dimensions], new double[dimensions, dimensions]);
            foreach (var cells in strata)
            {
                var (shares, mean, total) = Shares(cells, slopes);
                for (var c = 0; c < cells.Count; c++)
                {
                    for (var i = 0; i < dimensions; i++)
                    {
                        var from = cells[c].X[i] - mean[i];
                        score[i] += from * (cells[c].Exposure - (total * shares[c]));
                        for (var j = 0; j < dimensions; j++)
                        {
                            information[i, j] += total * shares[c] * from * (cells[c].X[j] - mean[j]);
                        }
                    }
                }
            }

            var matrix = Matrix<double>.Build.DenseOfArray(information);
            if (!(matrix.ConditionNumber() < 1 / Tolerance))
            {
                return null;
            }

            var step = matrix.Solve(Vector<double>.Build.Dense(score));
            var largest = step.AbsoluteMaximum();
            for (var i = 0; i < dimensions; i++)
            {
                slopes[i] += step[i] / Math.Max(1, largest);
            }

            if (largest < Tolerance || round == MaxIterations - 1)
            {
                return new(strata, slopes, matrix.Inverse());
            }
        }

        return null;
    }

    /// <summary>Influence of each cell on a slope; sums over clusters give its standard error.</summary>
    public IEnumerable<(PoissonCell Cell, double Influence)> Influences(int slope)
    {
        double[] slopes = [.. Slopes];
        foreach (var cells in _strata)
        {
            var (shares, mean, total) = Shares(cells, slopes);
            for (var c = 0; c < cells.Count; c++)
            {
                var influence = 0.0;
                for (var i = 0; i < slopes.Length; i++)
                {
                    influence += _inverse[slope, i] * (cells[c].X[i] - mean[i]) * (cells[c].Exposure
                        - (total * shares[c]));
                }

                yield return (cells[c], influence);
            }
        }
    }

    private static (double[] Shares, double[] Mean, double Total) Shares(
        IReadOnlyList<PoissonCell> cells, double[] slopes)
    {
        var (shares, mean, total, largest) = (new double[cells.Count],
            new double[slopes.Length], 0.0, double.NegativeInfinity);
        for (var c = 0; c < shares.Length; c++)
        {
            for (var i = 0; i < slopes.Length; i++)
            {
                shares[c] += slopes[i] * cells[c].X[i];
            }

            largest = Math.Max(largest, shares[c]);
        }

        var sum = 0.0;
        for (var c = 0; c < shares.Length; c++)
        {
            shares[c] = cells[c].Offset * Math.Exp(shares[c] - largest);
            sum += shares[c];
            total += cells[c].Exposure;
        }

        for (var c = 0; c < shares.Length; c++)
        {
            shares[c] /= sum;
            for (var i = 0; i < slopes.Length; i++)
            {
                mean[i] += shares[c] * cells[c].X[i];
            }
        }

        return (shares, mean, total);
    }
}
