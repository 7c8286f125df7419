namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>How far one distribution over groups is from another. Counts need not sum to 1.</summary>
/// <remarks>References: Vasudevan and Kenthapadi (2020), LiFT; Geyik et al. (2019); Ekstrand et al. (2022),
/// TREC.</remarks>
internal static class Divergence
{
    /// <summary>KL(p ‖ q) in bits over the union of groups; q with <paramref name="smoothing"/> added to each count
    /// (Laplace). Infinite where q lacks what p has and nothing is added.</summary>
    public static double KullbackLeibler<T>(
        IReadOnlyDictionary<T, double> p, IReadOnlyDictionary<T, double> q, double smoothing = 0)
        where T : notnull
    {
        var groups = p.Keys.Union(q.Keys).ToList();
        var (ofP, ofQ) = (p.Values.Sum(), q.Values.Sum() + (smoothing * groups.Count));
        return groups.Sum(group => p.GetValueOrDefault(group) is > 0 and var count
            ? count / ofP * Math.Log2(count / ofP / ((q.GetValueOrDefault(group) + smoothing) / ofQ)) : 0);
    }

    /// <summary>Jensen–Shannon in bits, in [0, 1].</summary>
    public static double JensenShannon<T>(IReadOnlyDictionary<T, double> p, IReadOnlyDictionary<T, double> q)
        where T : notnull
    {
        var (shares, others) = (Shares(p), Shares(q));
        var middle = shares.Keys.Union(others.Keys).ToDictionary(
            group => group, group => (shares.GetValueOrDefault(group) + others.GetValueOrDefault(group)) / 2);
        return (KullbackLeibler(shares, middle) + KullbackLeibler(others, middle)) / 2;
    }

    /// <summary>Half of the sum of differences, in [0, 1].</summary>
    public static double TotalVariation<T>(IReadOnlyDictionary<T, double> p, IReadOnlyDictionary<T, double> q)
        where T : notnull => Differences(p, q).Sum() / 2;

    public static double LargestDifference<T>(IReadOnlyDictionary<T, double> p, IReadOnlyDictionary<T, double> q)
        where T : notnull => Differences(p, q).Max();

    /// <summary>ln of the share against the target share; with smoothing both are of counts (Laplace). −∞ where a group
    /// is absent and nothing is added.</summary>
    /// <param name="p">Counts of the first k.</param>
    /// <param name="q">Counts of the pool, or target shares.</param>
    /// <param name="group">Group whose share is compared.</param>
    /// <param name="smoothing">Added to each count.</param>
    public static double Skew<T>(
        IReadOnlyDictionary<T, double> p, IReadOnlyDictionary<T, double> q, T group, double smoothing = 0)
        where T : notnull
    {
        var groups = p.Keys.Union(q.Keys).Count();
        return Math.Log((p.GetValueOrDefault(group) + smoothing) / (p.Values.Sum() + (smoothing * groups))
            / ((q.GetValueOrDefault(group) + smoothing) / (q.Values.Sum() + (smoothing * groups))));
    }

    /// <summary>Normalised discounted KL of all prefixes against the target, in bits: 0 is neutral. Geyik et al.
    /// (2019).</summary>
    /// <param name="groups">Of each position.</param>
    /// <param name="target">Shares; those of the whole list where null.</param>
    /// <param name="added">To both distributions, as some libraries do (10⁻⁷); 0, the default, is exact.</param>
    public static double DiscountedKullbackLeibler<T>(
        IReadOnlyList<T> groups, IReadOnlyDictionary<T, double>? target = null, double added = 0)
        where T : notnull
    {
        var shares = Shares(target ?? Counts(groups));
        var (counts, sum, norm) = (shares.Keys.ToDictionary(group => group, _ => 0), 0.0, 0.0);
        foreach (var (i, group) in groups.Index())
        {
            counts[group] = counts.GetValueOrDefault(group) + 1;
            var discount = 1 / Math.Log2(i + 2);
            sum += discount * counts.Sum(count => count.Value + added == 0 ? 0 : ((count.Value / (i + 1.0))
                + added) * Math.Log2(
                    ((count.Value / (i + 1.0)) + added) / (shares.GetValueOrDefault(count.Key) + added)));
            norm += discount;
        }

        return sum / norm;
    }

    /// <summary>Attention-weighted rank fairness: 1 less the Jensen–Shannon divergence, in bits, of attention by group
    /// from the target; 1 is neutral. Sapiezynski et al. (2019), Raj et al. (2020).</summary>
    public static double AttentionWeighted<T>(
        IReadOnlyList<T> groups, IReadOnlyDictionary<T, double> target, Func<int, double>? exposure = null)
        where T : notnull => 1 - JensenShannon(Attention(groups, exposure), target);

    /// <summary>Share of attention that each group gets.</summary>
    public static IReadOnlyDictionary<T, double> Attention<T>(
        IReadOnlyList<T> groups, Func<int, double>? exposure = null)
        where T : notnull
    {
        var sums = new Dictionary<T, double>();
        foreach (var (i, group) in groups.Index())
        {
            sums[group] = sums.GetValueOrDefault(group) + (exposure ?? BrowsingModel.LogarithmicFromSecond)(i + 1);
        }

        return Shares(sums);
    }

    public static IReadOnlyDictionary<T, double> Counts<T>(IEnumerable<T> groups)
        where T : notnull =>
            groups.CountBy(group => group).ToDictionary(entry => entry.Key, entry => (double)entry.Value);

    private static Dictionary<T, double> Shares<T>(IReadOnlyDictionary<T, double> counts)
        where T : notnull
    {
        var sum = counts.Values.Sum();
        return counts.ToDictionary(count => count.Key, count => count.Value / sum);
    }

    private static IEnumerable<double> Differences<T>(
        IReadOnlyDictionary<T, double> p, IReadOnlyDictionary<T, double> q)
        where T : notnull
    {
        var (shares, others) = (Shares(p), Shares(q));
        return shares.Keys.Union(others.Keys)
            .Select(group => Math.Abs(shares.GetValueOrDefault(group) - others.GetValueOrDefault(group)));
    }
}
