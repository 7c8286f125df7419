using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Neutrality.Learning;

/// <summary>What came of showing an offer with the same features in a question.</summary>
/// <param name="Features">NaN where one is not known.</param>
/// <param name="Rank">Mean.</param>
/// <param name="Looks">Expected number of times that it was looked at: the sum of θ over its impressions.</param>
/// <param name="Events">Clicks or purchases.</param>
internal sealed record RelevanceExample(
    int Question, int Offer, double[] Features, double Rank, long Impressions, double Looks, long Events)
{
    /// <summary>Question, or the first question of its pair: what means the same is held out together.</summary>
    public int Meaning { get; init; } = Question;

    /// <summary>
    /// Events for a look: relevance without the position (self-normalised inverse propensity, Swaminathan and Joachims
    /// 2015).
    /// </summary>
    public double Rate => Events / Looks;
}

/// <summary>Shown offers of a log, as a model of relevance learns from them.</summary>
/// <param name="Known">Share of impressions whose propensity the log knew; of the others it is estimated from offers
/// that changed place.</param>
/// <param name="Effective">What the events are worth, weighed by 1/θ: (Σw)² / Σw².</param>
/// <param name="LeftOut">Number of impressions at positions of unknown propensity.</param>
internal sealed record RelevanceExamples(SearchLog Log,
    ImmutableArray<string> Features, ImmutableArray<RelevanceExample> All, double Known, double Effective, long LeftOut)
{
    public long Events => All.Sum(example => example.Events);

    /// <param name="connection">With the tables of <see cref="SearchLogContract"/>.</param>
    /// <param name="purchases">Whether purchases count instead of clicks.</param>
    public static RelevanceExamples Read(DuckDBConnection connection, bool purchases)
    {
        var log = SearchLog.Read(connection);
        var features = LoggedFeatures.Read(connection);
        var theta = ConditionalPositionBias.Fit(log)
            .ToDictionary(position => position.Rank, position => position.Theta);
        var (all, impressions, known, left, sum, squares) = (new List<RelevanceExample>(), 0L, 0L, 0L, 0.0, 0.0);
        var first = log.Searches.Where(search => search.Pair is not null)
            .GroupBy(search => (search.Family, search.Pair))
            .SelectMany(pair => pair.Select(search => (search.Question, First: pair.Min(item => item.Question))))
            .GroupBy(row => row.Question)
            .ToDictionary(question => question.Key, question => question.Min(row => row.First));
        foreach (var cell in Cells(connection, purchases).GroupBy(row => (row.Question, row.Offer, row.Vector)))
        {
            var (rank, n, looks, events) = (0.0, 0L, 0.0, 0L);
            foreach (var row in cell)
            {
                var chance = row.Propensity ?? theta.GetValueOrDefault(row.Rank, double.NaN);
                impressions += row.N;
                known += row.Propensity is null ? 0 : row.N;
                if (!(chance > 0))
                {
                    left += row.N;
                    continue;
                }

                (rank, n, looks, events) = (rank + ((double)row.Rank * row.N),
                    n + row.N, looks + (chance * row.N), events + row.Events);
                (sum, squares) = (sum + (row.Events / chance), squares + (row.Events / chance / chance));
            }

            if (n > 0)
            {
                all.Add(new(cell.Key.Question, cell.Key.Offer, features.Vectors[cell.Key.Vector], rank / n,
                    n, looks, events)
                { Meaning = first.GetValueOrDefault(cell.Key.Question, cell.Key.Question) });
            }
        }

        return new(log, features.Names,
            [.. all], impressions == 0 ? 0 : (double)known / impressions, squares == 0 ? 0 : sum * sum / squares, left);
    }

    /// <summary>The same with other features.</summary>
    public RelevanceExamples With(ImmutableArray<string> features)
    {
        int[] indices = [.. features.Select(name => Features.IndexOf(name))];
        return this with
        {
            Features = features,
            All = [.. All.Select(
                example => example with { Features = [.. indices.Select(index => example.Features[index])] })]
        };
    }

    private static List<(int Question, int Offer, int Vector, int Rank, double? Propensity, long N, long Events)> Cells(
        DuckDBConnection connection, bool purchases) => connection.Query(
        $"""
        SELECT m.question, m.offer, d.vector, m.rank, m.propensity, count(*),
               count(*) FILTER (WHERE {(purchases ? "m.is_purchased" : "m.is_clicked")})
        FROM impression m JOIN asked a USING (search) JOIN listed l USING (offer)
        JOIN described d ON d.search_id = a.search_id AND d.offer_id = l.offer_id
        WHERE m.rank IS NOT NULL GROUP BY ALL ORDER BY ALL
        """,
        row => ((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3),
            row.IsDBNull(4) ? null : (double?)row.GetDouble(4), row.GetInt64(5), row.GetInt64(6)));
}
