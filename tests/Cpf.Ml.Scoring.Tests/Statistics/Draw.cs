namespace Cpf.Ml.Scoring.Tests.Statistics;

/// <summary>Random numbers of the distributions that tests need, from a seeded source.</summary>
internal static class Draw
{
    public static double Exponential(this Random random) => -Math.Log(1 - random.NextDouble());

    /// <remarks>Box and Muller (1958).</remarks>
    public static double Normal(this Random random) =>
        Math.Sqrt(2 * random.Exponential()) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double StudentT(this Random random, int degrees)
    {
        var squares = 0.0;
        for (var i = 0; i < degrees; i++)
        {
            squares += Math.Pow(random.Normal(), 2);
        }

        return random.Normal() / Math.Sqrt(squares / degrees);
    }

    /// <summary>A count with this mean.</summary>
    /// <remarks>Knuth (1969), by arrivals; O(mean).</remarks>
    public static double Poisson(this Random random, double mean)
    {
        var count = 0;
        for (var time = random.Exponential(); time < mean; time += random.Exponential())
        {
            count++;
        }

        return count;
    }
}
