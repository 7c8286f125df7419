namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>How far values of several groups lie apart; 0 is neutral but for the ratios, of which 1 is.</summary>
/// <remarks>As FairRankTune computes them: population variance, and the norm of deviations, not its square.</remarks>
internal static class Spread
{
    public static double MinOverMax(IReadOnlyCollection<double> values) => values.Min() / values.Max();

    public static double MaxOverMin(IReadOnlyCollection<double> values) => values.Max() / values.Min();

    public static double MaxMinusMin(IReadOnlyCollection<double> values) => values.Max() - values.Min();

    public static double LargestDeviation(IReadOnlyCollection<double> values) => Deviations(values).Max();

    public static double MeanDeviation(IReadOnlyCollection<double> values) => Deviations(values).Average();

    public static double NormOfDeviations(IReadOnlyCollection<double> values) =>
        Math.Sqrt(Deviations(values).Sum(deviation => deviation * deviation));

    public static double Variance(IReadOnlyCollection<double> values) =>
        Deviations(values).Average(deviation => deviation * deviation);

    private static IEnumerable<double> Deviations(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return values.Select(value => Math.Abs(value - mean));
    }
}
