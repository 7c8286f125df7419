using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>An offer of an answer, as the engine ranked it.</summary>
/// <param name="Id">Id of the offer.</param>
/// <param name="Organisation">Id of the organisation that sells it.</param>
/// <param name="Score">Score that the engine sorts by.</param>
/// <param name="Relevance">Relevance without what is to be corrected, at least 0; the score where it is not
/// known.</param>
/// <param name="Groups">Groups that exposure is balanced between, each with its dimension: <c>size=small</c>.</param>
public sealed record RankedOffer(
    string Id, string Organisation, double Score, double Relevance, ImmutableArray<string> Groups);

/// <summary>A corrected order, with its cost and what limited it.</summary>
/// <param name="Order">Indices of the offers in the engine's order, from the first position on.</param>
/// <param name="Boosts">Boost of each offer in the engine's order, in units of relevance.</param>
/// <param name="Loss">nDCG lost against the engine's order, by relevance; below 0 it gained.</param>
/// <param name="Scale">Share of the boosts that the guards allowed, in [0, 1].</param>
/// <param name="IsCapped">Whether the cap of organisations was applied.</param>
public sealed record NeutralRanking(
    ImmutableArray<int> Order, ImmutableArray<double> Boosts, double Loss, double Scale, bool IsCapped)
{
    private const int Halvings = 6;

    /// <summary>Re-ranks an answer within the guards and records it in the ledger.</summary>
    /// <param name="offers">Offers, in the engine's order.</param>
    /// <param name="ledger">Ledger whose multipliers are used and moved.</param>
    /// <param name="guards">Bounds of the correction.</param>
    /// <param name="seed">Seed of ties and swaps: of day and query, never of a person.</param>
    public static NeutralRanking Rerank(
        IReadOnlyList<RankedOffer> offers, ExposureLedger ledger, CorrectionGuards guards, string seed)
    {
        var shown = guards.Shown == 0 ? offers.Count : Math.Min(guards.Shown, offers.Count);
        double[] sorted = [.. offers.Select(offer => guards.ByRelevance ? offer.Relevance : offer.Score)];
        double[] boosts = [.. offers.Select(offer => ledger.BoostOf(offer.Groups))];
        var rotation = new OrganisationRotation([.. offers.Select(offer => offer.Organisation)], seed);
        var indices = Enumerable.Range(0, offers.Count).ToArray();
        var ideal =
            RankSimilarity.DiscountedGain(offers.Select(offer => offer.Relevance).OrderDescending().Take(shown));
        double Gain(int[] order)
        {
            var gain = 0.0;
            for (var i = 0; i < shown; i++)
            {
                gain += offers[order[i]].Relevance * BrowsingModel.Logarithmic(i + 1);
            }

            return ideal > 0 ? gain / ideal : 1;
        }

        var before = Gain(indices);
        var budget = ledger.MeanLoss > guards.MeanLoss ? Math.Min(guards.MeanLoss, guards.MaxLoss) : guards.MaxLoss;
        NeutralRanking Try(double scale, int cap)
        {
            var order = Bounded(
                Swapped(Sorted(sorted, boosts, scale, rotation, cap), guards.SwapShare, seed, shown), guards.MaxMoves);
            return new([.. order], [.. boosts], before - Gain(order), scale, cap > 0);
        }

        var best = Try(1, guards.Cap);
        for (var cap = 2 * guards.Cap; best.Loss > budget && cap > 0; cap = cap < shown ? 2 * cap : 0)
        {
            // A cap that costs too much is widened until it does not.
            best = Try(1, cap < shown ? cap : 0);
        }

        if (best.Loss > budget)
        {
            // The most of the boosts that the guard lets through; none of them costs nothing.
            var (low, high) = (0.0, 1.0);
            best = Try(0, 0);
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (low + high) / 2;
                var tried = Try(middle, 0);
                (low, high, best) = tried.Loss <= budget ? (middle, high, tried) : (low, middle, best);
            }

            best = best.Loss > budget ? new([.. indices], [.. boosts], 0, 0, false) : best;
        }

        ledger.Record(
            Given(offers, best.Order, shown, guards), sorted.Length == 0 ? 0 : sorted.Max() - sorted.Min(), best.Loss);
        return best;
    }

    /// <summary>Order by score or relevance plus boost; equals by organisation in turn; those beyond a cap come
    /// last.</summary>
    private static int[] Sorted(double[] scores, double[] boosts, double scale, OrganisationRotation rotation, int cap)
    {
        // Sums that are equal but for rounding are equal.
        double[] keys = [.. scores.Select((score, i) => -Math.Round(score + (scale * boosts[i]), 12))];
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(keys, order);
        var late = new List<int>();
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && keys[to] == keys[from])
            {
                to++;
            }

            late.AddRange(rotation.Sort(order.AsSpan(from, to - from), cap == 0 ? int.MaxValue : cap));
            from = to;
        }

        var beyond = late.ToHashSet();
        return late.Count == 0 ? order : [.. order.Where(index => !beyond.Contains(index)), .. late];
    }

    /// <summary>Swaps two shown neighbours in a drawn share of answers.</summary>
    private static int[] Swapped(int[] order, double share, string seed, int shown)
    {
        if (share > 0 && shown > 1)
        {
            var drawn = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"swap\n{seed}"));
            if ((drawn % 1_000_000) < share * 1_000_000)
            {
                var at = (int)(drawn / 1_000_000 % (ulong)(shown - 1));
                (order[at], order[at + 1]) = (order[at + 1], order[at]);
            }
        }

        return order;
    }

    /// <summary>The wanted order, changed as little as needed for no offer to move by more than a number of
    /// positions.</summary>
    private static int[] Bounded(int[] wanted, int maxMoves)
    {
        if (Array.TrueForAll(wanted, index => Math.Abs(wanted[index] - index) <= maxMoves))
        {
            return wanted;
        }

        var (order, isPlaced, first) = (new int[wanted.Length], new bool[wanted.Length], 0);
        for (var position = 0; position < wanted.Length; position++)
        {
            // Who must stand here or move too far goes first; else the first wanted that may stand so high.
            var next = position - maxMoves;
            if (next < 0 || isPlaced[next])
            {
                while (isPlaced[wanted[first]])
                {
                    first++;
                }

                var at = first;
                while (isPlaced[wanted[at]] || wanted[at] - position > maxMoves)
                {
                    at++;
                }

                next = wanted[at];
            }

            (order[position], isPlaced[next]) = (next, true);
        }

        return order;
    }

    private static List<(ImmutableArray<string> Groups, double Exposure, double Deserved)> Given(
        IReadOnlyList<RankedOffer> offers, ImmutableArray<int> order, int shown, CorrectionGuards guards)
    {
        var exposure = new double[offers.Count];
        for (var i = 0; i < shown; i++)
        {
            exposure[order[i]] = BrowsingModel.Logarithmic(i + 1);
        }

        var deserved = Deserved(offers, shown, guards.Target, guards.Cap > 0);
        if (guards.Target != ExposureTarget.Relevance && guards.Strength < 1)
        {
            deserved = [.. deserved.Zip(Deserved(offers, shown, ExposureTarget.Relevance, guards.Cap > 0),
                (wanted, natural) => natural + (guards.Strength * (wanted - natural)))];
        }

        return [.. offers.Select((offer, i) => (offer.Groups, exposure[i], deserved[i]))];
    }

    /// <summary>Exposure that each offer deserves; it sums to the exposure that there is.</summary>
    /// <param name="offers">Offers, in any order.</param>
    /// <param name="shown">Number of positions that are shown.</param>
    /// <param name="target">What exposure an offer deserves.</param>
    /// <param name="byOrganisation">Whether organisations share what equals get, whatever number of offers they have:
    /// with a cap, else those held back by it would be owed.</param>
    public static double[] Deserved(
        IReadOnlyList<RankedOffer> offers, int shown, ExposureTarget target, bool byOrganisation = false)
    {
        var all = Enumerable.Range(1, shown).Sum(BrowsingModel.Logarithmic);
        var merit = offers.Sum(offer => offer.Relevance);
        if (target == ExposureTarget.Parity || (target == ExposureTarget.Merit && merit <= 0))
        {
            return [.. offers.Select(_ => all / offers.Count)];
        }

        if (target == ExposureTarget.Merit)
        {
            return [.. offers.Select(offer => all * offer.Relevance / merit)];
        }

        var (deserved, at) = (new double[offers.Count], 0);
        foreach (var tie in Enumerable.Range(0, offers.Count)
            .GroupBy(i => offers[i].Relevance).OrderByDescending(tie => tie.Key))
        {
            var n = tie.Count();
            var together = Enumerable.Range(at + 1, n).Where(rank => rank <= shown).Sum(BrowsingModel.Logarithmic);
            var organisations = tie.GroupBy(i => offers[i].Organisation).ToList();
            foreach (var organisation in organisations)
            {
                foreach (var i in organisation)
                {
                    deserved[i] = byOrganisation ? together / organisations.Count / organisation.Count() : together / n;
                }
            }

            at += n;
        }

        return deserved;
    }
}
