namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>A mean over queries, and where it lies with 95 %.</summary>
internal readonly record struct Interval(double Mean, double Low, double High)
{
    /// <summary>Of the bootstrap.</summary>
    public const int Seed = 1;

    private const int Draws = 1000;

    /// <summary>Percentiles of a thousand means of queries drawn again, seeded.</summary>
    public static Interval Bootstrap(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        var random = new Random(Seed);
        double Mean() => Enumerable.Range(0, values.Count).Average(_ => values[random.Next(values.Count)]);
        var means = Enumerable.Range(0, Draws).Select(_ => Mean()).Order().ToArray();
        return new(values.Average(), means[Draws / 40], means[Draws - 1 - (Draws / 40)]);
    }
}
