using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Offers that can be compared: of one question and equally relevant. Where relevance knows no ties,
/// neighbours by relevance, with the part of exposure that relevance explains taken off.</summary>
/// <remarks>
/// A tie is a stratum. Offers without ties are grouped by <see cref="Neighbours"/>, and their exposure is
/// adjusted for what the order of relevance alone would give them, by the slope that strata at the same place of their
/// questions have in common (analysis of covariance): 1 where the engine sorts by relevance, which leaves nothing, and
/// less the more noise it has.
/// </remarks>
internal sealed class ExposureStrata
{
    /// <summary>Few enough to be about equally relevant, enough for two groups to meet.</summary>
    public const int Neighbours = 6;

    private ExposureStrata(SearchLog log, int[] starts, double[] exposure, int tied) =>
        (Log, Starts, Exposure, Tied) = (log, starts, exposure, tied);

    public SearchLog Log { get; }

    /// <summary>Of each stratum the place of its first unit in <see cref="SearchLog.Units"/>, and the number of units
    /// at the end.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>Of each unit, adjusted where its stratum is not a tie.</summary>
    public IReadOnlyList<double> Exposure { get; }

    /// <summary>Strata that are ties.</summary>
    public int Tied { get; }

    public int Count => Starts.Count - 1;

    /// <summary>Offers of each stratum; an adjusted exposure is never less than 0 here.</summary>
    public IEnumerable<IEnumerable<StratumOffer>> Stratified() => Enumerable.Range(0, Count)
        .Select(s => Enumerable.Range(Starts[s], Starts[s + 1] - Starts[s]).Select(i => new StratumOffer(
        Log.Units[i].Question, Log.Units[i].Offer,
        Log.Offers[Log.Units[i].Offer].Organisation, Log.Units[i].Opportunities, Math.Max(0, Exposure[i]))));

    public static ExposureStrata Build(SearchLog log)
    {
        var (units, starts, untied, tied) = (log.Units, new List<int>(), new List<(int Stratum, int Slot)>(), 0);
        for (var from = 0; from < units.Length;)
        {
            var (end, slot) = (from, 0);
            while (end < units.Length && IsSameContext(units[end], units[from]))
            {
                end++;
            }

            for (var at = from; at < end; slot++)
            {
                starts.Add(at);
                if (Tie(log, at, end) is > 1 and var size)
                {
                    at += size;
                    tied++;
                    continue;
                }

                untied.Add((starts.Count - 1, slot));
                for (var taken = 0; taken < Neighbours && at < end && Tie(log, at, end) == 1; taken++)
                {
                    at++;
                }
            }

            from = end;
        }

        starts.Add(units.Length);
        return new(log, [.. starts], Adjusted(log, starts, untied), tied);
    }

    private static bool IsSameContext(ExposureUnit unit, ExposureUnit other) =>
        unit.Question == other.Question && unit.RelevanceContext == other.RelevanceContext;

    /// <summary>Offers that are as relevant as the one here.</summary>
    private static int Tie(SearchLog log, int at, int end)
    {
        var to = at + 1;
        while (to < end && log.Units[to].Relevance == log.Units[at].Relevance)
        {
            to++;
        }

        return to - at;
    }

    private static double[] Adjusted(SearchLog log, List<int> starts, List<(int Stratum, int Slot)> untied)
    {
        double[] exposure = [.. log.Units.Select(unit => unit.Exposure)];
        var ideal = untied.Count == 0 ? [] : Ideal(log);
        foreach (var alike in untied.GroupBy(row => row.Slot, row => row.Stratum))
        {
            var (together, own) = (0.0, 0.0);
            var means = new List<(int From, int To, double Mean)>();
            foreach (var stratum in alike)
            {
                var (from, to) = (starts[stratum], starts[stratum + 1]);
                var (all, mean, rate) = (0.0, 0.0, 0.0);
                for (var i = from; i < to; i++)
                {
                    var unit = log.Units[i];
                    (all, mean, rate) = (all + unit.Opportunities,
                        mean + (unit.Opportunities * ideal[i]), rate + unit.Exposure);
                }

                (mean, rate) = (mean / all, rate / all);
                for (var i = from; i < to; i++)
                {
                    var unit = log.Units[i];
                    together += (ideal[i] - mean) * (unit.Exposure - (unit.Opportunities * rate));
                    own += unit.Opportunities * (ideal[i] - mean) * (ideal[i] - mean);
                }

                means.Add((from, to, mean));
            }

            var slope = own > 0 ? together / own : 0;
            foreach (var (from, to, mean) in means)
            {
                for (var i = from; i < to; i++)
                {
                    exposure[i] -= log.Units[i].Opportunities * slope * (ideal[i] - mean);
                }
            }
        }

        return exposure;
    }

    /// <summary>Exposure of each unit if its question were sorted by relevance and showed as many as it does.</summary>
    private static double[] Ideal(SearchLog log)
    {
        var ideal = new double[log.Units.Length];
        for (var from = 0; from < ideal.Length;)
        {
            var (to, shown, max) = (from, 0, 0);
            for (; to < ideal.Length && IsSameContext(log.Units[to], log.Units[from]); to++)
            {
                (shown, max) = (shown + log.Units[to].Shown, Math.Max(max, log.Units[to].Opportunities));
            }

            for (var i = from; i < to; i++)
            {
                ideal[i] = i - from < (double)shown / max ? BrowsingModel.Logarithmic(i - from + 1) : 0;
            }

            from = to;
        }

        return ideal;
    }
}

/// <summary>An offer of a stratum.</summary>
/// <param name="Question">Index of the question.</param>
/// <param name="Offer">Index of the offer.</param>
/// <param name="Organisation">Index of its organisation.</param>
/// <param name="Times">Number of opportunities.</param>
/// <param name="Exposure">Adjusted exposure, at least 0.</param>
internal readonly record struct StratumOffer(int Question, int Offer, int Organisation, double Times, double Exposure);
