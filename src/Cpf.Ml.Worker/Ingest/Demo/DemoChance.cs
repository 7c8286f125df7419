namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>Random numbers that depend only on seed, series and minute.</summary>
/// <remarks>Reference: Steele, Lea and Flood (2014), <i>Fast splittable pseudorandom number generators</i>
/// (SplitMix64).</remarks>
internal struct DemoChance(int seed, int series, long minute)
{
    private ulong _state = Mix(Mix(Mix((ulong)seed) + (ulong)series) + (ulong)minute);

    /// <summary>A Poisson count; from a mean of 30 on by its normal approximation.</summary>
    public long Count(double mean)
    {
        if (mean >= 30)
        {
            return Math.Max(0, (long)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        var limit = Math.Exp(-mean);
        var count = 0L;
        for (var product = Uniform(); product > limit; product *= Uniform())
        {
            count++;
        }

        return count;
    }

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>In (0, 1).</summary>
    public double Uniform()
    {
        _state += 0x9e3779b97f4a7c15;
        return ((Mix(_state) >> 11) + 0.5) / (1UL << 53);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
