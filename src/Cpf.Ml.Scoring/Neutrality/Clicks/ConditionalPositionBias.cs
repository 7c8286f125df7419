using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Cpf.Ml.Scoring.Neutrality.Clicks;

/// <summary>Chance that a position is looked at, relative to the first, with its interval.</summary>
/// <param name="Rank">Rank, from 1.</param>
/// <param name="Theta">Relative chance, above 0; NaN where no chain of offers links the position to the first, or where
/// clicks are too few to tell it within a factor of ten.</param>
/// <param name="Low">Lower bound, 95 %.</param>
/// <param name="High">Upper bound, 95 %.</param>
/// <param name="Impressions">Number of impressions at the position.</param>
/// <param name="Clicks">Number of clicks at the position.</param>
public sealed record PositionEstimate(int Rank, double Theta, double Low, double High, long Impressions, long Clicks)
{
    /// <summary>Mean of the log's own propensity, relative to the first position; NaN where the log has none.</summary>
    public double Known { get; init; } = double.NaN;

    /// <summary>Whether the log's own propensity is further from the clicks than chance explains
    /// (Bonferroni).</summary>
    /// <param name="positions">Number of positions that are tested together.</param>
    public bool IsContradicted(int positions) => !double.IsNaN(Known) && High > Low
        && Math.Abs(Math.Log(Known / Theta))
            > Math.Log(High / Theta) * Normal.InvCDF(0, 1, 1 - (0.025 / positions)) / Normal.InvCDF(0, 1, 0.975);
}

/// <summary>Position bias from offers seen at several positions: given an offer's clicks, at which position
/// they fell depends on how often it stood there and on θ, and no longer on the offer.</summary>
/// <remarks>
/// The conditional likelihood of the position-based model (P(click) = θ of the position × γ of the offer): with γ
/// conditioned away, many offers do no harm (Andersen 1970), and every pair of positions is used with the weight that
/// it deserves, where chains and pivots use some. Errors by questions (sandwich), which need no Poisson counts.
/// </remarks>
internal static class ConditionalPositionBias
{
    private const int MaxIterations = 100;
    private const double Tolerance = 1e-9;
    private static readonly double MaxLogError = Math.Log(10);

    /// <summary>From natural changes of rank in a log.</summary>
    public static ImmutableArray<PositionEstimate> Fit(SearchLog log)
    {
        var (cells, known) = (new Dictionary<(int Question, int Offer, int Rank), (int N, int Clicks)>(),
            new Dictionary<int, (double Sum, int N)>());
        foreach (var search in log.Searches)
        {
            foreach (var shown in search.Results)
            {
                var key = (search.Question, shown.Offer, shown.Rank);
                var (n, clicks) = cells.GetValueOrDefault(key);
                cells[key] = (n + 1, clicks + (shown.IsClicked ? 1 : 0));
                if (shown.Propensity is { } propensity)
                {
                    var (sum, times) = known.GetValueOrDefault(shown.Rank);
                    known[shown.Rank] = (sum + propensity, times + 1);
                }
            }
        }

        double Mean(int rank) => known.TryGetValue(rank, out var row) ? row.Sum / row.N : double.NaN;
        var estimates =
            Fit([.. cells.GroupBy(cell => (cell.Key.Question, cell.Key.Offer)).Select(item => (item.Key.Question,
                item.Select(entry => (entry.Key.Rank, (double)entry.Value.N, (double)entry.Value.Clicks)).ToArray()))]);
        return [.. estimates.Select(position => position with { Known = Mean(position.Rank) / Mean(1) })];
    }

    /// <param name="items">Of each offer in a question: question, and of each of its ranks impressions and
    /// clicks.</param>
    public static ImmutableArray<PositionEstimate> Fit(
        IReadOnlyList<(int Question, (int Rank, double N, double Clicks)[] Cells)> items)
    {
        var ranks = items.SelectMany(item => item.Cells).Select(cell => cell.Rank).DefaultIfEmpty(0).Max();
        if (ranks == 0)
        {
            return [];
        }

        var (impressionsAt, clicksAt) = (new double[ranks], new double[ranks]);
        foreach (var (rank, impressions, clicks) in items.SelectMany(item => item.Cells))
        {
            (impressionsAt[rank - 1],
                clicksAt[rank - 1]) = (impressionsAt[rank - 1] + impressions, clicksAt[rank - 1] + clicks);
        }

        // A position without any click has no logarithm and takes no part.
        var informative =
            items.Select(item => (item.Question, Cells: Array.FindAll(item.Cells, cell => clicksAt[cell.Rank - 1] > 0)))
                .Where(item => item.Cells.Length > 1 && item.Cells.Sum(cell => cell.Clicks) > 0).ToList();
        int[] known = [.. Connected(informative, ranks)];
        var indexOf = known.Index().ToDictionary(entry => entry.Item, entry => entry.Index - 1);
        var free = known.Length - 1;
        var log = new double[Math.Max(0, free)];
        var information = Matrix<double>.Build.Dense(Math.Max(1, free), Math.Max(1, free));
        var ofQuestion = new Dictionary<int, double[]>();
        for (var round = 0; round < MaxIterations && free > 0; round++)
        {
            var score = new double[free];
            information.Clear();
            ofQuestion.Clear();
            foreach (var (question, cells) in informative.Where(item => indexOf.ContainsKey(item.Cells[0].Rank)))
            {
                double Theta(int rank) => indexOf[rank] < 0 ? 1 : Math.Exp(log[indexOf[rank]]);
                var (all, sum) = (cells.Sum(cell => cell.Clicks), cells.Sum(cell => cell.N * Theta(cell.Rank)));
                if (!ofQuestion.TryGetValue(question, out var own))
                {
                    ofQuestion[question] = own = new double[free];
                }

                foreach (var (rank, impressions, clicks) in cells)
                {
                    if (indexOf[rank] is >= 0 and var i)
                    {
                        var share = impressions * Theta(rank) / sum;
                        own[i] += clicks - (all * share);
                        score[i] += clicks - (all * share);
                        information[i, i] += all * share;
                        foreach (var (other, times, _) in cells)
                        {
                            if (indexOf[other] is >= 0 and var j)
                            {
                                information[i, j] -= all * share * times * Theta(other) / sum;
                            }
                        }
                    }
                }
            }

            var step = information.Solve(Vector<double>.Build.Dense(score));
            var largest = step.AbsoluteMaximum();
            for (var i = 0; i < free; i++)
            {
                log[i] += step[i] * Math.Min(1, 1 / largest);
            }

            if (largest < Tolerance)
            {
                break;
            }
        }

        var errors = free > 0 ? Errors(information, ofQuestion.Values) : [];
        var z = Normal.InvCDF(0, 1, 0.975);
        return
        [
            .. Enumerable.Range(1, ranks).Select(rank =>
            {
                // Where chance alone makes a factor of ten either way, nothing is known.
                var isKnown = indexOf.TryGetValue(rank, out var i) && (i < 0 || z * errors[i] <= MaxLogError);
                var (theta, doubt) = !isKnown ? (double.NaN, double.NaN)
                    : i < 0 ? (1, 0) : (Math.Exp(log[i]), z * errors[i]);
                return new PositionEstimate(rank, theta,
                    theta * Math.Exp(-doubt),
                    theta * Math.Exp(doubt), (long)impressionsAt[rank - 1], (long)clicksAt[rank - 1]);
            }),
        ];
    }

    /// <summary>Positions that clicked offers connect with the first, by standing at both.</summary>
    private static SortedSet<int> Connected(
        List<(int Question, (int Rank, double N, double Clicks)[] Cells)> informative, int ranks)
    {
        var parent = Enumerable.Range(0, ranks + 1).ToArray();
        int Root(int rank) => parent[rank] == rank ? rank : parent[rank] = Root(parent[rank]);
        foreach (var (_, cells) in informative)
        {
            foreach (var cell in cells)
            {
                parent[Root(cell.Rank)] = Root(cells[0].Rank);
            }
        }

        return [.. Enumerable.Range(1, ranks).Where(rank => rank == 1 || Root(rank) == Root(1))];
    }

    private static double[] Errors(Matrix<double> information, Dictionary<int, double[]>.ValueCollection scores)
    {
        var middle = Matrix<double>.Build.Dense(information.RowCount, information.RowCount);
        foreach (var score in scores)
        {
            var vector = Vector<double>.Build.Dense(score);
            middle += vector.OuterProduct(vector);
        }

        var inverse = information.Inverse();
        var variance = inverse * middle * inverse;
        var correction = scores.Count > 1 ? scores.Count / (scores.Count - 1.0) : double.PositiveInfinity;
        return [.. Enumerable.Range(0, information.RowCount).Select(i => Math.Sqrt(variance[i, i] * correction))];
    }
}
