using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Offers = System.Collections.Generic.IReadOnlyList<(bool IsProtected, double Relevance, double Score)>;
using Mixture = System.Collections.Generic.IEnumerable<(double Weight,
    System.Collections.Generic.IReadOnlyList<int> Order)>;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// Ways to re-rank searches, ours and others', all given the same. What they sort by is the engine's score; merits are
/// the true relevances.
/// </summary>
internal static class Rerankers
{
    private static readonly ImmutableArray<string> Protected = ["group=protected"];
    private static readonly ImmutableArray<string> Others = ["group=others"];

    public static Func<Offers, Mixture> None => offers => [(1, ByScore(offers))];

    /// <summary>Ours, without guards unless they are given.</summary>
    public static Func<Offers, Mixture> Ledger(CorrectionGuards guards)
    {
        var (ledger, number) = (new ExposureLedger(), 0);
        return offers =>
        {
            var engine = ByScore(offers);
            var ranking = NeutralRanking.Rerank(
                [.. engine.Select(index => new RankedOffer($"{index}", $"{index}",
                    offers[index].Score, offers[index].Relevance, offers[index].IsProtected ? Protected : Others))],
                    ledger, guards with { Shown = PenalisedSearches.Shown },
                $"{number++}");
            return [(1, [.. ranking.Order.Select(index => engine[index])])];
        };
    }

    /// <summary>Morik et al. (2020): a boost by what the group is behind, from totals so far.</summary>
    /// <param name="byMerit">Totals for relevance, or for the number of offers.</param>
    public static Func<Offers, Mixture> FairCo(double gain, bool byMerit)
    {
        var (exposure, merit) = (new double[2], new double[2]);
        return offers =>
        {
            var owed = merit[0] > 0 && merit[1] > 0 ? (exposure[0] / merit[0]) - (exposure[1] / merit[1]) : 0;
            var boost = new[] { gain * Math.Max(0, -owed), gain * Math.Max(0, owed) };
            int[] order = [.. Enumerable.Range(0, offers.Count)
                .OrderByDescending(i => offers[i].Score + boost[offers[i].IsProtected ? 1 : 0])];
            foreach (var (i, index) in order.Take(PenalisedSearches.Shown).Index())
            {
                exposure[offers[index].IsProtected ? 1 : 0] += BrowsingModel.Logarithmic(i + 1);
            }

            foreach (var offer in offers)
            {
                merit[offer.IsProtected ? 1 : 0] += byMerit ? offer.Relevance : 1;
            }

            return [(1, order)];
        };
    }

    /// <summary>Zehlike et al. (2017): enough protected in every prefix.</summary>
    public static Func<Offers, Mixture> Fair(double share)
    {
        var minimums = FairTopK.Adjust(PenalisedSearches.Shown, share, 0.1).Minimums;
        return offers =>
        {
            var (others, own) = (Queue(offers, isProtected: false), Queue(offers, isProtected: true));
            return [(1, [.. FairTopK.Rank([.. others.Select(index => offers[index].Score)], [.. own.Select(
                index => offers[index].Score)], minimums).Select(row => (row.IsProtected ? own : others)[row.Index])])];
        };
    }

    /// <summary>Geyik et al. (2019).</summary>
    public static Func<Offers, Mixture> DetConstSort(double share) => offers =>
    {
        var queues = new Dictionary<bool, int[]>
        {
            [false] = Queue(offers, isProtected: false),
            [true] = Queue(offers, isProtected: true)
        };
        var ranked = DeterministicRanking.ConstrainedSort(
            queues.ToDictionary(
                queue => queue.Key,
                queue => (IReadOnlyList<double>)[.. queue.Value.Select(index => offers[index].Score)]),
                new Dictionary<bool, double> { [false] = 1 - share, [true] = share }, PenalisedSearches.Shown);
        var at = new Dictionary<bool, int> { [false] = 0, [true] = 0 };
        return [(1, [.. ranked.Select(row => queues[row.Group][at[row.Group]++])])];
    };

    /// <summary>
    /// Singh and Joachims (2018): the best mixture of each search under parity of exposure, served as often as not by
    /// the strength.
    /// </summary>
    /// <remarks>Each search is solved for itself, as published.</remarks>
    public static Func<Offers, Mixture> LinearProgramme(double strength) => offers =>
    {
        if (offers.All(offer => offer.IsProtected) || offers.All(offer => !offer.IsProtected))
        {
            return [(1, ByScore(offers))];
        }

        double[] scores = [.. offers.Select(offer => offer.Score)];
        bool[] groups = [.. offers.Select(offer => offer.IsProtected)];
        var optimum = ExposureOptimum.Parity(scores, groups, PenalisedSearches.Shown);
        return [.. optimum.Mixture.Select(row => (strength * row.Weight, (IReadOnlyList<int>)row.Order)),
            (1 - strength, ByScore(offers))];
    };

    private static int[] ByScore(Offers offers) =>
        [.. Enumerable.Range(0, offers.Count).OrderByDescending(i => offers[i].Score)];

    private static int[] Queue(Offers offers, bool isProtected) => [.. Enumerable.Range(0, offers.Count)
        .Where(i => offers[i].IsProtected == isProtected).OrderByDescending(i => offers[i].Score)];
}
