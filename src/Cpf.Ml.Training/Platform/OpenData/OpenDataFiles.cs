using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Platform.OpenData;

/// <summary>The published files as tables of a connection: purchases by month, the catalogue, and companies.</summary>
/// <remarks>Each method throws an <see cref="InputException"/> where a column is missing or no row can be
/// read.</remarks>
internal static class OpenDataFiles
{
    /// <summary>Of states of dossiers, those that mean it was given up, without accents and in small letters.</summary>
    private const string GivenUp = "annul|refus|abandon|rejet|sans suite";

    private const string Unregistrable = "neither of the register nor of the specific register (driving licence, "
        + "skills assessment, validation of experience, start-ups)";

    /// <summary>Creates the table published: a row of the file each, with the reason why it is left out, empty for
    /// none.</summary>
    public static void ReadPurchases(DuckDBConnection connection, string path)
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
                SELECT row_number() OVER () AS row,
                       coalesce(
                           try_strptime(trim({c[0]}), ['%Y-%m-%d', '%Y-%m', '%d/%m/%Y', '%m/%Y']),
                           try_cast({c[0]} AS TIMESTAMP)
                       )::DATE AS day, {Folded(c[1])} AS state,
                       CASE WHEN {Digits(special)} <> '' AND upper({c[2]}) NOT LIKE '%RNCP%'
                                THEN 'RS' || {Digits(special)}
                            WHEN {Digits(c[3])} <> '' THEN 'RNCP' || {Digits(c[3])} END AS code,
                       {Folded(c[4])} AS presence, try_cast({c[5]} AS BIGINT) AS n, {Decimal(c[6])} AS price,
                       {Decimal(Optional("duree_moyenne"))} AS hours, {Optional("domaine_formation_nsf")} AS field
                FROM {file.Source}
            )
            SELECT *, date_trunc('month', day)::DATE AS month,
                   CASE WHEN presence LIKE '%distance%' THEN 'remote'
                        WHEN presence LIKE '%mixte%' OR presence LIKE '%hybride%' THEN 'mixed'
                        ELSE 'onsite' END AS modality,
                   regexp_matches(state, '{GivenUp}') AS is_given_up,
                   CASE WHEN code IS NULL THEN '{Unregistrable}'
                        WHEN day IS NULL THEN 'no month in date_validation'
                        WHEN n IS NULL OR n < 1 THEN 'no number in nb_dossiers'
                        WHEN price IS NULL OR price < 0 THEN 'no price in prix_moyen'
                        ELSE '' END AS reason
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

    /// <summary>Creates the table sellers: an offer of the catalogue each, with its cumulated share of its
    /// certification's open sessions.</summary>
    /// <param name="path">Null for none: the table is empty.</param>
    public static void ReadCatalogue(DuckDBConnection connection, string? path)
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
                SELECT CASE WHEN {Digits(special)} <> '' AND upper({c[1]}) NOT LIKE '%RNCP%'
                                THEN 'RS' || {Digits(special)}
                            WHEN {Digits(c[2])} <> '' THEN 'RNCP' || {Digits(c[2])} END AS code,
                       regexp_replace({c[0]}, '\s', '', 'g') AS organisation_id, trim({c[3]}) AS title,
                       trim({Optional("points_forts")}) AS programme,
                       trim({Optional("intitule_certification")}) AS certification,
                       {Optional("code_nsf_1")} AS field,
                       try_cast(
                           regexp_extract({Optional("libelle_niveau_sortie_formation", "niveau")}, '[1-8]') AS BIGINT
                       ) AS level, greatest(1, coalesce(try_cast({c[4]} AS BIGINT), 1)) AS sessions,
                       {Decimal(c[5])} AS price, {Decimal(c[6])} AS hours,
                       CASE WHEN coalesce(try_cast({Optional("nb_session_a_distance")} AS BIGINT), 0) > 0 THEN 'remote'
                           ELSE 'onsite' END AS modality
                FROM {file.Source}
            ),
            offered AS ( -- the same offer is published once for each place
                SELECT code, organisation_id, title, programme, any_value(certification) AS certification,
                       any_value(field) AS field, max(level) AS level, sum(sessions) AS sessions,
                       avg(price) AS price, avg(hours) AS hours, max(modality) AS modality
                FROM r WHERE code IS NOT NULL AND regexp_matches(organisation_id, '^[0-9]{"{14}"}$')
                GROUP BY code, organisation_id, title, programme
            )
            SELECT *, row_number() OVER (ORDER BY code, organisation_id, title, programme) AS place,
                   sum(sessions) OVER (
                       PARTITION BY code ORDER BY organisation_id, title, programme ROWS UNBOUNDED PRECEDING
                   ) / sum(sessions) OVER (PARTITION BY code) AS upto FROM offered
            """);
        if (connection.Query("SELECT count(*) FROM sellers", row => row.GetInt64(0)).Single() == 0)
        {
            throw new InputException($"{path}: no row has a SIRET of 14 digits and a certification's code.");
        }
    }

    /// <summary>Creates the table companies: when the sellers' companies were founded.</summary>
    /// <param name="path">Null for none: the table is empty.</param>
    public static void ReadCompanies(DuckDBConnection connection, string? path)
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
}
