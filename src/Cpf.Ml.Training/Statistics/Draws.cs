namespace Cpf.Ml.Training.Statistics;

/// <summary>Random numbers of the distributions of the imagined worlds.</summary>
internal static class Draws
{
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double Exponential(this Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    public static bool Chance(this Random random, double p) => random.NextDouble() < p;

    public static double Between(this Random random, double least, double most) =>
        least + ((most - least) * random.NextDouble());

    /// <summary>
    /// Reference: Marsaglia and Tsang (2000), <i>A simple method for generating gamma variables</i>. For a shape below
    /// 1, with their correction.
    /// </summary>
    public static double Gamma(this Random random, double shape)
    {
        if (shape < 1)
        {
            return random.Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = random.Normal();
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    /// <summary>A beta variable of a given mean and concentration a + b.</summary>
    public static double Beta(this Random random, double mean, double concentration)
    {
        var (a, b) = (random.Gamma(mean * concentration), random.Gamma((1 - mean) * concentration));
        return a / (a + b);
    }

    public static int Poisson(this Random random, double mean)
    {
        if (mean > 50)
        {
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * random.Normal())));
        }

        var (count, product, bound) = (0, 1 - random.NextDouble(), Math.Exp(-mean));
        for (; product > bound; count++)
        {
            product *= 1 - random.NextDouble();
        }

        return count;
    }

    /// <summary>Over-dispersed counts: variance mean + mean² ÷ size.</summary>
    public static int NegativeBinomial(this Random random, double mean, double size) =>
        mean <= 0 ? 0 : random.Poisson(mean * random.Gamma(size) / size);

    /// <summary>A hash of two numbers, spread over 64 bits.</summary>
    public static ulong Mix(ulong kind, long index)
    {
        var x = unchecked((ulong)index + (kind * 0x9E3779B97F4A7C15));
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return x ^ (x >> 31);
    }
}
