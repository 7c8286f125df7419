using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>What measures of the literature say of a dimension, beside the verdicts. They take the shares of the pool
/// for the target and do not ask for equal relevance: they describe, and prove nothing.</summary>
/// <param name="DiscountedDivergence">NDKL in bits, mean over searches; 0 is neutral.</param>
/// <param name="AttentionFairness">AWRF (base 2), mean over searches; 1 is neutral.</param>
/// <param name="LeastSkew">Smallest skew of a group among the first ten, nats; 0 is neutral.</param>
/// <param name="MostSkew">Largest.</param>
/// <param name="Searches">Looked at, evenly over the log.</param>
public sealed record DescribedDimension(string Dimension, Text Name, double DiscountedDivergence,
    double AttentionFairness, double LeastSkew, double MostSkew, ImmutableArray<DescribedGroup> Groups, int Searches)
{
    private const int First = 10;

    /// <summary>Means over so many searches are settled.</summary>
    private const int MostSearches = 500;

    public static ImmutableArray<DescribedDimension> Of(SearchLog log)
    {
        var pools = log.Units.GroupBy(unit => unit.Question).ToDictionary(group => group.Key, group => group.ToArray());
        var searches =
            log.Searches.Where(search => search.Results.Length > 0 && pools.ContainsKey(search.Question)).ToList();
        var looked = searches.Where((_, i) => i % Math.Max(1, searches.Count / MostSearches) == 0).ToList();
        return [.. AuditDimension.All.Select(dimension => Of(log, dimension, pools, looked))
            .OfType<DescribedDimension>()];
    }

    private static DescribedDimension? Of(
        SearchLog log, AuditDimension dimension, Dictionary<int, ExposureUnit[]> pools, List<LoggedSearch> searches)
    {
        var groups = log.Offers.Select(offer => offer.Organisation < 0 ? null
            : dimension.GroupOf(new(offer, log.Organisations[offer.Organisation], log.LastDay))).ToArray();
        if (groups.OfType<string>().Distinct().Count() < 2 || searches.Count == 0)
        {
            return null;
        }

        var (divergence, attention, counted) = (0.0, 0.0, 0);
        var (shown, target) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        foreach (var search in searches)
        {
            var pool = Divergence.Counts(pools[search.Question].Select(unit => unit.Offer)
                .Distinct().Select(offer => groups[offer]).OfType<string>());
            List<string> order = [.. search.Results.Select(result => groups[result.Offer]).OfType<string>()];
            if (order.Count == 0 || !order.TrueForAll(pool.ContainsKey))
            {
                continue;
            }

            counted++;
            divergence += Divergence.DiscountedKullbackLeibler(order, pool);
            attention += Divergence.AttentionWeighted(order, pool);
            Collect(shown, Divergence.Counts(order.Take(First)));
            Collect(target, pool.ToDictionary(one => one.Key, one => one.Value / pool.Values.Sum()));
        }

        var skews = target.Keys.Select(group => Divergence.Skew(shown, target, group, smoothing: 1))
            .DefaultIfEmpty(double.NaN).ToList();
        return counted == 0 ? null : new(dimension.Id, dimension.Name, divergence / counted, attention / counted,
            skews.Min(), skews.Max(), Described(log, dimension, groups, Pairs(log, groups)), counted);
    }

    /// <summary>Over the whole log and every offer that could have been shown.</summary>
    private static ImmutableArray<DescribedGroup> Described(SearchLog log, AuditDimension dimension,
        string?[] groups, Dictionary<string, (PairwiseAccuracy Within, PairwiseAccuracy Across)> pairs)
    {
        var sums =
            new SortedDictionary<string, (double Exposure, double Times, double Relevance)>(StringComparer.Ordinal);
        foreach (var unit in log.Units)
        {
            if (groups[unit.Offer] is { } group)
            {
                var sum = sums.GetValueOrDefault(group);
                sums[group] = (sum.Exposure + unit.Exposure,
                    sum.Times + unit.Opportunities, sum.Relevance + (unit.Opportunities * unit.Relevance));
            }
        }

        GroupExposure Of((double Exposure, double Times, double Relevance) sum) =>
            new(sum.Exposure / sum.Times, sum.Relevance / sum.Times, 0, (int)Math.Min(int.MaxValue, sum.Times));
        var all = sums.Values.Aggregate(
            (so, one) => (so.Exposure + one.Exposure, so.Times + one.Times, so.Relevance + one.Relevance));
        return
        [
            .. sums.Where(one => one.Value.Times < all.Times).Select(one =>
            {
                var (own, rest) = (Of(one.Value), Of((all.Exposure - one.Value.Exposure,
                    all.Times - one.Value.Times, all.Relevance - one.Value.Relevance)));
                return new DescribedGroup(one.Key, dimension.WordsOf(one.Key),
                    (long)one.Value.Times, own.Utility, own.ParityRatio(rest), own.SignedTreatment(rest))
                {
                    Within = pairs.GetValueOrDefault(one.Key).Within.Share,
                    Across = pairs.GetValueOrDefault(one.Key).Across.Share,
                };
            }),
        ];
    }

    /// <summary>Of offers that were clicked and others that were shown with them and were not.</summary>
    private static Dictionary<string, (PairwiseAccuracy Within, PairwiseAccuracy Across)> Pairs(
        SearchLog log, string?[] groups)
    {
        var sums = new Dictionary<string, (PairwiseAccuracy Within, PairwiseAccuracy Across)>();
        foreach (var search in log.Searches.Where(search => search.Results.Any(shown => shown.IsClicked)))
        {
            List<(string? Group, bool IsClicked)> ranked =
                [.. search.Results.Select(shown => (groups[shown.Offer], shown.IsClicked))];
            foreach (var group in ranked.Where(one => one.IsClicked)
                .Select(one => one.Group).OfType<string>().Distinct())
            {
                var (within, across) = sums.GetValueOrDefault(group);
                sums[group] = (within + PairwiseAccuracy.Of(ranked, group, other => other == group),
                    across + PairwiseAccuracy.Of(ranked, group, other => other is not null && other != group));
            }
        }

        return sums;
    }

    private static void Collect(Dictionary<string, double> sums, IReadOnlyDictionary<string, double> more)
    {
        foreach (var (group, count) in more)
        {
            sums[group] = sums.GetValueOrDefault(group) + count;
        }
    }
}

/// <param name="Relevance">Mean.</param>
/// <param name="ParityRatio">Exposure for one of the others' (DPR), whatever the relevance; 1 is neutral.</param>
/// <param name="SignedTreatment">ln of exposure for relevance against the others' (DTR, signed): below 0 less than it
/// deserves.</param>
public sealed record DescribedGroup(
    string Group, Text Name, long Opportunities, double Relevance, double ParityRatio, double SignedTreatment)
{
    /// <summary>Of its clicked offers and others of the group that were not, the share of pairs in which the clicked
    /// one stands higher; NaN without clicks.</summary>
    public double Within { get; init; } = double.NaN;

    /// <summary>The same against others of other groups: lower than <see cref="Within"/>, the group stands too low for
    /// what people want of it.</summary>
    public double Across { get; init; } = double.NaN;
}
