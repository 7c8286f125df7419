using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Neutrality.Logs;

/// <summary>A search log as audits need it: for every question and relevance, the exposure of each eligible
/// offer.</summary>
/// <param name="Questions">Distinct queries with their filters.</param>
/// <param name="Offers">Offers of the catalogue.</param>
/// <param name="Organisations">Organisations of the catalogue.</param>
/// <param name="Units">Exposure units, ordered by question, relevance context and falling relevance.</param>
/// <param name="Searches">Searches that are sound, with what they showed.</param>
/// <param name="Counts">What was read and what was left out.</param>
/// <param name="LastDay">Day of the last search.</param>
public sealed record SearchLog(
    ImmutableArray<Question> Questions,
    ImmutableArray<LoggedOffer> Offers, ImmutableArray<LoggedOrganisation> Organisations,
    ImmutableArray<ExposureUnit> Units, ImmutableArray<LoggedSearch> Searches, SearchLogCounts Counts,
    DateOnly LastDay)
{
    /// <summary>Whether relevance was learnt from clicks, instead of the log's own.</summary>
    public bool IsLearnt { get; init; }

    /// <summary>Reads the tables of <see cref="SearchLogContract"/> from a folder.</summary>
    /// <param name="folder">Folder with a CSV or Parquet file for each table.</param>
    /// <param name="relevance">Model whose relevance replaces the log's; null for the log's own.</param>
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
        ResolveRelevance(connection, relevance);
        using var stream = typeof(SearchLog).Assembly.GetManifestResourceStream("search-log.sql")!;
        using var text = new StreamReader(stream);
        foreach (var statement in text.ReadToEnd().ReplaceLineEndings("\n").Split("\n--\n"))
        {
            connection.Execute(statement);
        }

        var organisations = connection.Query("SELECT organisation_id, size, kind, entered_on FROM organisations ORDER "
            + "BY organisation_id", row => new LoggedOrganisation(row.GetString(0),
                Words(row, 1), Words(row, 2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3)));
        var placeOf = organisations.Index()
            .ToDictionary(organisation => organisation.Item.Id, organisation => organisation.Index);
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
                "SELECT question, relevance_context, relevance, offer, opportunities, exposure, shown, clicks FROM "
                    + "unit ORDER BY "
                    + "question, relevance_context, relevance DESC, offer",
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
    private static void ResolveRelevance(DuckDBConnection connection, RelevanceModel? relevance)
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
                appender.CreateRow().AppendValue((long)i).AppendValue(relevance.Predict(vector)).EndRow();
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
            FROM impression m JOIN asked a USING (search) JOIN listed l USING (offer)
            LEFT JOIN (SELECT * FROM features WHERE feature = 'distance_km') d
                ON d.search_id = a.search_id AND d.offer_id = l.offer_id
            WHERE m.rank IS NOT NULL ORDER BY m.search, m.rank
            """,
            row => (Search: (int)row.GetInt64(0), Result: new ShownOffer((int)row.GetInt64(1), (int)row.GetInt64(2),
                Number(row, 3) ?? double.NaN, row.GetBoolean(4))
            {
                IsPurchased = row.GetBoolean(5),
                Propensity = Number(
                    row, 6),
                Distance = Number(row, 7) ?? double.NaN
            })).ToLookup(row => row.Search, row => row.Result);
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
/// <param name="Query">Search text.</param>
/// <param name="Filters">Filters; empty for none.</param>
/// <param name="Searches">Number of its searches.</param>
public sealed record Question(string Query, string Filters, int Searches);

/// <summary>An offer of the catalogue; what the log does not know is null.</summary>
/// <param name="Id">Id of the offer.</param>
/// <param name="Organisation">Index of its organisation in the log; -1 where it is unknown.</param>
/// <param name="Modality"><c>onsite</c>, <c>remote</c> or <c>mixed</c>.</param>
/// <param name="Region">Region of the place, two digits (Insee).</param>
/// <param name="Price">Price, EUR.</param>
/// <param name="Level">European level of its certification, 1 to 8.</param>
/// <param name="Register"><c>RNCP</c> or <c>RS</c>.</param>
/// <param name="IsAccessible">Whether it is declared accessible to people with a disability.</param>
/// <param name="TextLength">Length of its description, in characters.</param>
/// <param name="Popularity">Orders or clicks in the months before the log.</param>
public sealed record LoggedOffer(string Id, int Organisation, string? Modality, string? Region,
    double? Price, int? Level, string? Register, bool? IsAccessible, long? TextLength, double? Popularity);

/// <summary>A training organisation; what the log does not know is null.</summary>
/// <param name="Id">Id of the organisation.</param>
/// <param name="Size"><c>micro</c>, <c>small</c>, <c>medium</c> or <c>large</c>.</param>
/// <param name="Kind"><c>public</c>, <c>private</c> or <c>association</c>.</param>
/// <param name="EnteredOn">First day on the platform.</param>
public sealed record LoggedOrganisation(string Id, string? Size, string? Kind, DateOnly? EnteredOn);

/// <summary>Exposure of an offer over the searches of a question in which it was eligible and had this
/// relevance.</summary>
/// <param name="Question">Index of the question.</param>
/// <param name="RelevanceContext">Index of the search, where relevance differs between searches of the question; -1
/// where it does not and all searches are compared together.</param>
/// <param name="Relevance">Relevance, at least 0.</param>
/// <param name="Offer">Index of the offer.</param>
/// <param name="Opportunities">Number of such searches.</param>
/// <param name="Exposure">Sum of 1/log₂(rank + 1) over them; a search that did not show it adds 0.</param>
/// <param name="Shown">Number of searches that showed it.</param>
/// <param name="Clicks">Number of searches in which it was clicked.</param>
public readonly record struct ExposureUnit(
    int Question,
    int RelevanceContext, double Relevance, int Offer, int Opportunities, double Exposure, int Shown, int Clicks);

/// <summary>A search with what it showed.</summary>
/// <param name="Id">Id of the search.</param>
/// <param name="Question">Index of the question.</param>
/// <param name="At">Time of the answer.</param>
/// <param name="Context">Class of situation in which it was asked; null where unknown.</param>
/// <param name="Family">Family of its pair of questions; null where it has none.</param>
/// <param name="Pair">Id of the pair within the family; null where it has none.</param>
/// <param name="Results">Offers shown, from the first position on.</param>
public sealed record LoggedSearch(string Id,
    int Question, DateTime At, string? Context, string? Family, string? Pair, ImmutableArray<ShownOffer> Results);

/// <summary>An offer that a search showed.</summary>
/// <param name="Offer">Index of the offer.</param>
/// <param name="Rank">Rank, from 1.</param>
/// <param name="Relevance">Relevance, at least 0; NaN where it is not known.</param>
/// <param name="IsClicked">Whether it was opened.</param>
public readonly record struct ShownOffer(int Offer, int Rank, double Relevance, bool IsClicked)
{
    /// <summary>Whether it was bought.</summary>
    public bool IsPurchased { get; init; }

    /// <summary>Chance that it is looked at where it stands, in [0, 1]; null where the log does not have it.</summary>
    public double? Propensity { get; init; }

    /// <summary>Feature <c>distance_km</c>: kilometres to the place asked for; NaN where it is not known.</summary>
    public double Distance { get; init; } = double.NaN;
}
