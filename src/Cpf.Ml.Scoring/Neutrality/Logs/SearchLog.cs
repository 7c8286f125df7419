using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Neutrality.Logs;

/// <summary>A search log as audits need it: for every question and relevance, what each eligible offer got.</summary>
/// <param name="Questions">Query and filters.</param>
/// <param name="Units">In the order of questions, then of falling relevance.</param>
/// <param name="Counts">What was read and left out.</param>
/// <param name="LastDay">Of the last search.</param>
public sealed record SearchLog(
    ImmutableArray<Question> Questions,
    ImmutableArray<LoggedOffer> Offers, ImmutableArray<LoggedOrganisation> Organisations,
    ImmutableArray<ExposureUnit> Units, ImmutableArray<LoggedSearch> Searches, SearchLogCounts Counts,
    DateOnly LastDay)
{
    /// <summary>Whether relevance was learnt from clicks, instead of the log's own.</summary>
    public bool IsLearnt { get; init; }

    /// <param name="relevance">Learnt, and taken instead of the log's; null for the log's own.</param>
    /// <exception cref="PlatformDataException">A file, column or feature is missing, or a value is not what
    /// docs/search-log.md says.</exception>
    public static SearchLog Read(string folder, RelevanceModel? relevance = null)
    {
        using var data = PlatformData.Open(folder, tables: SearchLogContract.Tables);
        return Read(data.Connection, relevance);
    }

    /// <param name="connection">With the tables of <see cref="SearchLogContract"/>.</param>
    /// <param name="relevance">Learnt, and taken instead of the log's; null for the log's own.</param>
    internal static SearchLog Read(DuckDBConnection connection, RelevanceModel? relevance = null)
    {
        Judge(connection, relevance);
        using var stream = typeof(SearchLog).Assembly.GetManifestResourceStream("search-log.sql")!;
        using var text = new StreamReader(stream);
        foreach (var statement in text.ReadToEnd().ReplaceLineEndings("\n").Split("\n--\n"))
        {
            connection.Execute(statement);
        }

        var organisations = connection.Query("SELECT organisation_id, size, kind, entered_on FROM organisations ORDER "
            + "BY organisation_id", row => new LoggedOrganisation(row.GetString(0),
                Words(row, 1), Words(row, 2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3)));
        var placeOf = organisations.Index().ToDictionary(one => one.Item.Id, one => one.Index);
        return new(
            [.. connection.Query("SELECT query, filters, searches FROM question ORDER BY question",
                row => new Question(row.GetString(0), row.GetString(1), (int)row.GetInt64(2)))],
            [.. connection.Query(
                "SELECT o.offer_id, o.organisation_id, modality, region, price, level, register, is_accessible, "
                    + "text_length, popularity FROM listed JOIN offers o USING (offer_id) ORDER BY offer",
                row => new LoggedOffer(
                    row.GetString(0), placeOf.GetValueOrDefault(row.GetString(1), -1),
                    Words(row, 2), Words(row, 3), Number(row, 4), row.IsDBNull(5) ? null : (int)row.GetInt64(5),
                    Words(row, 6), row.IsDBNull(7) ? null : row.GetBoolean(7),
                    row.IsDBNull(8) ? null : row.GetInt64(8), Number(row, 9)))],
            [.. organisations],
            [.. connection.Query(
                "SELECT question, sheet, relevance, offer, opportunities, exposure, shown, clicks FROM unit ORDER BY "
                    + "question, sheet, relevance DESC, offer",
                row => new ExposureUnit(
                    (int)row.GetInt64(0), (int)row.GetInt64(1), row.GetDouble(2), (int)row.GetInt64(3),
                    (int)row.GetInt64(4), row.GetDouble(5), (int)row.GetInt64(6), (int)row.GetInt64(7)))],
            Ranked(connection),
            connection.Query("SELECT * FROM counted", row => new SearchLogCounts(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11)))
                .Single(),
            connection.Query("SELECT max(searched_at) FROM searches",
                row => row.IsDBNull(0) ? default : DateOnly.FromDateTime(row.GetDateTime(0))).Single())
        {
            IsLearnt = relevance is not null,
        };
    }

    /// <summary>Impressions with the relevance that counts; an offer that no feature is known of has none.</summary>
    private static void Judge(DuckDBConnection connection, RelevanceModel? relevance)
    {
        if (relevance is null)
        {
            connection.Execute("CREATE TEMP VIEW judged AS SELECT * FROM impressions");
            return;
        }

        var lacking = relevance.Features.Except(LoggedFeatures.NamesIn(connection)).ToList();
        if (lacking.Count > 0)
        {
            throw new PlatformDataException([$"table features: the model of relevance "
                + $"needs {string.Join(", ", lacking)}, which the log does not have."]);
        }

        var features = LoggedFeatures.Read(connection, relevance.Features);
        connection.Execute("CREATE TEMP TABLE learnt (vector BIGINT, relevance DOUBLE)");
        using (var appender = connection.CreateAppender("learnt"))
        {
            foreach (var (i, vector) in features.Vectors.Index())
            {
                appender.CreateRow().AppendValue((long)i).AppendValue(relevance.Of(vector)).EndRow();
            }
        }

        connection.Execute("CREATE TEMP TABLE judged AS SELECT i.* REPLACE (l.relevance AS relevance) FROM impressions "
            + "i LEFT JOIN described d USING (search_id, offer_id) LEFT JOIN learnt l USING (vector)");
    }

    /// <summary>Searches with what they showed; those without a result too.</summary>
    private static ImmutableArray<LoggedSearch> Ranked(DuckDBConnection connection)
    {
        var shown = connection.Query(
            """
            SELECT m.search, m.offer, m.rank, m.relevance, m.is_clicked, m.is_purchased, m.propensity, d.value
            FROM impression m JOIN asked a USING (search) JOIN listed l USING (offer) LEFT JOIN (SELECT * FROM features WHERE feature = 'distance_km') d ON d.search_id = a.search_id AND d.offer_id = l.offer_id
            WHERE m.rank IS NOT NULL ORDER BY m.search, m.rank
            """,
            row => (Search: (int)row.GetInt64(0), Result: new ShownOffer((int)row.GetInt64(1), (int)row.GetInt64(2),
                Number(row, 3) ?? double.NaN, row.GetBoolean(4))
            {
                IsPurchased = row.GetBoolean(5),
                Propensity = Number(
                    row, 6),
                Distance = Number(row, 7) ?? double.NaN
            })).ToLookup(one => one.Search, one => one.Result);
        return [.. connection.Query(
            "SELECT search, search_id, question, searched_at, context, family, pair FROM asked ANTI JOIN "
                + "(SELECT search "
                + "FROM sound WHERE is_broken OR is_flat) USING (search) ORDER BY search",
            row => new LoggedSearch(row.GetString(1), (int)row.GetInt64(2),
                row.GetDateTime(3), Words(row, 4), Words(row, 5), Words(row, 6), [.. shown[(int)row.GetInt64(0)]]))];
    }

    private static string? Words(DuckDBDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static double? Number(DuckDBDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetDouble(column);
}

/// <summary>Searches of the same query and filters.</summary>
public sealed record Question(string Query, string Filters, int Searches);

/// <param name="Organisation">Its place in the log; -1 where it is unknown.</param>
public sealed record LoggedOffer(string Id, int Organisation, string? Modality, string? Region,
    double? Price, int? Level, string? Register, bool? IsAccessible, long? TextLength, double? Popularity);

public sealed record LoggedOrganisation(string Id, string? Size, string? Kind, DateOnly? EnteredOn);

/// <summary>What an offer got over the searches of a question in which it was eligible and had this
/// relevance.</summary>
/// <param name="Sheet">The search, where relevance differs between searches of the question; -1 where it does not and
/// all are one.</param>
/// <param name="Opportunities">Such searches.</param>
/// <param name="Exposure">Sum of 1/log₂(rank + 1); a search that did not show it gives 0.</param>
/// <param name="Shown">Searches that showed it.</param>
public readonly record struct ExposureUnit(
    int Question, int Sheet, double Relevance, int Offer, int Opportunities, double Exposure, int Shown, int Clicks);

/// <param name="Results">From the first position on.</param>
public sealed record LoggedSearch(string Id,
    int Question, DateTime At, string? Context, string? Family, string? Pair, ImmutableArray<ShownOffer> Results);

/// <param name="Relevance">NaN where it is not known.</param>
public readonly record struct ShownOffer(int Offer, int Rank, double Relevance, bool IsClicked)
{
    public bool IsPurchased { get; init; }

    /// <summary>Chance that it is looked at where it stands; null where the log does not know it.</summary>
    public double? Propensity { get; init; }

    /// <summary>Feature <c>distance_km</c>; NaN where it is not known.</summary>
    public double Distance { get; init; } = double.NaN;
}
