namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// Whether a group of a pool that is ranked whole comes too late, or too early, in any prefix: exact, over all orders
/// of the pool.
/// </summary>
/// <remarks>Reference: hyperFA*IR (FAccT 2025). Chances that are equal but for rounding count as equal.</remarks>
public static class FinitePoolTest
{
    private const double Slack = 1e-12;

    /// <summary>Chance that an order drawn from all has a prefix as poor in the group as this one's poorest.</summary>
    /// <param name="isProtected">Of each position of the whole pool, or of its first
    /// <paramref name="prefixes"/>.</param>
    /// <param name="pool">Offers in all.</param>
    /// <param name="ofGroup">Of the group among them.</param>
    /// <param name="prefixes">Prefixes that are looked at.</param>
    public static double TooFew(IReadOnlyList<bool> isProtected, int pool, int ofGroup, int prefixes)
    {
        var smallest = Observed(isProtected, pool, ofGroup, prefixes);

        // Orders whose every prefix is less rare, position by position: by how many of the group have come.
        var alive = new double[ofGroup + 1];
        alive[0] = 1;
        for (var i = 1; i <= prefixes; i++)
        {
            var lower = Lower(pool, ofGroup, i);
            for (var count = Math.Min(i, ofGroup); count >= 0; count--)
            {
                var stays = alive[count] * (pool - ofGroup - (i - 1 - count)) / (pool - i + 1);
                var comes = count > 0 ? alive[count - 1] * (ofGroup - count + 1) / (pool - i + 1) : 0;
                alive[count] = lower[count] <= smallest + Slack ? 0 : Math.Max(0, stays) + comes;
            }
        }

        return Math.Clamp(1 - alive.Sum(), 0, 1);
    }

    /// <summary>The same of prefixes too rich in the group: those of the others too poor.</summary>
    public static double TooMany(IReadOnlyList<bool> isProtected, int pool, int ofGroup, int prefixes) =>
        TooFew([.. isProtected.Select(flag => !flag)], pool, pool - ofGroup, prefixes);

    /// <summary>Twice the smaller of both, at most 1.</summary>
    public static double TwoSided(IReadOnlyList<bool> isProtected, int pool, int ofGroup, int prefixes) =>
        Math.Min(1,
            2 * Math.Min(TooFew(isProtected, pool, ofGroup, prefixes), TooMany(isProtected, pool, ofGroup, prefixes)));

    /// <summary>The smallest chance of a prefix by itself.</summary>
    public static double Observed(IReadOnlyList<bool> isProtected, int pool, int ofGroup, int prefixes)
    {
        var (seen, smallest) = (0, 1.0);
        for (var i = 1; i <= prefixes; i++)
        {
            seen += isProtected[i - 1] ? 1 : 0;
            smallest = Math.Min(smallest, Lower(pool, ofGroup, i)[seen]);
        }

        return smallest;
    }

    /// <summary>
    /// P(X ≤ c) for c = 0, 1, … of the hypergeometric: so many of the group among the first <paramref name="drawn"/>.
    /// </summary>
    private static double[] Lower(int pool, int ofGroup, int drawn)
    {
        var terms = new double[ofGroup + 1];
        var (first, last) = (Math.Max(0, drawn - (pool - ofGroup)), Math.Min(drawn, ofGroup));
        var sum = 0.0;
        for (var c = first; c <= last; c++)
        {
            terms[c] = Math.Exp(Choose(ofGroup, c) + Choose(pool - ofGroup, drawn - c) - Choose(pool, drawn));
            sum += terms[c];
        }

        var lower = 0.0;
        for (var c = 0; c <= ofGroup; c++)
        {
            lower += terms[c] / sum;
            terms[c] = lower;
        }

        return terms;
    }

    private static double Choose(int n, int k) => MathNet.Numerics.SpecialFunctions.FactorialLn(n)
        - MathNet.Numerics.SpecialFunctions.FactorialLn(k) - MathNet.Numerics.SpecialFunctions.FactorialLn(n - k);
}
