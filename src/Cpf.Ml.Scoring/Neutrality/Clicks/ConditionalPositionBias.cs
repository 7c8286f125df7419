using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Cpf.Ml.Scoring.Neutrality.Clicks;

/// <summary>Chance that a position is looked at against the first, with where it lies.</summary>
/// <param name="Rank">1 and following.</param>
/// <param name="Theta">NaN where no offer was seen both here and, by a chain of positions, at the first, or where
/// clicks are too few to tell it within a factor of ten.</param>
/// <param name="Low">Of 95 %.</param>
/// <param name="High">Of 95 %.</param>
public sealed record PositionEstimate(int Rank, double Theta, double Low, double High, long Impressions, long Clicks)
{
    /// <summary>The log's own propensity, mean, against that of the first position; NaN where it knows none.</summary>
    public double Known { get; init; } = double.NaN;

    /// <summary>Whether the log's propensity is further from the clicks than chance explains, of so many positions that
    /// are looked at together (Bonferroni).</summary>
    public bool IsContradicted(int positions) => !double.IsNaN(Known) && High > Low
        && Math.Abs(Math.Log(Known / Theta))
            > Math.Log(High / Theta) * Normal.InvCDF(0, 1, 1 - (0.025 / positions)) / Normal.InvCDF(0, 1, 0.975);
}

/// <summary>Position bias by what offers seen at several positions tell: given an offer's clicks, at which position
/// they fell depends on how often it stood there and on θ, and no longer on the offer.</summary>
/// <remarks>
/// The conditional likelihood of the position-based model (P(click) = θ of the position × γ of the offer): with γ
/// conditioned away, many offers do no harm (Andersen 1970), and every pair of positions is used with the weight that
/// it deserves, where chains and pivots use some. Errors by questions (sandwich), which need no Poisson counts.
/// </remarks>
internal static class ConditionalPositionBias
{
    private const int Rounds = 100;
    private const double Settled = 1e-9;
    private static readonly double MostDoubt = Math.Log(10);

    /// <summary>From natural changes of rank in a log.</summary>
    public static ImmutableArray<PositionEstimate> Of(SearchLog log)
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

        double Mean(int rank) => known.TryGetValue(rank, out var one) ? one.Sum / one.N : double.NaN;
        var estimates =
            Fit([.. cells.GroupBy(one => (one.Key.Question, one.Key.Offer)).Select(item => (item.Key.Question,
                item.Select(one => (one.Key.Rank, (double)one.Value.N, (double)one.Value.Clicks)).ToArray()))]);
        return [.. estimates.Select(one => one with { Known = Mean(one.Rank) / Mean(1) })];
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

        var (n, clicks) = (new double[ranks], new double[ranks]);
        foreach (var (rank, of, with) in items.SelectMany(item => item.Cells))
        {
            (n[rank - 1], clicks[rank - 1]) = (n[rank - 1] + of, clicks[rank - 1] + with);
        }

        // A position without any click has no logarithm and takes no part.
        var telling =
            items.Select(item => (item.Question, Cells: Array.FindAll(item.Cells, cell => clicks[cell.Rank - 1] > 0)))
                .Where(item => item.Cells.Length > 1 && item.Cells.Sum(cell => cell.Clicks) > 0).ToList();
        int[] known = [.. Connected(telling, ranks)];
        var place = known.Index().ToDictionary(one => one.Item, one => one.Index - 1);
        var free = known.Length - 1;
        var log = new double[Math.Max(0, free)];
        var information = Matrix<double>.Build.Dense(Math.Max(1, free), Math.Max(1, free));
        var ofQuestion = new Dictionary<int, double[]>();
        for (var round = 0; round < Rounds && free > 0; round++)
        {
            var score = new double[free];
            information.Clear();
            ofQuestion.Clear();
            foreach (var (question, cells) in telling.Where(item => place.ContainsKey(item.Cells[0].Rank)))
            {
                double Theta(int rank) => place[rank] < 0 ? 1 : Math.Exp(log[place[rank]]);
                var (all, sum) = (cells.Sum(cell => cell.Clicks), cells.Sum(cell => cell.N * Theta(cell.Rank)));
                if (!ofQuestion.TryGetValue(question, out var own))
                {
                    ofQuestion[question] = own = new double[free];
                }

                foreach (var (rank, of, with) in cells)
                {
                    if (place[rank] is >= 0 and var i)
                    {
                        var share = of * Theta(rank) / sum;
                        own[i] += with - (all * share);
                        score[i] += with - (all * share);
                        information[i, i] += all * share;
                        foreach (var (other, times, _) in cells)
                        {
                            if (place[other] is >= 0 and var j)
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

            if (largest < Settled)
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
                var isKnown = place.TryGetValue(rank, out var i) && (i < 0 || z * errors[i] <= MostDoubt);
                var (theta, doubt) = !isKnown ? (double.NaN, double.NaN)
                    : i < 0 ? (1, 0) : (Math.Exp(log[i]), z * errors[i]);
                return new PositionEstimate(rank, theta,
                    theta * Math.Exp(-doubt), theta * Math.Exp(doubt), (long)n[rank - 1], (long)clicks[rank - 1]);
            }),
        ];
    }

    /// <summary>Positions that clicked offers connect with the first, by standing at both.</summary>
    private static SortedSet<int> Connected(
        List<(int Question, (int Rank, double N, double Clicks)[] Cells)> telling, int ranks)
    {
        var parent = Enumerable.Range(0, ranks + 1).ToArray();
        int Root(int rank) => parent[rank] == rank ? rank : parent[rank] = Root(parent[rank]);
        foreach (var (_, cells) in telling)
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
