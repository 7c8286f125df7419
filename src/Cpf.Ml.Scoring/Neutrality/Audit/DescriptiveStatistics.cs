using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Measures of the literature for a dimension, beside the verdicts. Their target is each group's share of the
/// pool, whatever the relevance: they describe, and prove nothing.</summary>
/// <param name="Dimension">Id of the dimension.</param>
/// <param name="Name">Name of the dimension.</param>
/// <param name="DiscountedDivergence">NDKL in bits, mean over searches; 0 is neutral.</param>
/// <param name="AttentionFairness">AWRF (base 2), mean over searches, in [0, 1]; 1 is neutral.</param>
/// <param name="MinSkew">Smallest skew of a group among the first ten, in nats; 0 is neutral.</param>
/// <param name="MaxSkew">Largest skew of a group among the first ten, in nats.</param>
/// <param name="Groups">Statistics of each group.</param>
/// <param name="Searches">Number of searches that were measured, spread evenly over the log.</param>
public sealed record DescriptiveStatistics(string Dimension, Text Name, double DiscountedDivergence,
    double AttentionFairness, [property: JsonPropertyName("leastSkew")] double MinSkew,
    [property: JsonPropertyName("mostSkew")] double MaxSkew, ImmutableArray<GroupStatistics> Groups, int Searches)
{
    private const int First = 10;

    /// <summary>Means over so many searches have converged.</summary>
    private const int MaxSearches = 500;

    /// <summary>Measures each dimension in which the log has two groups or more.</summary>
    /// <param name="log">The search log.</param>
    public static ImmutableArray<DescriptiveStatistics> Compute(SearchLog log)
    {
        var pools = log.Units.GroupBy(unit => unit.Question).ToDictionary(group => group.Key, group => group.ToArray());
        var searches =
            log.Searches.Where(search => search.Results.Length > 0 && pools.ContainsKey(search.Question)).ToList();
        var looked = searches.Where((_, i) => i % Math.Max(1, searches.Count / MaxSearches) == 0).ToList();
        return [.. AuditDimension.All.Select(dimension => Compute(log, dimension, pools, looked))
            .OfType<DescriptiveStatistics>()];
    }

    private static DescriptiveStatistics? Compute(
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
            Collect(target, pool.ToDictionary(entry => entry.Key, entry => entry.Value / pool.Values.Sum()));
        }

        var skews = target.Keys.Select(group => Divergence.Skew(shown, target, group, smoothing: 1))
            .DefaultIfEmpty(double.NaN).ToList();
        return counted == 0 ? null : new(dimension.Id, dimension.Name, divergence / counted, attention / counted,
            skews.Min(), skews.Max(), Described(log, dimension, groups, Pairs(log, groups)), counted);
    }

    /// <summary>Over the whole log and every offer that could have been shown.</summary>
    private static ImmutableArray<GroupStatistics> Described(SearchLog log, AuditDimension dimension,
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
            (so, sum) => (so.Exposure + sum.Exposure, so.Times + sum.Times, so.Relevance + sum.Relevance));
        return
        [
            .. sums.Where(sum => sum.Value.Times < all.Times).Select(sum =>
            {
                var (own, rest) = (Of(sum.Value), Of((all.Exposure - sum.Value.Exposure,
                    all.Times - sum.Value.Times, all.Relevance - sum.Value.Relevance)));
                return new GroupStatistics(sum.Key, dimension.WordsOf(sum.Key),
                    (long)sum.Value.Times, own.Utility, own.ParityRatio(rest), own.SignedTreatment(rest))
                {
                    Within = pairs.GetValueOrDefault(sum.Key).Within.Share,
                    Across = pairs.GetValueOrDefault(sum.Key).Across.Share,
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
            foreach (var group in ranked.Where(row => row.IsClicked)
                .Select(row => row.Group).OfType<string>().Distinct())
            {
                var (within, across) = sums.GetValueOrDefault(group);
                sums[group] = (within + PairwiseAccuracy.Count(ranked, group, other => other == group),
                    across + PairwiseAccuracy.Count(ranked, group, other => other is not null && other != group));
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

/// <summary>Descriptive statistics of a group.</summary>
/// <param name="Group">Id of the group.</param>
/// <param name="Name">Name of the group.</param>
/// <param name="Opportunities">Number of times that its offers could have been shown.</param>
/// <param name="Relevance">Mean relevance of its offers, weighted by opportunities.</param>
/// <param name="ParityRatio">Its exposure an opportunity over that of the others (DPR), whatever the relevance; 1 is
/// neutral.</param>
/// <param name="SignedTreatment">ln of its exposure for its relevance over that of the others (DTR, signed); below 0 it
/// gets less than it deserves.</param>
public sealed record GroupStatistics(
    string Group, Text Name, long Opportunities, double Relevance, double ParityRatio, double SignedTreatment)
{
    /// <summary>Pairs of a clicked offer of the group and one of the group that was not clicked: share in which the
    /// clicked one stands higher, in [0, 1]; NaN without clicks.</summary>
    public double Within { get; init; } = double.NaN;

    /// <summary>The same against offers of other groups: where it is lower than <see cref="Within"/>, the group stands
    /// too low for what people want of it.</summary>
    public double Across { get; init; } = double.NaN;
}
