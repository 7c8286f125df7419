using Cpf.Ml.Scoring.Matching.Model;
using MathNet.Numerics.LinearAlgebra;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>
/// Logistic regression by Newton's method, with a little ridge so that signals that say the same share their weight.
/// </summary>
internal static class LogisticTraining
{
    private const double Ridge = 1;
    private const int Steps = 25;

    public static SignalRegression Fit(IReadOnlyList<(float[] Signals, bool IsLink)> pairs)
    {
        var width = pairs[0].Signals.Length;
        var (means, scales) = (new double[width], new double[width]);
        for (var i = 0; i < width; i++)
        {
            var column = pairs.Select(pair => (double)pair.Signals[i]).ToList();
            means[i] = column.Average();
            scales[i] = Math.Max(1e-6, Math.Sqrt(column.Average(value => (value - means[i]) * (value - means[i]))));
        }

        var rows = pairs.Select(pair => (X: pair.Signals.Select((value, i) => (value - means[i]) / scales[i])
            .Append(1).ToArray(), Y: pair.IsLink ? 1.0 : 0)).ToList();
        var weights = Vector<double>.Build.Dense(width + 1);
        for (var step = 0; step < Steps; step++)
        {
            var (gradient, curvature) = (new double[width + 1], new double[width + 1, width + 1]);
            foreach (var (x, y) in rows)
            {
                var score = 0.0;
                for (var i = 0; i <= width; i++)
                {
                    score += weights[i] * x[i];
                }

                var p = 1 / (1 + Math.Exp(-score));
                var (error, weight) = (p - y, Math.Max(1e-9, p * (1 - p)));
                for (var i = 0; i <= width; i++)
                {
                    gradient[i] += error * x[i];
                    for (var j = 0; j <= i; j++)
                    {
                        curvature[i, j] += weight * x[i] * x[j];
                    }
                }
            }

            for (var i = 0; i <= width; i++)
            {
                gradient[i] += i < width ? Ridge * weights[i] : 0;
                curvature[i, i] += i < width ? Ridge : 1e-9;
                for (var j = 0; j < i; j++)
                {
                    curvature[j, i] = curvature[i, j];
                }
            }

            var move = Matrix<double>.Build.DenseOfArray(curvature).Solve(Vector<double>.Build.DenseOfArray(gradient));
            weights -= move;
            if (move.L2Norm() < 1e-8)
            {
                break;
            }
        }

        return new SignalRegression(means, scales, [.. weights.Take(width)], weights[width]);
    }
}
