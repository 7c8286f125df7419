using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>What the same question gets in one region and in another: not the same offers, but as many, as relevant, as
/// near.</summary>
/// <param name="Measure">Id: <c>offers</c>, <c>relevance</c>, <c>distance</c>, <c>remote</c>.</param>
/// <param name="Region">Whose answers are compared with those of the other side: a code, or <c>overseas</c>.</param>
/// <param name="Value">ln of a ratio, or a difference of shares (<c>remote</c>).</param>
/// <param name="Pairs">Number of pairs of questions.</param>
/// <param name="Searches">Number of searches of these pairs.</param>
/// <param name="Leading">Questions of the pairs that differ most in that direction.</param>
internal sealed partial record AnswerQuality(
    string Measure, string Region, Estimate Value, int Pairs, long Searches, ImmutableArray<int> Leading)
{
    public const string Family = "region";
    public const string Remote = "remote";

    private const int First = 10;
    private const int Examples = 3;

    private static readonly double Ideal = Enumerable.Range(1, First).Sum(BrowsingModel.Logarithmic);

    /// <summary>Of every region that pairs have on one side, each measure.</summary>
    public static IEnumerable<AnswerQuality> Compare(SearchLog log)
    {
        var pools = log.Units.CountBy(unit => (unit.Question, unit.RelevanceContext))
            .GroupBy(entry => entry.Key.Question)
            .ToDictionary(group => group.Key, group => group.Average(entry => (double)entry.Value));
        var sides = log.Searches.Where(search => search.Family == Family && search.Pair is not null)
            .GroupBy(search => (search.Pair, search.Question)).Select(side => (side.Key.Pair,
                side.Key.Question, Region: RegionOf(log.Questions[side.Key.Question].Filters), Searches: side.ToList()))
            .Where(side => side.Region is not null)
            .GroupBy(side => side.Pair).Where(pair => pair.Count() == 2).Select(pair => pair.ToArray()).ToList();
        var regions = sides.SelectMany(pair => pair).Select(side => side.Region!).CountBy(region => region)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key);
        var compared = new HashSet<string>();
        foreach (var (region, isOwn) in regions.Select(region => (region, (Func<string, bool>)(code => code == region)))
            .Prepend(("overseas", AuditDimension.Overseas.Contains)))
        {
            // Both sides or none say nothing of it.
            var pairs = sides.Where(pair => isOwn(pair[0].Region!) != isOwn(pair[1].Region!)).Select(pair =>
                isOwn(pair[0].Region!) ? (Own: pair[0], Other: pair[1]) : (Own: pair[1], Other: pair[0])).ToList();
            if (!compared.Add(string.Join('|', pairs.Select(pair => pair.Own.Pair))))
            {
                // Of the two sides of the same pairs one implies the other.
                continue;
            }

            foreach (var (measure, valueOf) in new (string, Func<LoggedSearch, double>)[]
            {
                ("offers", search => Math.Max(pools.GetValueOrDefault(search.Question), search.Results.Length)),
                ("relevance",
                    search => search.Results.Where(shown => shown.Rank <= First && !double.IsNaN(shown.Relevance))
                        .Sum(shown => shown.Relevance * BrowsingModel.Logarithmic(shown.Rank)) / Ideal),
                ("distance", search =>
                    Median(search.Results.Where(shown => shown.Rank <= First).Select(shown => shown.Distance))),
                (Remote, search => search.Results.Where(shown => shown.Rank <= First)
                    .Select(shown => log.Offers[shown.Offer].Modality is { } modality ? modality == "remote" ? 1 : 0
                        : double.NaN).DefaultIfEmpty(double.NaN).Average()),
            })
            {
                var values = pairs.Select(pair => (pair.Own.Question,
                    Own: pair.Own.Searches.Average(valueOf), Other: pair.Other.Searches.Average(valueOf)))
                    .Where(row => double.IsFinite(row.Own) && double.IsFinite(row.Other)).ToList();
                if (values.Count >= 2 && Compared(
                    [.. values.Select(row => (row.Own, row.Other))], isRatio: measure != Remote) is { } value)
                {
                    yield return new(
                        measure, region, value,
                        values.Count, pairs.Sum(pair => (long)pair.Own.Searches.Count + pair.Other.Searches.Count),
                        [.. values.OrderByDescending(row => (row.Own - row.Other) * Math.Sign(value.Value))
                            .ThenBy(row => row.Question).Take(Examples).Select(row => row.Question)]);
                }
            }
        }
    }

    /// <summary>Of sums over pairs, with the error of paired differences (delta method); null where one side has
    /// nothing at all.</summary>
    private static Estimate? Compared(List<(double Own, double Other)> pairs, bool isRatio)
    {
        var (own, other, n) = (pairs.Average(pair => pair.Own), pairs.Average(pair => pair.Other), pairs.Count);
        if (isRatio && !(own > 0 && other > 0))
        {
            return null;
        }

        double Residual((double Own, double Other) pair) =>
            isRatio ? (pair.Own / own) - (pair.Other / other) : pair.Own - pair.Other - (own - other);
        return new(isRatio ? Math.Log(own / other) : own - other,
            Math.Sqrt(pairs.Sum(pair => Residual(pair) * Residual(pair)) / (n - 1) / n), n - 1);
    }

    private static double Median(IEnumerable<double> values) => values.Where(value => !double.IsNaN(value))
        .Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : double.NaN;

    private static string? RegionOf(string filters) =>
        RegionFilter().Match(filters) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"\bregion=([0-9A-Z]{2,3})\b")]
    private static partial Regex RegionFilter();
}
