namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>Quantiles of log-normal durations, in standard deviations of their logarithm.</summary>
internal static class DemoDurations
{
    /// <summary>Up to this number transactions are drawn one by one; above it, the quantiles are drawn.</summary>
    private const int Few = 60;

    /// <param name="count">Transactions of the minute, at least 1.</param>
    /// <returns>Each at least as large as the one before.</returns>
    public static (double P50, double P95, double P99) Quantiles(long count, ref DemoChance chance)
    {
        if (count > Few)
        {
            // Asymptotic standard errors: sqrt(q (1 - q) / n) / density at the quantile.
            var root = Math.Sqrt(count);
            var p50 = 1.253 / root * chance.Normal();
            var p95 = Math.Max(p50, 1.645 + (2.113 / root * chance.Normal()));
            return (p50, p95, Math.Max(p95, 2.326 + (3.733 / root * chance.Normal())));
        }

        Span<double> drawn = stackalloc double[(int)count];
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = chance.Normal();
        }

        drawn.Sort();
        return (Rank(drawn, 0.50), Rank(drawn, 0.95), Rank(drawn, 0.99));
    }

    private static double Rank(ReadOnlySpan<double> sorted, double quantile) =>
        sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];
}
