using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Platform.Register;

/// <summary>
/// An export of the national register (France compétences), as the table <c>fiches</c> of a database in memory: today's
/// official layout, or that of 2021.
/// </summary>
/// <remarks>
/// Spellings of headers differ between releases: columns are found without case, accents and punctuation. Texts have
/// doubled quotes (<c>d''air</c>) and line breaks, numbers of organisations a tab before them. What an export does not
/// say is filled as the law says: a registration lasts five years at most (C. trav. L. 6113-5), the register exists
/// since 2002.
/// </remarks>
internal sealed class RegisterExport : IDisposable
{
    private RegisterExport(DuckDBConnection connection, bool hasPartners) =>
        (Connection, HasPartners) = (connection, hasPartners);

    /// <summary>
    /// With <c>fiches</c> (certification_id, title, nsf, level, certifier_id, registered_on, expires_on, standard), and
    /// <c>partners</c> (certification_id, siret, begins_on, ends_on) where they are exported.
    /// </summary>
    public DuckDBConnection Connection { get; }

    public bool HasPartners { get; }

    /// <exception cref="InputException">It is no export, or a file lacks a column.</exception>
    public static RegisterExport Open(string folder)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        try
        {
            connection.Open();
            var files = new ExportFolder(connection, folder);
            if (files.Find("Standard") is { } standard)
            {
                return new RegisterExport(connection, ReadOfficial(connection, files, standard));
            }

            Read2021(
                connection, files, files.Find("rncp_info") ?? throw new InputException($"{folder}: no export of the "
                + "register: neither a file *Standard*.csv (official layout) nor rncp_info.csv (2021)."));
            return new RegisterExport(connection, hasPartners: false);
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            throw new InputException($"{folder}: it cannot be read: {exception.Words()}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => Connection.Dispose();

    private static bool ReadOfficial(DuckDBConnection connection, ExportFolder files, ExportFile standard)
    {
        var s = standard.Columns("Numero_Fiche", "Intitule", "Nomenclature_Europe_Niveau", "Date_Fin_Enregistrement");
        string Date(string name) => standard.Find(name) is { } column ? Day(column) : "NULL::DATE";
        Fiches(
            connection,
            $"""
            SELECT {s[0]} AS id, {s[1]} AS title, {s[2]} AS level,
                   coalesce({Date("Date_Effet")}, {Date("Date_Decision")}, {Date("Date_dernier_jo")}) AS registered_on,
                   {Date("Date_Fin_Enregistrement")} AS expires_on
            FROM {standard.Source}
            """,
            files.Get("Nsf").Select("Numero_Fiche", "Nsf_Code"),
            files.Get("Certificateurs").Select("Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"),
            files.Find("Blocs")?.Select("Numero_Fiche", "Bloc_Competences_Libelle"));
        if (files.Find("Partenaires") is not { } partenaires)
        {
            return false;
        }

        var p = partenaires.Columns("Numero_Fiche", "Siret_Partenaire", "Etat_Partenaire", "Date_Actif");
        var until = partenaires.Find("Date_Derniere_Modification_Etat") is { } changed ? Day(changed) : "NULL::DATE";
        connection.Execute(
            $"""
            CREATE TABLE partners AS
            SELECT trim({p[0]}) AS certification_id, regexp_replace({p[1]}, '\s', '', 'g') AS siret,
                   {Day(p[3])} AS begins_on,
                   CASE WHEN upper(trim({p[2]})) <> 'ACTIF' THEN {until} END AS ends_on
            FROM {partenaires.Source} WHERE upper(trim({p[2]})) = 'ACTIF' OR {until} IS NOT NULL
            """);
        return true;
    }

    private static void Read2021(DuckDBConnection connection, ExportFolder files, ExportFile info)
    {
        var i = info.Columns("CodeRNCP", "intituleDiplome", "NiveauEurope", "date_fin_validite_enregistrement");
        Fiches(
            connection,
            $"SELECT {i[0]} AS id, {i[1]} AS title, {i[2]} AS level, NULL::DATE AS registered_on, "
                + $"{Day(i[3], "%m/%d/%y")} AS expires_on FROM {info.Source}",
            files.Get("rncp_nsf").Select("CodeRNCP", "code"),
            files.Get("rncp_certificateurs").Select("CodeRNCP", "siret_organisme", "Certificateur"),
            files.Find("rncp_blocs")?.Select("CodeRNCP", "intitule"));
    }

    /// <summary>A date that is there must be one.</summary>
    private static string Day(string column, string format = "%d/%m/%Y") => $"strptime(nullif(trim({column}), ''), "
        + $"'{format}')::DATE";

    /// <summary>One row a fiche: repeated rows, several fields or certifiers are one, the first in order.</summary>
    private static void Fiches(DuckDBConnection connection,
        string fiches, string nsf, string certifiers, string? blocks) => connection.Execute(
        $"""
        CREATE TABLE fiches AS
        WITH f AS (
            SELECT trim(id) AS id,
                   any_value(trim(regexp_replace(replace(title, '''''', ''''), '\s+', ' ', 'g'))) AS title,
                   any_value(try_cast(regexp_extract(level, '[1-8]') AS BIGINT)) AS level,
                   max(registered_on) AS registered_on, max(expires_on) AS expires_on
            FROM ({fiches}) WHERE regexp_matches(trim(id), '^(RNCP|RS)[0-9]+$') GROUP BY ALL
        ),
        n AS (
            SELECT trim(c0) AS id,
                   min(regexp_extract(c1, '^[0-9]{"{3}"}')) FILTER (regexp_matches(c1, '^[0-9]{"{3}"}')) AS nsf
            FROM ({nsf}) GROUP BY ALL
        ),
        c AS (
            SELECT trim(c0) AS id, min(coalesce(nullif(regexp_replace(c1, '\s', '', 'g'), ''), trim(c2))) AS certifier
            FROM ({certifiers}) GROUP BY ALL
        ),
        b AS (
            SELECT trim(c0) AS id, string_agg(DISTINCT trim(replace(c1, '''''', '''')), ', '
                       ORDER BY trim(replace(c1, '''''', ''''))) AS standard
            FROM ({blocks ?? "SELECT NULL::VARCHAR AS c0, NULL::VARCHAR AS c1 WHERE false"}) GROUP BY ALL
        )
        SELECT f.id AS certification_id, CASE WHEN f.id LIKE 'RS%' THEN 'RS' ELSE 'RNCP' END AS register, f.title,
               coalesce(n.nsf, '000') AS nsf, f.level, coalesce(c.certifier, 'unknown') AS certifier_id,
               coalesce(f.registered_on, f.expires_on - INTERVAL 5 YEAR, DATE '2002-01-17')::DATE AS registered_on,
               coalesce(f.expires_on, DATE '9999-12-31') AS expires_on,
               NULL::DOUBLE AS minimum_hours, b.standard
        FROM f LEFT JOIN n USING (id) LEFT JOIN c USING (id) LEFT JOIN b USING (id)
        WHERE f.title <> '' ORDER BY f.id
        """);
}
