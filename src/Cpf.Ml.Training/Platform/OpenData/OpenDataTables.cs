using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Platform.OpenData;

/// <summary>The public data sets of Mon Compte Formation, as tables of platform data.</summary>
/// <remarks>
/// Published is a number of dossiers by month, certification, modality and place, with mean price and mean hours. Each
/// becomes so many dossiers of one offer, evenly over the days of its month; single prices and hours of day stay
/// unknown (<c>purchases.price</c> is missing). Who sold is not published: a certification's dossiers are dealt to the
/// offers of the catalogue by their open sessions, so that shares of sellers are those of the catalogue and of its day.
/// Who does not sit in the register's tables gets what RegisterExport would fill in.
/// </remarks>
internal sealed class OpenDataTables : IDisposable
{
    private readonly DuckDBConnection _connection;
    private readonly bool _hasCatalogue;
    private readonly bool _hasCompanies;

    private OpenDataTables(DuckDBConnection connection, bool hasCatalogue, bool hasCompanies) =>
        (_connection, _hasCatalogue, _hasCompanies) = (connection, hasCatalogue, hasCompanies);

    /// <exception cref="InputException">A file is none of these, or none of its rows can be read.</exception>
    public static OpenDataTables Read(string purchases, string? catalogue, string? companies)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        try
        {
            connection.Open();
            OpenDataFiles.ReadPurchases(connection, purchases);
            OpenDataFiles.ReadCatalogue(connection, catalogue);
            OpenDataFiles.ReadCompanies(connection, companies);
            return new OpenDataTables(connection, catalogue is not null, companies is not null);
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            throw new InputException($"{purchases}: it cannot be read: {exception.Words()}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <returns>What was written, what was left out and why, and what stays unknown.</returns>
    public IEnumerable<string> Write(DirectoryInfo folder)
    {
        folder.Create();
        string At(string table) => Path.Combine(folder.FullName, table + ".parquet");
        void Load(string table, string columns)
        {
            var source = File.Exists(At(table)) ? $"FROM read_parquet({Sql.Quote(At(table))})"
                : $"SELECT {columns} WHERE false";
            _connection.Execute($"CREATE TABLE known_{table} AS {source}");
        }

        Load("certifications", "''::VARCHAR AS certification_id, ''::VARCHAR AS nsf");
        Load("organisations", "''::VARCHAR AS organisation_id, ''::VARCHAR AS siren");
        Execute(Deal);
        Save("certifications", At, Certifications);

        // What is not known is no column: a column without values would be a claim.
        Save("organisations", At, _hasCompanies ? Organisations : $"SELECT * EXCLUDE (created_on) FROM "
            + $"({Organisations})");
        Save("offers", At, $"SELECT * EXCLUDE "
            + $"({(_hasCatalogue ? "place" : "place, organisation_id, title, programme")}) FROM ({Offers})");
        Save("purchases", At, Purchases);

        string Number(string statement) =>
            _connection.Query($"SELECT count(*) FROM ({statement})", row => row.GetInt64(0))
                .Single().ToString("N0", CultureInfo.InvariantCulture);
        const string Unregistered =
            "SELECT DISTINCT code FROM dealt WHERE code NOT IN (SELECT certification_id FROM known_certifications)";
        yield return $"{folder.FullName}: {Number("FROM dealt")} dossiers of "
            + $"{Number("SELECT DISTINCT code FROM dealt")} certifications in "
            + $"{Number("SELECT DISTINCT month FROM dealt")} months, "
            + $"{Number(Unregistered)} of them not in the register's tables.";
        foreach (var (reason, rows) in _connection.Query("SELECT reason, count(*) FROM published WHERE reason <> '' "
            + "GROUP BY ALL ORDER BY 2 DESC, 1", row => (row.GetString(0), row.GetInt64(1))))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Left out: {rows:N0} rows, {reason}.");
        }

        yield return _hasCatalogue
            ? $"Sellers: {Number("SELECT DISTINCT organisation_id FROM sellers")} of the catalogue; "
                + $"{Number("FROM dealt WHERE place IS NULL")} dossiers of certifications that are no longer in it "
                + "have none. Dossiers are dealt to sellers by open sessions."
            : "Sellers: unknown without --catalogue.";
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string statement) => _connection.Execute(statement);

    private void Save(string table, Func<string, string> at, string statement) => Execute($"COPY ({statement}) TO "
        + $"{Sql.Quote(at(table))} (FORMAT parquet)");

    /// <summary>
    /// Dossiers one by one. Roberts's R2 sequence (2018, after Weyl's of the golden ratio) deals any run of dossiers
    /// evenly over sellers and over the days of a month at once.
    /// </summary>
    private const string Deal =
        """
        CREATE TABLE dealt AS
        WITH singles AS (
            SELECT p.*, i, row_number() OVER (PARTITION BY code ORDER BY month, row, i) AS turn
            FROM (SELECT *, unnest(range(n)) AS i FROM published WHERE reason = '') p
        ),
        placed AS (SELECT *, (turn * 0.7548776662466927) % 1 AS u, (turn * 0.5698402909980532) % 1 AS v FROM singles)
        SELECT row_number() OVER (ORDER BY p.month, p.row, p.i) AS purchase_id,
               dense_rank() OVER (ORDER BY p.row, s.place) AS offer_id, p.code, p.month, p.modality, p.hours, p.price,
               p.is_given_up, s.place,
               (p.month + to_days(CAST(floor(
                   p.v * date_diff('day', p.month, p.month + INTERVAL 1 MONTH)) AS INTEGER)))::DATE AS day
        FROM placed p ASOF LEFT JOIN sellers s ON p.code = s.code AND p.u <= s.upto
        """;

    private const string Certifications =
        """
        FROM known_certifications
        UNION ALL BY NAME
        SELECT code AS certification_id, CASE WHEN code LIKE 'RS%' THEN 'RS' ELSE 'RNCP' END AS register,
               coalesce(any_value(s.certification), code) AS title,
               coalesce(
                   nullif(regexp_extract(coalesce(any_value(s.field), any_value(p.field)), '[0-9]{3}'), ''), '000'
               ) AS nsf, CASE WHEN code NOT LIKE 'RS%' THEN max(s.level) END AS level, 'unknown' AS certifier_id,
               DATE '2002-01-17' AS registered_on, DATE '9999-12-31' AS expires_on
        FROM (
            SELECT code, any_value(field) AS field FROM published WHERE reason = '' GROUP BY ALL
            UNION ALL
            SELECT DISTINCT code, NULL FROM sellers
        ) p LEFT JOIN sellers s USING (code)
        WHERE code NOT IN (SELECT certification_id FROM known_certifications) GROUP BY code ORDER BY certification_id
        """;

    private const string Organisations =
        """
        SELECT organisation_id, siren, c.created_on FROM (
            SELECT organisation_id, siren FROM known_organisations
            UNION SELECT organisation_id, left(organisation_id, 9) FROM sellers
        ) LEFT JOIN companies c USING (siren) ORDER BY organisation_id
        """;

    /// <summary>What was ordered, each for its month; and the catalogue itself, from the last month on.</summary>
    private const string Offers =
        """
        SELECT d.*, s.organisation_id, s.title, s.programme FROM (
            SELECT offer_id, code AS certification_id, place, modality, any_value(hours) AS hours,
                   any_value(price)::DECIMAL(12, 2) AS price, month AS opened_on,
                   (month + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE AS closed_on FROM dealt GROUP BY ALL
            UNION ALL
            SELECT (SELECT max(offer_id) FROM dealt) + place, code, place, modality, hours, price::DECIMAL(12, 2),
                   (SELECT max(month) FROM dealt), NULL FROM sellers WHERE price >= 0
        ) d LEFT JOIN sellers s USING (place) ORDER BY offer_id
        """;

    private const string Purchases =
        """
        SELECT purchase_id, offer_id, day::TIMESTAMP AS ordered_at,
               CASE WHEN is_given_up THEN 'cancelled' ELSE 'validated' END AS state,
               CASE WHEN is_given_up THEN day END AS cancelled_on FROM dealt ORDER BY purchase_id
        """;
}
