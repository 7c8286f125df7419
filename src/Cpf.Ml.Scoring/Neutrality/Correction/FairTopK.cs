using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>FA*IR: of a protected group at least as many in every prefix as chance would give, tested in
/// each.</summary>
/// <remarks>Reference: Zehlike et al. (2017), <i>FA*IR: A Fair Top-k Ranking Algorithm</i>. Exact where published
/// programs approximate: the failure probability looks at every position, and the adjusted significance is an interval
/// between two breakpoints of the binomial.</remarks>
internal static class FairTopK
{
    /// <summary>Values that are equal but for rounding, relative.</summary>
    private const double Slack = 1e-12;

    /// <summary>How many protected offers each prefix i = 1…k must hold: the smallest m with F(m; i, p) at least
    /// alpha.</summary>
    /// <param name="length">Number of positions.</param>
    /// <param name="share">p, the target share of the protected group.</param>
    /// <param name="alpha">Significance of each prefix.</param>
    public static ImmutableArray<int> Minimums(int length, double share, double alpha) =>
        [.. Enumerable.Range(1, length).Select(i => Minimum(i, share, alpha))];

    /// <summary>Distances between the positions at which the minimum rises.</summary>
    public static ImmutableArray<int> Blocks(ImmutableArray<int> minimums)
    {
        var blocks = ImmutableArray.CreateBuilder<int>();
        for (int i = 0, start = 0; i < minimums.Length; i++)
        {
            if (minimums[i] > (i == 0 ? 0 : minimums[i - 1]))
            {
                blocks.Add(i + 1 - start);
                start = i + 1;
            }
        }

        return blocks.ToImmutable();
    }

    /// <summary>The first position that has too few, 1 and following; null where there is none.</summary>
    public static int? FirstUnfair(IReadOnlyList<bool> isProtected, ImmutableArray<int> minimums)
    {
        var seen = 0;
        for (var i = 0; i < Math.Min(isProtected.Count, minimums.Length); i++)
        {
            seen += isProtected[i] ? 1 : 0;
            if (seen < minimums[i])
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <summary>Chance that a ranking which draws each position from the protected with <paramref name="share"/> fails
    /// somewhere: exact.</summary>
    /// <param name="minimums">Minimum of each prefix.</param>
    /// <param name="share">p, the target share of the protected group.</param>
    public static double FailProbability(ImmutableArray<int> minimums, double share)
    {
        var alive = new double[minimums.Length + 2];
        alive[0] = 1;
        for (var i = 0; i < minimums.Length; i++)
        {
            for (var count = i + 1; count >= 0; count--)
            {
                alive[count] = count < minimums[i] ? 0
                    : (alive[count] * (1 - share)) + (count > 0 ? alive[count - 1] * share : 0);
            }
        }

        return 1 - alive.Sum();
    }

    /// <summary>The significance of one prefix at which all together fail a fair ranking with a chance as near to
    /// <paramref name="alpha"/> as can be.</summary>
    /// <param name="length">Number of positions.</param>
    /// <param name="share">p, the target share of the protected group.</param>
    /// <param name="alpha">Significance of all prefixes together.</param>
    /// <returns>Every significance above Low and up to High gives these minimums, and this chance.</returns>
    public static AdjustedSignificance Adjust(int length, double share, double alpha)
    {
        // Minimums change only where alpha passes a value of a binomial distribution function.
        double[] values = [.. Enumerable.Range(1, length)
            .SelectMany(i => Cumulative(i, share, alpha)).Where(value => value <= alpha).Order(), alpha];
        double[] breakpoints =
            [.. values.Where((value, i) => i == values.Length - 1 || values[i + 1] > value * (1 + Slack))];
        double Fail(int index) => FailProbability(Minimums(length, share, breakpoints[index]), share);
        var (low, high) = (0, breakpoints.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Fail(middle) >= alpha ? (low, middle) : (middle + 1, high);
        }

        var nearest = new[] { low - 1, low }.Where(index => index >= 0).MinBy(index => Math.Abs(Fail(index) - alpha));
        return new(nearest == 0 ? 0 : breakpoints[nearest - 1],
            breakpoints[nearest], Minimums(length, share, breakpoints[nearest]), Fail(nearest));
    }

    /// <summary>The best order that holds the minimums. Where one group has nothing left the other fills up.</summary>
    /// <param name="others">Scores, best first; ties go to the protected.</param>
    /// <param name="protectedOffers">Scores, best first.</param>
    /// <param name="minimums">Minimum of each prefix.</param>
    /// <returns>Of each position whether it is of the protected, and its index among them or the others.</returns>
    public static ImmutableArray<(bool IsProtected, int Index)> Rank(
        IReadOnlyList<double> others, IReadOnlyList<double> protectedOffers, ImmutableArray<int> minimums)
    {
        var ranked = ImmutableArray.CreateBuilder<(bool, int)>();
        for (int i = 0, o = 0, p = 0; i < minimums.Length && o + p < others.Count + protectedOffers.Count; i++)
        {
            var takesProtected =
                p < protectedOffers.Count && (o >= others.Count || p < minimums[i] || protectedOffers[p] >= others[o]);
            ranked.Add(takesProtected ? (true, p++) : (false, o++));
        }

        return ranked.ToImmutable();
    }

    private static int Minimum(int trials, double share, double alpha)
    {
        if (alpha <= 0)
        {
            return 0;
        }

        var m = 0;
        foreach (var value in Cumulative(trials, share, double.PositiveInfinity))
        {
            if (value >= alpha * (1 - Slack))
            {
                return m;
            }

            m++;
        }

        return trials;
    }

    /// <summary>F(0; n, p), F(1; n, p), … by the recurrence of the terms, until beyond
    /// <paramref name="until"/>.</summary>
    private static IEnumerable<double> Cumulative(int trials, double share, double until)
    {
        var (term, sum) = (Math.Exp(trials * Math.Log(1 - share)), 0.0);
        for (var j = 0; j <= trials; j++)
        {
            sum += term;
            yield return sum;
            if (sum > until)
            {
                yield break;
            }

            term *= (double)(trials - j) / (j + 1) * (share / (1 - share));
        }
    }
}

/// <summary>A significance of single prefixes, adjusted so that all together have the wanted one.</summary>
/// <param name="Low">Lower end of the interval of significances, excluded.</param>
/// <param name="High">Upper end, included.</param>
/// <param name="Minimums">Minimum of each prefix.</param>
/// <param name="FailProbability">Chance that a fair ranking fails somewhere.</param>
internal sealed record AdjustedSignificance(
    double Low, double High, ImmutableArray<int> Minimums, double FailProbability);
