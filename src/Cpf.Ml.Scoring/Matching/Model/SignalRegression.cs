namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>Signals of a link as one probability: a logistic regression on them.</summary>
/// <param name="Means">Mean of each signal over the training pairs.</param>
/// <param name="Scales">Standard deviations.</param>
/// <param name="Weights">Weight of each standardised signal.</param>
/// <param name="Bias">Intercept.</param>
internal sealed record SignalRegression(double[] Means, double[] Scales, double[] Weights, double Bias)
{
    /// <returns>Log odds.</returns>
    public double Score(float[] signals)
    {
        var sum = Bias;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Contribution(signals, i);
        }

        return sum;
    }

    /// <summary>What a signal adds, exactly, against its mean.</summary>
    public double Contribution(float[] signals, int signal) =>
        Weights[signal] * (signals[signal] - Means[signal]) / Scales[signal];
}
