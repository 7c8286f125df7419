using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>What an offer deserves.</summary>
public enum ExposureTarget
{
    /// <summary>What it would get in the order of relevance, ties sharing theirs (Diaz et al. 2020): equal relevance,
    /// equal exposure.</summary>
    Relevance,

    /// <summary>Exposure in proportion to relevance (disparate treatment; Singh and Joachims 2018).</summary>
    Merit,

    /// <summary>The same for every offer (demographic parity).</summary>
    Parity,
}

/// <param name="Score">What the engine sorts by.</param>
/// <param name="Relevance">Without what is to be corrected; the score where it is not known.</param>
/// <param name="Groups">That exposure is balanced between, each with its dimension: <c>size=small</c>.</param>
public sealed record RankedOffer(
    string Id, string Organisation, double Score, double Relevance, ImmutableArray<string> Groups);

/// <summary>Within what corrections stay.</summary>
public sealed record CorrectionGuards : IValidated
{
    /// <summary>Positions that are shown; what stands lower gets no exposure. 0 for all.</summary>
    public int Shown { get; init; }

    /// <summary>Equally relevant offers of an organisation that stand where they belong; more of them come after all
    /// others. 0 for no cap.</summary>
    public int Cap { get; init; }

    /// <summary>No offer moves by more.</summary>
    public int MostMoves { get; init; } = 10;

    /// <summary>nDCG that a request may lose.</summary>
    public double MostLoss { get; init; } = 0.01;

    /// <summary>nDCG that all requests together may lose on average.</summary>
    public double MeanLoss { get; init; } = 0.003;

    public ExposureTarget Target { get; init; }

    /// <summary>Offers are sorted by relevance instead of the engine's score: where the score itself holds the
    /// bias.</summary>
    public bool ByRelevance { get; init; }

    /// <summary>Share of days and queries in whose answers two neighbours change places, drawn by the seed: an
    /// experiment that tells what positions are worth. 0 for none; it costs hardly any relevance and the guards count
    /// it.</summary>
    public double SwapShare { get; init; }

    /// <summary>Share of the way from what relevance gives to the target; 1 closes the gap, and only
    /// <see cref="ExposureTarget.Merit"/> and <see cref="ExposureTarget.Parity"/> have one.</summary>
    public double Strength { get; init; } = 1;

    public IEnumerable<string> Validate()
    {
        if (Shown < 0 || Cap < 0 || MostMoves < 1)
        {
            yield return $"Shown and Cap are at least 0 and MostMoves at least 1, were {Shown}, {Cap} and {MostMoves}.";
        }

        if (SwapShare is not (>= 0 and <= 1))
        {
            yield return $"SwapShare lies between 0 and 1, was {SwapShare}.";
        }

        if (Strength is not (>= 0 and <= 1))
        {
            yield return $"Strength lies between 0 and 1, was {Strength}.";
        }

        if (!(MostLoss is >= 0 and <= 1 && MeanLoss is >= 0 and <= 1))
        {
            yield return $"MostLoss and MeanLoss lie between 0 and 1, were {MostLoss} and {MeanLoss}.";
        }
    }
}

/// <summary>An order that favours nobody, with what it cost and what held it back.</summary>
/// <param name="Order">Places in the engine's order, from the first position on.</param>
/// <param name="Boosts">Of each offer in the engine's order, in units of relevance.</param>
/// <param name="Loss">nDCG against the engine's order by relevance; below 0 it gained.</param>
/// <param name="Scale">Share of the boosts that the guards let through.</param>
/// <param name="IsCapped">Whether the cap of organisations held.</param>
public sealed record NeutralRanking(
    ImmutableArray<int> Order, ImmutableArray<double> Boosts, double Loss, double Scale, bool IsCapped)
{
    private const int Halvings = 6;

    /// <param name="offers">In the engine's order.</param>
    /// <param name="seed">Of day and query, never of a person.</param>
    /// <param name="ledger">Is told what was given.</param>
    public static NeutralRanking Of(
        IReadOnlyList<RankedOffer> offers, ExposureLedger ledger, CorrectionGuards guards, string seed)
    {
        var shown = guards.Shown == 0 ? offers.Count : Math.Min(guards.Shown, offers.Count);
        double[] sorted = [.. offers.Select(offer => guards.ByRelevance ? offer.Relevance : offer.Score)];
        double[] boosts = [.. offers.Select(offer => ledger.BoostOf(offer.Groups))];
        var rotation = new OrganisationRotation([.. offers.Select(offer => offer.Organisation)], seed);
        var places = Enumerable.Range(0, offers.Count).ToArray();
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

        var before = Gain(places);
        var budget = ledger.MeanLoss > guards.MeanLoss ? Math.Min(guards.MeanLoss, guards.MostLoss) : guards.MostLoss;
        NeutralRanking Try(double scale, int cap)
        {
            var order = Bounded(
                Swapped(Sorted(sorted, boosts, scale, rotation, cap), guards.SwapShare, seed, shown), guards.MostMoves);
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

            best = best.Loss > budget ? new([.. places], [.. boosts], 0, 0, false) : best;
        }

        ledger.Add(
            Given(offers, best.Order, shown, guards), sorted.Length == 0 ? 0 : sorted.Max() - sorted.Min(), best.Loss);
        return best;
    }

    /// <summary>By score or relevance, and boost; equals by organisation in turn; those beyond a cap come after all
    /// others.</summary>
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
        return late.Count == 0 ? order : [.. order.Where(place => !beyond.Contains(place)), .. late];
    }

    /// <summary>In a drawn share of answers two shown neighbours change places.</summary>
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

    /// <summary>The same order as far as no offer moves by more than so many places from where it stood.</summary>
    private static int[] Bounded(int[] wanted, int most)
    {
        if (Array.TrueForAll(wanted, place => Math.Abs(wanted[place] - place) <= most))
        {
            return wanted;
        }

        var (order, isPlaced, first) = (new int[wanted.Length], new bool[wanted.Length], 0);
        for (var position = 0; position < wanted.Length; position++)
        {
            // Who must stand here or move too far goes first; else the first wanted that may stand so high.
            var next = position - most;
            if (next < 0 || isPlaced[next])
            {
                while (isPlaced[wanted[first]])
                {
                    first++;
                }

                var at = first;
                while (isPlaced[wanted[at]] || wanted[at] - position > most)
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

    /// <summary>Exposure that each offer should get, which sum to what there is.</summary>
    /// <param name="byOrganisation">Organisations share what equals get, whatever number of offers they have: with a
    /// cap, else those held back by it would be owed.</param>
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
