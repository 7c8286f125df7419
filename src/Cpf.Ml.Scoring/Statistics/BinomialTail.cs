namespace Cpf.Ml.Scoring.Statistics;

/// <summary>How anomalous a number of errors is among a number of attempts, as a normal score.</summary>
/// <remarks>
/// <para>
/// Peizer, Pratt (1968), <i>A normal approximation for binomial, F, beta, and other common, related tail
/// probabilities</i>, at constant cost. The mean of the scores of P(X ≤ k) and P(X ≤ k − 1)
/// stands for the mid-p value (Lancaster 1961), so that scores of small counts have a mean of about 0. Within 0.2 of
/// the exact score from half an expected error on.
/// </para>
/// <para>
/// Correlated errors (one broken back end fails many calls) are overdispersed. Beta-binomial attempts are replaced by
/// the number of independent ones that has the same variance: n/(1 + (n − 1)·ρ).
/// </para>
/// </remarks>
internal static class BinomialTail
{
    /// <summary>Normal score of the mid-p value of <paramref name="errors"/>.</summary>
    /// <param name="errors">0 to <paramref name="attempts"/>.</param>
    /// <param name="attempts">Positive.</param>
    /// <param name="rate">Expected share of errors, in (0, 1).</param>
    /// <param name="correlation">ρ between the attempts of one point, in [0, 1]; 0 for binomial ones.</param>
    /// <returns>Positive for more errors than expected.</returns>
    public static double Score(double errors, double attempts, double rate, double correlation)
    {
        var independent = attempts / (1 + (Math.Max(0, attempts - 1) * correlation));
        errors *= independent / attempts;
        return (AtMost(errors, independent, rate) + AtMost(errors - 1, independent, rate)) / 2;
    }

    /// <summary>Normal score of the probability of at most <paramref name="k"/> errors among
    /// <paramref name="n"/>.</summary>
    private static double AtMost(double k, double n, double p)
    {
        var q = 1 - p;
        var distance = k + (2.0 / 3) - ((n + (1.0 / 3)) * p)
            + (0.02 * ((q / Math.Max(0.5, k + 1)) - (p / Math.Max(0.5, n - k)) + ((q - 0.5) / (n + 1))));
        var skew = 1 + (q * Skew(Math.Max(0, k + 0.5) / (n * p))) + (p * Skew(Math.Max(0, n - k - 0.5) / (n * q)));
        return distance * Math.Sqrt(skew / ((n + (1.0 / 6)) * p * q));
    }

    private static double Skew(double x) =>
        x <= 0 ? 1
        : Math.Abs(x - 1) < 1e-4 ? (1 - x) / 3
        : (1 - (x * x) + (2 * x * Math.Log(x))) / ((1 - x) * (1 - x));
}
