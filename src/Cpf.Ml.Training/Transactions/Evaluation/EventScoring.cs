using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>
/// Recall of events at a price in false alarms: the share found when a given number of half hours a series and day has
/// a false detection.
/// </summary>
/// <remarks>Never point-adjusted: an event counts once, and random scores gain nothing (Kim et al. 2022, <i>Towards a
/// rigorous evaluation of time-series anomaly detection</i>).</remarks>
internal static class EventScoring
{
    private const long BlockMilliseconds = 30 * 60_000;

    /// <param name="Share">Events found of all.</param>
    /// <param name="ByFault">The same for each kind of fault.</param>
    /// <param name="ByKind">The same for each kind of metric.</param>
    /// <param name="Threshold">Evidence above it is a detection; one for all series.</param>
    internal sealed record Recall(double Share,
        IReadOnlyDictionary<string, double> ByFault, IReadOnlyDictionary<string, double> ByKind, double Threshold);

    /// <param name="series">Scored by one detector.</param>
    /// <param name="falseBlocks">Half hours with a false detection, allowed a series and day.</param>
    public static Recall At(IReadOnlyList<ScoredSeries> series, double falseBlocks)
    {
        var blocks = series.SelectMany(QuietBlocks).ToArray();
        Array.Sort(blocks, (left, right) => right.CompareTo(left));
        var allowed = (int)Math.Round(falseBlocks * series.Sum(scored => scored.Days));
        var threshold = allowed < blocks.Length ? blocks[allowed] : double.NegativeInfinity;
        var found = series
            .SelectMany(scored => scored.Series.Events.Where(e => e.First >= scored.From)
                .Select(e => (e.Fault, scored.Series.Kind, Found: Largest(scored, e) > threshold)))
            .ToList();
        return new Recall(
            found.Count(e => e.Found) / (double)found.Count,
            Shares(found.Select(e => (e.Fault, e.Found))),
            Shares(found.Select(e => (e.Kind.ToString(), e.Found))),
            threshold);
    }

    private static Dictionary<string, double> Shares(IEnumerable<(string Group, bool Found)> events) =>
        events.GroupBy(e => e.Group).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(e => e.Found) / (double)group.Count());

    /// <summary>The largest evidence of each half hour that no event is near.</summary>
    private static IEnumerable<double> QuietBlocks(ScoredSeries scored)
    {
        var (block, largest, quiet) = (long.MinValue, double.NegativeInfinity, false);
        for (var i = scored.From; i < scored.Evidence.Length; i++)
        {
            var at = scored.Series.Points[i].Timestamp / BlockMilliseconds;
            if (at != block)
            {
                if (quiet)
                {
                    yield return largest;
                }

                (block, largest, quiet) = (at, double.NegativeInfinity, true);
            }

            quiet &= !scored.NearEvent[i];
            largest = Math.Max(largest, Known(scored.Evidence[i]));
        }

        if (quiet)
        {
            yield return largest;
        }
    }

    private static double Largest(ScoredSeries scored, LabelledEvent e)
    {
        var largest = double.NegativeInfinity;
        for (var i = e.First; i <= e.Last; i++)
        {
            largest = Math.Max(largest, Known(scored.Evidence[i]));
        }

        return largest;
    }

    /// <summary>A row without evidence ranks below all others.</summary>
    private static double Known(double evidence) => double.IsNaN(evidence) ? double.NegativeInfinity : evidence;
}
