namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// Protected offers in prefixes of ten, twenty, … against those of the whole list; 0 is neutral. Not normalised, and
/// blind to the direction: report a signed measure beside it.
/// </summary>
/// <remarks>Reference: Yang and Stoyanovich (2017), <i>Measuring Fairness in Ranked Outputs</i>.</remarks>
public static class PrefixParity
{
    private const int Step = 10;

    /// <summary>What some implementations put in place of a share of 0 or 1.</summary>
    private const double Published = 0.001;

    /// <summary>Differences of shares.</summary>
    public static double Difference(IReadOnlyList<bool> isProtected) =>
        Sum(isProtected, (k, i, all, n) => Math.Abs(((double)k / i) - ((double)all / n)));

    /// <summary>KL in bits of the shares.</summary>
    /// <param name="asPublished">A share of 0 or 1 is 0.001 from it, as FairRank has it; by default the exact
    /// limit.</param>
    public static double KullbackLeibler(IReadOnlyList<bool> isProtected, bool asPublished = false) =>
        Sum(isProtected, (k, i, all, n) =>
    {
        double Term(double p, double q) => p == 0 ? 0 : p * Math.Log2(p / q);
        var (p, q) = ((double)k / i, (double)all / n);
        p = asPublished ? Math.Clamp(p, Published, 1 - Published) : p;
        return Term(p, q) + Term(1 - p, 1 - q);
    });

    /// <summary>
    /// Differences of ratios of protected to others, the smaller where the prefix has more; 0 where it has no others.
    /// </summary>
    public static double Ratio(IReadOnlyList<bool> isProtected) => Sum(isProtected, (k, i, all, n) =>
    {
        var whole = (double)all / (n - all);
        return Math.Abs(Math.Min(whole, k == i ? 0 : (double)k / (i - k)) - whole);
    });

    /// <summary>
    /// Positions k = 1…r at which some group has fewer than ⌊p k⌋ offers (the infeasible index is their number). Geyik
    /// et al. (2019).
    /// </summary>
    /// <param name="target">Share of each group.</param>
    public static IReadOnlyList<int> Infeasible<T>(IReadOnlyList<T> groups, IReadOnlyDictionary<T, double> target)
        where T : notnull => [.. Lacking(groups, target).Select(row => row.Position).Distinct()];

    /// <summary>Each such position with each group that has too few there.</summary>
    public static IReadOnlyList<(int Position, T Group)> Lacking<T>(
        IReadOnlyList<T> groups, IReadOnlyDictionary<T, double> target)
        where T : notnull
    {
        var (counts, lacking) = (new Dictionary<T, int>(), new List<(int, T)>());
        foreach (var (i, group) in groups.Index())
        {
            counts[group] = counts.GetValueOrDefault(group) + 1;
            lacking.AddRange(
                target.Where(entry => counts.GetValueOrDefault(entry.Key) < Math.Floor((entry.Value * (i + 1)) + 1e-12))
                    .Select(entry => (i + 1, entry.Key)));
        }

        return lacking;
    }

    /// <param name="term">Of protected in the prefix, its length, protected in all, and all.</param>
    private static double Sum(IReadOnlyList<bool> isProtected, Func<int, int, int, int, double> term)
    {
        var (n, all, k, sum) = (isProtected.Count, isProtected.Count(flag => flag), 0, 0.0);
        for (var i = 1; i <= n; i++)
        {
            k += isProtected[i - 1] ? 1 : 0;
            sum += i % Step == 0 ? term(k, i, all, n) / Math.Log2(i + 1) : 0;
        }

        return sum;
    }
}
