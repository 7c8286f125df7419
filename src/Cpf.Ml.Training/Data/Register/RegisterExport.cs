using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Data.Register;

/// <summary>An export of the national register (France compétences), as the table <c>fiches</c> of a database in memory: today's official layout, or that of 2021.</summary>
/// <remarks>
/// Spellings of headers differ between releases: columns are found without case, accents and punctuation. Texts have doubled quotes (<c>d''air</c>) and line breaks, numbers of organisations a tab before them.
/// What an export does not say is filled as the law says: a registration lasts five years at most (C. trav. L. 6113-5), the register exists since 2002.
/// </remarks>
internal sealed class RegisterExport : IDisposable
{
    private RegisterExport(DuckDBConnection connection, bool hasPartners) => (Connection, HasPartners) = (connection, hasPartners);

    /// <summary>With <c>fiches</c> (certification_id, title, nsf, level, certifier_id, registered_on, expires_on, standard), and <c>partners</c> (certification_id, siret, begins_on, ends_on) where they are exported.</summary>
    public DuckDBConnection Connection { get; }

    public bool HasPartners { get; }

    /// <exception cref="InputException">It is no export, or a file lacks a column.</exception>
    public static RegisterExport Open(string folder)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        try
        {
            connection.Open();
            var files = new Files(connection, folder);
            var hasPartners = false;
            if (files.Find("Standard") is { } standard)
            {
                hasPartners = Official(connection, files, standard);
            }
            else if (files.Find("rncp_info") is { } info)
            {
                Of2021(connection, files, info);
            }
            else
            {
                throw new InputException($"{folder}: no export of the register: neither a file *Standard*.csv (official layout) nor rncp_info.csv (2021).");
            }

            return new RegisterExport(connection, hasPartners);
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            throw new InputException($"{folder}: it cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => Connection.Dispose();

    private static bool Official(DuckDBConnection connection, Files files, string standard)
    {
        var s = files.Columns(standard, "Numero_Fiche", "Intitule", "Nomenclature_Europe_Niveau", "Date_Fin_Enregistrement");
        string Date(string name) => files.Optional(standard, name) is { } column ? Day(column) : "NULL::DATE";
        Fiches(
            connection,
            $"""
            SELECT {s[0]} AS id, {s[1]} AS title, {s[2]} AS level, coalesce({Date("Date_Effet")}, {Date("Date_Decision")}, {Date("Date_dernier_jo")}) AS registered_on, {Date("Date_Fin_Enregistrement")} AS expires_on
            FROM {Files.Source(standard)}
            """,
            files.Select("Nsf", "Numero_Fiche", "Nsf_Code"),
            files.Select("Certificateurs", "Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"),
            files.Find("Blocs") is null ? null : files.Select("Blocs", "Numero_Fiche", "Bloc_Competences_Libelle"));
        if (files.Find("Partenaires") is not { } partenaires)
        {
            return false;
        }

        var p = files.Columns(partenaires, "Numero_Fiche", "Siret_Partenaire", "Etat_Partenaire", "Date_Actif");
        var until = files.Optional(partenaires, "Date_Derniere_Modification_Etat") is { } changed ? Day(changed) : "NULL::DATE";
        connection.Execute(
            $"""
            CREATE TABLE partners AS
            SELECT trim({p[0]}) AS certification_id, regexp_replace({p[1]}, '\s', '', 'g') AS siret, {Day(p[3])} AS begins_on,
                   CASE WHEN upper(trim({p[2]})) <> 'ACTIF' THEN {until} END AS ends_on
            FROM {Files.Source(partenaires)} WHERE upper(trim({p[2]})) = 'ACTIF' OR {until} IS NOT NULL
            """);
        return true;
    }

    private static void Of2021(DuckDBConnection connection, Files files, string info)
    {
        var i = files.Columns(info, "CodeRNCP", "intituleDiplome", "NiveauEurope", "date_fin_validite_enregistrement");
        Fiches(
            connection,
            $"SELECT {i[0]} AS id, {i[1]} AS title, {i[2]} AS level, NULL::DATE AS registered_on, {Day(i[3], "%m/%d/%y")} AS expires_on FROM {Files.Source(info)}",
            files.Select("rncp_nsf", "CodeRNCP", "code"),
            files.Select("rncp_certificateurs", "CodeRNCP", "siret_organisme", "Certificateur"),
            files.Find("rncp_blocs") is null ? null : files.Select("rncp_blocs", "CodeRNCP", "intitule"));
    }

    /// <summary>A date that is there must be one.</summary>
    private static string Day(string column, string format = "%d/%m/%Y") => $"strptime(nullif(trim({column}), ''), '{format}')::DATE";

    /// <summary>One row a fiche: repeated rows, several fields or certifiers are one, the first in order.</summary>
    private static void Fiches(DuckDBConnection connection, string fiches, string nsf, string certifiers, string? blocks) => connection.Execute(
        $"""
        CREATE TABLE fiches AS
        WITH f AS (SELECT trim(id) AS id, any_value(trim(regexp_replace(replace(title, '''''', ''''), '\s+', ' ', 'g'))) AS title, any_value(try_cast(regexp_extract(level, '[1-8]') AS BIGINT)) AS level,
                          max(registered_on) AS registered_on, max(expires_on) AS expires_on FROM ({fiches}) WHERE regexp_matches(trim(id), '^(RNCP|RS)[0-9]+$') GROUP BY ALL),
        n AS (SELECT trim(c0) AS id, min(regexp_extract(c1, '^[0-9]{"{3}"}')) FILTER (regexp_matches(c1, '^[0-9]{"{3}"}')) AS nsf FROM ({nsf}) GROUP BY ALL),
        c AS (SELECT trim(c0) AS id, min(coalesce(nullif(regexp_replace(c1, '\s', '', 'g'), ''), trim(c2))) AS certifier FROM ({certifiers}) GROUP BY ALL)
        {(blocks is null ? "" : $", b AS (SELECT trim(c0) AS id, string_agg(DISTINCT trim(replace(c1, '''''', '''')), ', ' ORDER BY trim(replace(c1, '''''', ''''))) AS standard FROM ({blocks}) GROUP BY ALL)")}
        SELECT f.id AS certification_id, CASE WHEN f.id LIKE 'RS%' THEN 'RS' ELSE 'RNCP' END AS register, f.title, coalesce(n.nsf, '000') AS nsf, f.level, coalesce(c.certifier, 'unknown') AS certifier_id,
               coalesce(f.registered_on, f.expires_on - INTERVAL 5 YEAR, DATE '2002-01-17')::DATE AS registered_on, coalesce(f.expires_on, DATE '9999-12-31') AS expires_on,
               NULL::DOUBLE AS minimum_hours, {(blocks is null ? "NULL::VARCHAR" : "b.standard")} AS standard
        FROM f LEFT JOIN n USING (id) LEFT JOIN c USING (id) {(blocks is null ? "" : "LEFT JOIN b USING (id)")} WHERE f.title <> '' ORDER BY f.id
        """);

    /// <summary>CSV files of a folder, by a part of their names.</summary>
    private sealed class Files(DuckDBConnection connection, string folder)
    {
        private readonly List<string> _paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)] : throw new InputException($"{folder}: there is no such folder.");
        private readonly Dictionary<string, List<string>> _columns = [];

        public string? Find(string part) => _paths.Find(path => Fold(Path.GetFileName(path)).Contains(Fold(part), StringComparison.Ordinal));

        public static string Source(string path) => $"read_csv({Sql.Quote(path)}, delim = ';', header = true, all_varchar = true, quote = '\"', null_padding = true, strict_mode = false, parallel = false)";

        /// <summary>Columns by their names, as SQL.</summary>
        public string[] Columns(string path, params string[] names)
        {
            var lacking = names.Where(name => Optional(path, name) is null).ToList();
            return lacking.Count == 0
                ? [.. names.Select(name => Optional(path, name)!)]
                : throw new InputException($"{path}: no column {string.Join(", ", lacking)}; found {string.Join(", ", _columns[path])}.");
        }

        public string? Optional(string path, string name)
        {
            if (!_columns.TryGetValue(path, out var columns))
            {
                _columns[path] = columns = connection.Query($"SELECT column_name FROM (DESCRIBE SELECT * FROM {Source(path)})", row => row.GetString(0));
            }

            return columns.Find(column => Fold(column) == Fold(name)) is { } own ? $"\"{own.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : null;
        }

        /// <summary>A statement with these columns as c0, c1, …</summary>
        public string Select(string part, params string[] names)
        {
            var path = Find(part) ?? throw new InputException($"{folder}: there is no file *{part}*.csv.");
            return $"SELECT {string.Join(", ", Columns(path, names).Select((column, place) => string.Create(CultureInfo.InvariantCulture, $"{column} AS c{place}")))} FROM {Source(path)}";
        }

        private static string Fold(string text) => string.Concat(text.Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
    }
}
