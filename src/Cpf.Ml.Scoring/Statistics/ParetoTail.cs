namespace Cpf.Ml.Scoring.Statistics;

/// <summary>A generalised Pareto tail beyond a threshold, fitted by moments.</summary>
/// <remarks>Reference: Hosking and Wallis (1987), <i>Parameter and quantile estimation for the generalized Pareto
/// distribution</i>.</remarks>
/// <param name="Threshold">Lower end of the tail, in the unit of the values.</param>
/// <param name="Mean">Mean excess over the threshold; 0 when the tail is a single value, which cannot be
/// extrapolated.</param>
/// <param name="Shape">In [0, 0.5]: 0 exponential, larger heavier.</param>
internal readonly record struct ParetoTail(double Threshold, double Mean, double Shape)
{
    private const double Exponential = 1e-3;

    private double Scale => Mean * (1 - Shape);

    /// <summary>Fits mean and shape to the moments of the excesses; the shape is clamped to [0, 0.5].</summary>
    /// <param name="threshold">Lower end of the tail.</param>
    /// <param name="count">Number of excesses, above 0; may be fractional.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="squares">The sum of their squares.</param>
    public static ParetoTail Fit(double threshold, double count, double sum, double squares)
    {
        var mean = sum / count;
        var variance = (squares / count) - (mean * mean);
        var shape = variance > 0 ? Math.Clamp(0.5 * (1 - (mean * mean / variance)), 0, 0.5) : 0;
        return new ParetoTail(threshold, mean, shape);
    }

    /// <summary>Survival function: share of the tail beyond a value, in (0, 1].</summary>
    public double Beyond(double value)
    {
        var excess = Math.Max(0, value - Threshold) / Scale;
        return Shape < Exponential ? Math.Exp(-excess) : Math.Pow(1 + (Shape * excess), -1 / Shape);
    }

    /// <summary>The value beyond which a share of the tail lies.</summary>
    /// <param name="share">In (0, 1].</param>
    public double Quantile(double share) =>
        Threshold + (Scale * (Shape < Exponential ? -Math.Log(share) : (Math.Pow(share, -Shape) - 1) / Shape));
}
