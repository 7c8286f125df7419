using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Neutrality.Clicks;

/// <summary>A search as a reader goes through it: from the first position on, until a click or until they give
/// up.</summary>
/// <param name="Offers">From the first position on.</param>
/// <param name="Clicked">Place of the first click in it; -1 where there is none.</param>
internal readonly record struct CascadeSession(ImmutableArray<int> Offers, int Clicked);

/// <summary>What readers do who look from the top, open what attracts them and else go on with a chance.</summary>
/// <param name="Continuation">λ, the chance to look at the next position after one that was not opened.</param>
/// <param name="Attraction">α of each offer, the chance that it is opened when it is looked at; 0 where it was never
/// looked at.</param>
/// <remarks>
/// References: Craswell et al. (2008), the cascade model; its form in which readers give up: Guo et al. (2009). By
/// expectation and maximisation: in a search without a click it is not known where the reader gave up. A second view of
/// position bias beside <see cref="ConditionalPositionBias"/>, under another idea of how people read.
/// </remarks>
internal sealed record CascadeModel(double Continuation, ImmutableArray<double> Attraction)
{
    private const int MaxIterations = 500;
    private const double Tolerance = 1e-8;

    /// <summary>Number of searches that are fitted at most: more would not change the estimate.</summary>
    private const int MaxSessions = 20_000;

    /// <summary>Of a log, evenly over it.</summary>
    /// <returns>Null where nobody has clicked.</returns>
    public static CascadeModel? Fit(SearchLog log)
    {
        var (items, sessions) = (new Dictionary<(int, int), int>(), new List<CascadeSession>());
        var searches = log.Searches.Where(search => search.Results.Length > 0).ToList();
        foreach (var search in searches.Where((_, i) => i % ((searches.Count / MaxSessions) + 1) == 0))
        {
            var shown = search.Results.Select(result =>
            {
                var key = (search.Question, result.Offer);
                return items.TryGetValue(key, out var index) ? index : items[key] = items.Count;
            });
            sessions.Add(new([.. shown], search.Results.Index()
                .Where(result => result.Item.IsClicked).Select(result => result.Index).DefaultIfEmpty(-1).First()));
        }

        return sessions.Exists(session => session.Clicked >= 0) ? Fit(sessions, items.Count) : null;
    }

    /// <summary>Fits the model by expectation and maximisation.</summary>
    /// <param name="sessions">Searches with their first click.</param>
    /// <param name="offers">Number of offers.</param>
    public static CascadeModel Fit(IReadOnlyList<CascadeSession> sessions, int offers)
    {
        var (attraction, continuation) = (Enumerable.Repeat(0.3, offers).ToArray(), 0.9);
        for (var round = 0; round < MaxIterations; round++)
        {
            var (looked, clicks, wentOn, could) = (new double[offers], new double[offers], 0.0, 0.0);
            foreach (var (shown, clicked) in sessions)
            {
                if (clicked >= 0)
                {
                    for (var i = 0; i <= clicked; i++)
                    {
                        looked[shown[i]]++;
                    }

                    clicks[shown[clicked]]++;
                    (wentOn, could) = (wentOn + clicked, could + clicked);
                    continue;
                }

                var reached = Reached(shown, attraction, continuation);
                for (var i = 0; i < shown.Length; i++)
                {
                    looked[shown[i]] += reached[i];
                    (wentOn, could) = i + 1 < shown.Length ? (wentOn + reached[i + 1], could + reached[i])
                        : (wentOn, could);
                }
            }

            var moved = 0.0;
            for (var offer = 0; offer < offers; offer++)
            {
                var next = looked[offer] > 0 ? clicks[offer] / looked[offer] : 0;
                (moved, attraction[offer]) = (Math.Max(moved, Math.Abs(next - attraction[offer])), next);
            }

            var last = continuation;
            continuation = could > 0 ? wentOn / could : continuation;
            if (Math.Max(moved, Math.Abs(continuation - last)) < Tolerance)
            {
                break;
            }
        }

        return new(continuation, [.. attraction]);
    }

    /// <summary>Chance that each position was looked at in a search, given that nothing was opened.</summary>
    private static double[] Reached(ImmutableArray<int> shown, double[] attraction, double continuation)
    {
        // Of every position the chance that the reader gave up right after it.
        var (ends, silent, all) = (new double[shown.Length], 1.0, 0.0);
        for (var i = 0; i < shown.Length; i++)
        {
            silent *= 1 - attraction[shown[i]];
            ends[i] = silent * (i + 1 < shown.Length ? 1 - continuation : 1);
            all += ends[i];
            silent *= continuation;
        }

        var (reached, beyond) = (new double[shown.Length], 0.0);
        for (var i = shown.Length - 1; i >= 0; i--)
        {
            beyond += ends[i];
            reached[i] = all > 0 ? beyond / all : i == 0 ? 1 : 0;
        }

        return reached;
    }
}
