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
    /// <summary>Of states of dossiers, those that mean it was given up, without accents and in small letters.</summary>
    private const string GivenUp = "annul|refus|abandon|rejet|sans suite";

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
            ReadPurchases(connection, purchases);
            ReadCatalogue(connection, catalogue);
            ReadCompanies(connection, companies);
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
        void Take(string table, string columns) => _connection.Execute(
            $"CREATE TABLE known_{table} AS "
                + $"{(File.Exists(At(table)) ? $"FROM read_parquet({Sql.Quote(At(table))})" : $"SELECT {columns} WHERE false")}");
        Take("certifications", "''::VARCHAR AS certification_id, ''::VARCHAR AS nsf");
        Take("organisations", "''::VARCHAR AS organisation_id, ''::VARCHAR AS siren");
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
        yield return $"{folder.FullName}: {Number("FROM dealt")} dossiers of "
            + $"{Number("SELECT DISTINCT code FROM dealt")} certifications in "
            + $"{Number("SELECT DISTINCT month FROM dealt")} months, "
            + $"{Number($"SELECT DISTINCT code FROM dealt WHERE code NOT IN (SELECT certification_id FROM known_certifications)")} "
            + $"of them not in the register's tables.";
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

    private static void ReadPurchases(DuckDBConnection connection, string path)
    {
        var file = new ExportFile(connection, path);
        var c = file.Columns("date_validation",
            "statut_dossier", "type_referentiel", "code_rncp", "modalite_presence", "nb_dossiers", "prix_moyen");
        var special = file.Find("code_rs", "code_inventaire") ?? throw new InputException($"{path}: no column "
            + "code_rs.");
        string Optional(string name) => file.Find(name) ?? "NULL::VARCHAR";
        connection.Execute(
            $"""
            CREATE TABLE published AS
            WITH r AS (
                SELECT row_number() OVER () AS row, coalesce(try_strptime(trim({c[0]}), ['%Y-%m-%d', '%Y-%m', '%d/%m/%Y', '%m/%Y']), try_cast({c[0]} AS TIMESTAMP))::DATE AS day, {Folded(c[1])} AS state,
                       CASE WHEN {Digits(special)} <> '' AND upper({c[2]}) NOT LIKE '%RNCP%' THEN 'RS' || {Digits(special)} WHEN {Digits(c[3])} <> '' THEN 'RNCP' || {Digits(c[3])} END AS code,
                       {Folded(c[4])} AS presence, try_cast({c[5]} AS BIGINT) AS n, {Decimal(c[6])} AS price, {Decimal(Optional("duree_moyenne"))} AS hours, {Optional("domaine_formation_nsf")} AS field
                FROM {file.Source}
            )
            SELECT *, date_trunc('month', day)::DATE AS month,
                   CASE WHEN presence LIKE '%distance%' THEN 'remote' WHEN presence LIKE '%mixte%' OR presence LIKE '%hybride%' THEN 'mixed' ELSE 'onsite' END AS modality, regexp_matches(state, '{GivenUp}') AS is_given_up,
                   CASE WHEN code IS NULL THEN 'neither of the register nor of the specific register (driving licence, skills assessment, validation of experience, start-ups)'
                        WHEN day IS NULL THEN 'no month in date_validation' WHEN n IS NULL OR n < 1 THEN 'no number in nb_dossiers' WHEN price IS NULL OR price < 0 THEN 'no price in prix_moyen' ELSE '' END AS reason
            FROM r
            """);
        var (all, good) = connection.Query("SELECT count(*), count(*) FILTER (reason = '') FROM published",
            row => (row.GetInt64(0), row.GetInt64(1))).Single();
        if (good == 0)
        {
            var why = connection.Query("SELECT reason || ': ' || count(*) FROM published GROUP BY reason ORDER BY "
                + "count(*) DESC", row => row.GetString(0));
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: none of its {all} rows can "
                + $"be read{(why.Count == 0 ? "" : "; ")}{string.Join(", ", why)}."));
        }
    }

    private static void ReadCatalogue(DuckDBConnection connection, string? path)
    {
        if (path is null)
        {
            connection.Execute("CREATE TABLE sellers (code VARCHAR, organisation_id VARCHAR, title VARCHAR, programme "
                + "VARCHAR, certification VARCHAR, field VARCHAR, level BIGINT, upto DOUBLE, price DOUBLE, hours "
                + "DOUBLE, modality VARCHAR, place BIGINT)");
            return;
        }

        var file = new ExportFile(connection, path);
        var c = file.Columns("siret", "type_referentiel",
            "code_rncp", "intitule_formation", "nb_session_active", "frais_ttc_tot_mean", "nombre_heures_total_mean");
        var special = file.Find("code_inventaire", "code_rs") ?? throw new InputException($"{path}: no column "
            + "code_inventaire.");
        string Optional(params string[] names) => file.Find(names) ?? "NULL::VARCHAR";
        connection.Execute(
            $"""
            CREATE TABLE sellers AS
            WITH r AS (
                SELECT CASE WHEN {Digits(special)} <> '' AND upper({c[1]}) NOT LIKE '%RNCP%' THEN 'RS' || {Digits(special)} WHEN {Digits(c[2])} <> '' THEN 'RNCP' || {Digits(c[2])} END AS code,
                       regexp_replace({c[0]}, '\s', '', 'g') AS organisation_id, trim({c[3]}) AS title, trim({Optional("points_forts")}) AS programme, trim({Optional("intitule_certification")}) AS certification,
                       {Optional("code_nsf_1")} AS field, try_cast(regexp_extract({Optional("libelle_niveau_sortie_formation", "niveau")}, '[1-8]') AS BIGINT) AS level, greatest(1, coalesce(try_cast({c[4]} AS BIGINT), 1)) AS sessions,
                       {Decimal(c[5])} AS price, {Decimal(c[6])} AS hours, CASE WHEN coalesce(try_cast({Optional("nb_session_a_distance")} AS BIGINT), 0) > 0 THEN 'remote' ELSE 'onsite' END AS modality
                FROM {file.Source}
            ),
            offered AS ( -- the same offer is published once for each place
                SELECT code, organisation_id, title, programme, any_value(certification) AS certification, any_value(field) AS field, max(level) AS level, sum(sessions) AS sessions,
                       avg(price) AS price, avg(hours) AS hours, max(modality) AS modality
                FROM r WHERE code IS NOT NULL AND regexp_matches(organisation_id, '^[0-9]{"{14}"}$') GROUP BY code, organisation_id, title, programme
            )
            SELECT *, row_number() OVER (ORDER BY code, organisation_id, title, programme) AS place,
                   sum(sessions) OVER (PARTITION BY code ORDER BY organisation_id, title, programme ROWS UNBOUNDED PRECEDING) / sum(sessions) OVER (PARTITION BY code) AS upto FROM offered
            """);
        if (connection.Query("SELECT count(*) FROM sellers", row => row.GetInt64(0)).Single() == 0)
        {
            throw new InputException($"{path}: no row has a SIRET of 14 digits and a certification's code.");
        }
    }

    private static void ReadCompanies(DuckDBConnection connection, string? path)
    {
        if (path is null)
        {
            connection.Execute("CREATE TABLE companies (siren VARCHAR, created_on DATE)");
            return;
        }

        // SIRENE is published with commas.
        var file =
            new ExportFile(connection, path, path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? ';' : ',');
        var c = file.Columns("siren", "dateCreationUniteLegale");
        connection.Execute($"CREATE TABLE companies AS SELECT {c[0]} AS siren, min(try_cast({c[1]} AS DATE)) AS "
            + $"created_on FROM {file.Source} WHERE {c[0]} IN (SELECT left(organisation_id, 9) FROM sellers) GROUP BY "
            + "ALL");
    }

    private static string Digits(string column) => $"coalesce(ltrim(regexp_extract({column}, '[0-9]+'), '0'), '')";

    private static string Folded(string column) => $"lower(strip_accents(coalesce({column}, '')))";

    private static string Decimal(string column) => $"try_cast(replace({column}, ',', '.') AS DOUBLE)";

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
            SELECT p.*, i, row_number() OVER (PARTITION BY code ORDER BY month, row, i) AS turn FROM (SELECT *, unnest(range(n)) AS i FROM published WHERE reason = '') p
        ),
        placed AS (SELECT *, (turn * 0.7548776662466927) % 1 AS u, (turn * 0.5698402909980532) % 1 AS v FROM singles)
        SELECT row_number() OVER (ORDER BY p.month, p.row, p.i) AS purchase_id, dense_rank() OVER (ORDER BY p.row, s.place) AS offer_id, p.code, p.month, p.modality, p.hours, p.price, p.is_given_up, s.place,
               (p.month + to_days(CAST(floor(p.v * date_diff('day', p.month, p.month + INTERVAL 1 MONTH)) AS INTEGER)))::DATE AS day
        FROM placed p ASOF LEFT JOIN sellers s ON p.code = s.code AND p.u <= s.upto
        """;

    private const string Certifications =
        """
        FROM known_certifications
        UNION ALL BY NAME
        SELECT code AS certification_id, CASE WHEN code LIKE 'RS%' THEN 'RS' ELSE 'RNCP' END AS register, coalesce(any_value(s.certification), code) AS title,
               coalesce(nullif(regexp_extract(coalesce(any_value(s.field), any_value(p.field)), '[0-9]{3}'), ''), '000') AS nsf, CASE WHEN code NOT LIKE 'RS%' THEN max(s.level) END AS level, 'unknown' AS certifier_id,
               DATE '2002-01-17' AS registered_on, DATE '9999-12-31' AS expires_on
        FROM (SELECT code, any_value(field) AS field FROM published WHERE reason = '' GROUP BY ALL UNION ALL SELECT DISTINCT code, NULL FROM sellers) p LEFT JOIN sellers s USING (code)
        WHERE code NOT IN (SELECT certification_id FROM known_certifications) GROUP BY code ORDER BY certification_id
        """;

    private const string Organisations =
        """
        SELECT organisation_id, siren, c.created_on FROM (
            SELECT organisation_id, siren FROM known_organisations UNION SELECT organisation_id, left(organisation_id, 9) FROM sellers
        ) LEFT JOIN companies c USING (siren) ORDER BY organisation_id
        """;

    /// <summary>What was ordered, each for its month; and the catalogue itself, from the last month on.</summary>
    private const string Offers =
        """
        SELECT d.*, s.organisation_id, s.title, s.programme FROM (
            SELECT offer_id, code AS certification_id, place, modality, any_value(hours) AS hours, any_value(price)::DECIMAL(12, 2) AS price, month AS opened_on, (month + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE AS closed_on FROM dealt GROUP BY ALL
            UNION ALL SELECT (SELECT max(offer_id) FROM dealt) + place, code, place, modality, hours, price::DECIMAL(12, 2), (SELECT max(month) FROM dealt), NULL FROM sellers WHERE price >= 0
        ) d LEFT JOIN sellers s USING (place) ORDER BY offer_id
        """;

    private const string Purchases =
        """
        SELECT purchase_id, offer_id, day::TIMESTAMP AS ordered_at, CASE WHEN is_given_up THEN 'cancelled' ELSE 'validated' END AS state, CASE WHEN is_given_up THEN day END AS cancelled_on FROM dealt ORDER BY purchase_id
        """;
}
