using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>Re-rankers that hold wanted shares of groups in every prefix.</summary>
/// <remarks>Reference: Geyik, Ambler and Kenthapadi (2019), <i>Fairness-Aware Ranking in Search and Recommendation
/// Systems</i>.</remarks>
internal static class DeterministicRanking
{
    /// <summary>Shares times lengths are whole but for rounding.</summary>
    private const double Guard = 1e-12;

    /// <summary>Takes the best score among groups that may have one more.</summary>
    public static ImmutableArray<(T Group, double Score)> Greedy<T>(
        IReadOnlyDictionary<T, IReadOnlyList<double>> scores, IReadOnlyDictionary<T, double> shares, int length)
        where T : notnull => Rank(scores, shares, length, null);

    /// <summary>Takes the group that will soonest have too few.</summary>
    public static ImmutableArray<(T Group, double Score)> Conservative<T>(
        IReadOnlyDictionary<T, IReadOnlyList<double>> scores, IReadOnlyDictionary<T, double> shares, int length)
        where T : notnull => Rank(scores, shares, length, (share, k) => Ceiling(share * k) / share);

    /// <summary>The same by whole positions, so that scores decide more often.</summary>
    public static ImmutableArray<(T Group, double Score)> Relaxed<T>(
        IReadOnlyDictionary<T, IReadOnlyList<double>> scores, IReadOnlyDictionary<T, double> shares, int length)
        where T : notnull => Rank(scores, shares, length, (share, k) => Ceiling(Ceiling(share * k) / share));

    /// <summary>Puts each offer as far to the front as its score takes it and the minimums of others let it.</summary>
    public static ImmutableArray<(T Group, double Score)> ConstrainedSort<T>(
        IReadOnlyDictionary<T, IReadOnlyList<double>> scores, IReadOnlyDictionary<T, double> shares, int length)
        where T : notnull
    {
        var (counts, minimums) = (scores.Keys.ToDictionary(group => group, _ => 0),
            scores.Keys.ToDictionary(group => group, _ => 0));
        var ranked = new List<(T Group, double Score, int Deadline)>();
        var total = scores.Values.Sum(own => own.Count);
        for (var k = 1; ranked.Count < Math.Min(length, total) && k <= length + total; k++)
        {
            var grown = scores.Keys.Where(
                group => Floor(shares[group] * k) > minimums[group] && counts[group] < scores[group].Count).ToList();
            foreach (var group in scores.Keys)
            {
                minimums[group] = (int)Floor(shares[group] * k);
            }

            foreach (var group in grown.OrderByDescending(group => scores[group][counts[group]]))
            {
                ranked.Add((group, scores[group][counts[group]++], k));
                for (var index = ranked.Count - 1; index > 0
                    && ranked[index - 1].Deadline > index && ranked[index - 1].Score < ranked[index].Score; index--)
                {
                    (ranked[index - 1], ranked[index]) = (ranked[index], ranked[index - 1]);
                }
            }
        }

        return [.. ranked.Take(length).Select(row => (row.Group, row.Score))];
    }

    /// <param name="scores">Scores of each group, best first.</param>
    /// <param name="shares">Target share of each group.</param>
    /// <param name="length">Number of positions.</param>
    /// <param name="urgency">Of a group's share and the length: the smallest goes first; null where the score
    /// decides.</param>
    private static ImmutableArray<(T Group, double Score)> Rank<T>(IReadOnlyDictionary<T, IReadOnlyList<double>> scores,
        IReadOnlyDictionary<T, double> shares, int length, Func<double, int, double>? urgency)
        where T : notnull
    {
        var counts = scores.Keys.ToDictionary(group => group, _ => 0);
        var ranked = ImmutableArray.CreateBuilder<(T, double)>();
        for (var k = 1; k <= length; k++)
        {
            double Next(T group) => scores[group][counts[group]];
            var left = scores.Keys.Where(group => counts[group] < scores[group].Count).ToList();
            if (left.Count == 0)
            {
                break;
            }

            var below = left.Where(group => counts[group] < Floor(shares[group] * k)).ToList();
            var between = left.Where(group => counts[group] >= Floor(shares[group] * k)
                && counts[group] < Ceiling(shares[group] * k)).ToList();
            var chosen = below.Count > 0 ? below.MaxBy(Next)!
                : between.Count == 0 ? left.MaxBy(Next)!
                : urgency is null ? between.MaxBy(Next)!
                : between.OrderBy(group => urgency(shares[group], k)).ThenByDescending(Next).First();
            ranked.Add((chosen, Next(chosen)));
            counts[chosen]++;
        }

        return ranked.ToImmutable();
    }

    private static double Floor(double value) => Math.Floor(value + Guard);

    private static double Ceiling(double value) => Math.Ceiling(value - Guard);
}
