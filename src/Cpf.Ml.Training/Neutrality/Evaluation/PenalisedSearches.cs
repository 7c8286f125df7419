using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// Searches whose engine takes something off the score of a group, and what a re-ranker makes of them.
/// </summary>
/// <param name="Searches">Of each, whether an offer is of the group, its true relevance, and the engine's
/// score.</param>
internal sealed record PenalisedSearches(
    IReadOnlyList<IReadOnlyList<(bool IsProtected, double Relevance, double Score)>> Searches)
{
    private const int Candidates = 30;
    private const double Share = 0.3;

    public const int Shown = 10;

    /// <param name="penalty">Off the score of protected offers, of relevances evenly in [0, 1].</param>
    /// <param name="handicap">Share by which protected offers are truly less relevant.</param>
    public static PenalisedSearches Draw(int searches, double penalty, double handicap, int seed)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, searches)
            .Select(_ => (IReadOnlyList<(bool, double, double)>)[.. Enumerable.Range(0, Candidates).Select(_ =>
        {
            var (isProtected, relevance) = (random.NextDouble() < Share, random.NextDouble());
            relevance *= isProtected ? 1 - handicap : 1;
            return (isProtected, relevance, relevance - (isProtected ? penalty : 0));
        })])]);
    }

    /// <param name="rank">Of a search: mixtures of orders, each with its weight and the places of offers from the first
    /// position on.</param>
    public CorrectionResult Measure(Func<IReadOnlyList<(bool IsProtected,
        double Relevance, double Score)>, IEnumerable<(double Weight, IReadOnlyList<int> Order)>> rank)
    {
        var (exposure, merit, pool, gain, losses) = (new double[2],
            new double[2], new double[2], 0.0, new List<double>());
        foreach (var search in Searches)
        {
            var best =
                RankSimilarity.DiscountedGain(search.Select(offer => offer.Relevance).OrderDescending().Take(Shown));
            var own = 0.0;
            foreach (var (weight, order) in rank(search))
            {
                foreach (var (i, index) in order.Take(Shown).Index())
                {
                    var exposed = weight * BrowsingModel.Logarithmic(i + 1);
                    exposure[search[index].IsProtected ? 1 : 0] += exposed;
                    own += exposed * search[index].Relevance;
                }
            }

            foreach (var offer in search)
            {
                merit[offer.IsProtected ? 1 : 0] += offer.Relevance;
                pool[offer.IsProtected ? 1 : 0]++;
            }

            gain += own / best;
            losses.Add(1 - (own / best));
        }

        losses.Sort();
        return new(
            exposure[1] / pool[1] / (exposure[0] / pool[0]), exposure[1] / merit[1] / (exposure[0] / merit[0]),
            gain / Searches.Count, losses[(int)(0.95 * (losses.Count - 1))]);
    }
}

/// <param name="ParityRatio">Exposure per protected offer against others; 1 is parity.</param>
/// <param name="MeritRatio">Exposure for relevance; 1 is neutral.</param>
/// <param name="Gain">nDCG of the shown against true relevance.</param>
/// <param name="Loss95">1 − nDCG that one search in twenty exceeds.</param>
internal sealed record CorrectionResult(double ParityRatio, double MeritRatio, double Gain, double Loss95);
