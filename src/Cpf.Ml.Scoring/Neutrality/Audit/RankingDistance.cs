using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>How differently an engine answers what it should answer alike: 1 − RBO (0.9), less the distance that the
/// same question in the same context has by itself.</summary>
/// <param name="Excess">Mean over questions or pairs; 0 is neutral.</param>
/// <param name="Compared">Pairs of searches.</param>
/// <param name="Units">Questions, or pairs of questions.</param>
/// <param name="Noise">Distance of searches that differ in nothing, of the same day.</param>
/// <param name="Leading">Questions that differ most.</param>
/// <param name="Unanswered">Pairs of which one question was answered and the other got nothing.</param>
internal sealed record RankingDistance(
    Estimate Excess, long Compared, int Units, double Noise, IReadOnlyList<int> Leading, int Unanswered = 0)
{
    /// <summary>Searches of a question and a day that are compared at most: pairs grow with their square.</summary>
    private const int MaxSearches = 8;

    private const int Examples = 3;

    /// <summary>Between contexts of the same question on the same day.</summary>
    /// <returns>Null where no question was asked in two contexts on a day, or none twice in one, without which chance
    /// cannot be told from bias.</returns>
    public static RankingDistance? BetweenContexts(SearchLog log)
    {
        var (between, within) = (new Dictionary<int, Mean>(), new Dictionary<int, Mean>());
        foreach (var day in log.Searches.Where(search => search.Context is not null)
            .GroupBy(search => (search.Question, search.At.Date)))
        {
            var searches = day.Take(MaxSearches).ToList();
            for (var i = 0; i < searches.Count; i++)
            {
                for (var j = i + 1; j < searches.Count; j++)
                {
                    var means = searches[i].Context == searches[j].Context ? within : between;
                    means[day.Key.Question] = means.GetValueOrDefault(day.Key.Question)
                        .With(Distance(searches[i], searches[j]));
                }
            }
        }

        return FromMeans(between, within, question => question);
    }

    /// <summary>Between the two questions of the pairs of a family, on the same day where both were asked on
    /// one.</summary>
    public static RankingDistance? BetweenPairs(SearchLog log, string family)
    {
        var (between, within, unanswered) = (new Dictionary<int, Mean>(), new Dictionary<int, Mean>(), 0);
        foreach (var pair in log.Searches.Where(search => search.Family == family && search.Pair is not null)
            .GroupBy(search => search.Pair))
        {
            var unit = pair.Min(search => search.Question);
            unanswered += pair.GroupBy(search => search.Question)
                .Select(question => question.Any(search => search.Results.Length > 0)).Distinct().Count() > 1 ? 1 : 0;
            foreach (var day in pair.GroupBy(search => search.At.Date))
            {
                var searches = day.Take(MaxSearches).ToList();
                for (var i = 0; i < searches.Count; i++)
                {
                    for (var j = i + 1; j < searches.Count; j++)
                    {
                        var means = searches[i].Question == searches[j].Question ? within : between;
                        means[unit] = means.GetValueOrDefault(unit).With(Distance(searches[i], searches[j]));
                    }
                }
            }
        }

        return FromMeans(between, within, unit => unit) is { } distance
            ? distance with { Unanswered = unanswered } : null;
    }

    private static RankingDistance? FromMeans(
        Dictionary<int, Mean> between, Dictionary<int, Mean> within, Func<int, int> questionOf)
    {
        if (between.Count < 2 || within.Count == 0)
        {
            return null;
        }

        var noise = within.Values.Average(mean => mean.Value);
        var excess = between.Select(entry => (entry.Key,
            Value: entry.Value.Value - (within.TryGetValue(entry.Key, out var own) ? own.Value : noise))).ToList();
        var mean = excess.Average(row => row.Value);
        var variance = excess.Sum(row => (row.Value - mean) * (row.Value - mean)) / (excess.Count - 1);
        return new(
            new(mean, Math.Sqrt(variance / excess.Count), excess.Count - 1),
            between.Values.Sum(item => (long)item.Count), between.Count, noise,
            [.. excess.OrderByDescending(row => row.Value)
                .ThenBy(row => row.Key).Take(Examples).Select(row => questionOf(row.Key))]);
    }

    private static double Distance(LoggedSearch search, LoggedSearch other) =>
        search.Results.Length == 0 || other.Results.Length == 0
        ? search.Results.Length == other.Results.Length ? 0 : 1
        : Math.Max(0, 1 - RankSimilarity.Overlap(
            [.. search.Results.Select(shown => shown.Offer)], [.. other.Results.Select(shown => shown.Offer)]));

    private readonly record struct Mean(double Sum, int Count)
    {
        public double Value => Sum / Count;

        public Mean With(double value) => new(Sum + value, Count + 1);
    }
}
