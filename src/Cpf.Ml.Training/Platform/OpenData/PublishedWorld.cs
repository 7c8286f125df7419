using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Platform.OpenData;

/// <summary>
/// What would be published of an imagined platform: so that one can measure what public data alone would have shown.
/// </summary>
internal static class PublishedWorld
{
    /// <summary>Publishes a platform's data as its operator does, and reads them back beside the register.</summary>
    /// <param name="world">Folder of platform data.</param>
    /// <param name="output">Folder for what is known of it in public.</param>
    public static void Write(string world, DirectoryInfo output)
    {
        output.Create();
        var (purchases, catalogue, companies) = Publish(world, output.FullName);
        File.Copy(Path.Combine(world, "certifications.parquet"),
            Path.Combine(output.FullName, "certifications.parquet"), overwrite: true);
        File.Copy(Path.Combine(world, "habilitations.parquet"),
            Path.Combine(output.FullName, "habilitations.parquet"), overwrite: true);
        File.Copy(Path.Combine(world, "known_events.parquet"),
            Path.Combine(output.FullName, "known_events.parquet"), overwrite: true);
        using (var connection = new DuckDBConnection("Data Source=:memory:"))
        {
            connection.Open();
            connection.Execute($"COPY (SELECT organisation_id, siren FROM "
                + $"read_parquet({Sql.Quote(Path.Combine(world, "organisations.parquet"))})) TO "
                + $"{Sql.Quote(Path.Combine(output.FullName, "organisations.parquet"))} (FORMAT parquet)");
        }

        using var data = OpenDataTables.Read(purchases, catalogue, companies);
        _ = data.Write(output).Count();
    }

    /// <summary>
    /// Sums by month, state, certification, modality and département; the offers on sale at the end, each once; and the
    /// companies.
    /// </summary>
    public static (string Purchases, string Catalogue, string Companies) Publish(string world, string folder)
    {
        using var data = PlatformData.Open(world, validate: false);
        string Save(string name, char delimiter, string statement)
        {
            var path = Path.Combine(folder, name);
            data.Connection.Execute($"COPY ({statement}) TO {Sql.Quote(path)} (FORMAT csv, HEADER, DELIMITER "
                + $"'{delimiter}')");
            return path;
        }

        var purchases = Save(
            "formations-engagees.csv",
            ';',
            """
            SELECT strftime(p.ordered_at, '%Y-%m') AS date_validation,
                   CASE p.state WHEN 'cancelled' THEN 'Annulé par le titulaire' ELSE 'Validé' END AS statut_dossier,
                   c.register AS type_referentiel,
                   CASE c.register WHEN 'RS' THEN substr(c.certification_id, 3) END AS code_rs,
                   CASE c.register WHEN 'RNCP' THEN substr(c.certification_id, 5) END AS code_rncp,
                   c.nsf AS domaine_formation_nsf,
                   CASE o.modality WHEN 'remote' THEN 'À distance' WHEN 'mixed' THEN 'Mixte'
                       ELSE 'En présentiel' END AS modalite_presence, g.department AS departement,
                   count(*) AS nb_dossiers, round(avg(p.price), 2) AS prix_moyen,
                   round(avg(o.hours), 1) AS duree_moyenne
            FROM purchases p JOIN offers o USING (offer_id) JOIN certifications c USING (certification_id)
            JOIN organisations g USING (organisation_id) GROUP BY ALL ORDER BY ALL
            """);
        var catalogue = Save(
            "catalogue.csv",
            ';',
            """
            SELECT o.organisation_id AS siret, c.register AS type_referentiel,
                   CASE c.register WHEN 'RS' THEN substr(c.certification_id, 3) END AS code_inventaire,
                   CASE c.register WHEN 'RNCP' THEN substr(c.certification_id, 5) END AS code_rncp,
                   c.title AS intitule_certification, o.title AS intitule_formation, o.programme AS points_forts,
                   c.nsf AS code_nsf_1,
                   1 AS nb_session_active, (o.modality = 'remote')::INT AS nb_session_a_distance,
                   o.hours AS nombre_heures_total_mean, o.price AS frais_ttc_tot_mean
            FROM offers o JOIN certifications c USING (certification_id)
            WHERE coalesce(o.closed_on, DATE '9999-12-31') >= (SELECT max(ordered_at)::DATE FROM purchases) ORDER BY ALL
            """);
        return (purchases, catalogue, Save("companies.csv", ',', "SELECT siren, min(created_on) AS "
            + "dateCreationUniteLegale FROM organisations GROUP BY siren ORDER BY siren"));
    }
}
