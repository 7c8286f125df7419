using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Training.Data.Register;

/// <summary><c>cpf-ml data import register</c>: the national register as tables of platform data.</summary>
internal static class ImportRegister
{
    private const string Tables = "certifications, and organisations with habilitations where partners are exported";

    public static Command Create()
    {
        var from = new Option<DirectoryInfo>("--from") { Required = true, Description = "Folder of CSV files: the official export (…Standard…, …Nsf…, …Certificateurs…, …Partenaires…, …Blocs…) or that of 2021 (rncp_info.csv and its companions)." };
        var output = new Option<DirectoryInfo>("--out") { Required = true, Description = $"Folder for the tables, as Parquet: {Tables}." };
        var command = new Command("register", $"The export of the national register as platform data: {Tables}.") { from, output };
        command.SetAction(parsed =>
        {
            using var export = RegisterExport.Open(parsed.GetRequiredValue(from).FullName);
            parsed.InvocationConfiguration.Output.WriteLine(Write(export, parsed.GetRequiredValue(output)));
            return 0;
        });
        return command;
    }

    /// <returns>What was written, and what was left out and why.</returns>
    private static string Write(RegisterExport export, DirectoryInfo folder)
    {
        folder.Create();
        var connection = export.Connection;
        void Save(string table, string statement) => connection.Execute($"COPY ({statement}) TO {Sql.Quote(Path.Combine(folder.FullName, table + ".parquet"))} (FORMAT parquet)");
        long Count(string statement) => connection.Query($"SELECT count(*) FROM ({statement})", row => row.GetInt64(0)).Single();

        Save("certifications", "FROM fiches ORDER BY certification_id");
        var said = string.Create(CultureInfo.InvariantCulture, $"{folder.FullName}: {Count("FROM fiches")} certifications, {Count("FROM fiches WHERE nsf = '000'")} without a field, {Count("FROM fiches WHERE expires_on < current_date")} expired");
        if (!export.HasPartners)
        {
            return said + "; no file of partners: organisations and habilitations are not written.";
        }

        // The key of a company's number keeps most slips of the pen out.
        const string Good = "FROM partners WHERE regexp_matches(siret, '^[0-9]{14}$') AND begins_on IS NOT NULL AND certification_id IN (SELECT certification_id FROM fiches)";
        Save("organisations", $"SELECT DISTINCT siret AS organisation_id, left(siret, 9) AS siren {Good} ORDER BY siret");
        Save("habilitations", $"SELECT DISTINCT certification_id, siret AS organisation_id, begins_on, ends_on {Good} ORDER BY ALL");
        return said + string.Create(CultureInfo.InvariantCulture, $"; {Count($"SELECT DISTINCT siret {Good}")} organisations, {Count(Good)} habilitations, {Count("FROM partners") - Count(Good)} left out: no SIRET of 14 digits, no first day, or an unknown fiche.");
    }
}
