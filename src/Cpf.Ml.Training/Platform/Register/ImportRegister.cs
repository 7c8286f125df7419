using System.CommandLine;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Commands;
using static System.FormattableString;

namespace Cpf.Ml.Training.Platform.Register;

/// <summary><c>cpf-ml data import register</c>: the national register as tables of platform data.</summary>
internal static class ImportRegister
{
    private const string Tables = "certifications, and organisations with habilitations where partners are exported";

    public static Command Create()
    {
        var from = new Option<DirectoryInfo>("--from")
        {
            Required = true,
            Description = "Folder of CSV files: the official export (…Standard…, …Nsf…, …Certificateurs…, "
                + "…Partenaires…, …Blocs…) or that of 2021 (rncp_info.csv and its companions).",
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Required = true,
            Description = $"Folder for the tables, as Parquet: {Tables}.",
        };
        var command = new LeafCommand(
            "register",
            $"Imports the export of the national register as platform data: {Tables}.",
            "data import register --from data/examples/published/register --out out/register")
        {
            from, output,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the register");
            using var export = RegisterExport.Open(parsed.GetRequiredValue(from).FullName);
            progress.Begin("writing the tables");
            return Write(export, parsed.GetRequiredValue(output));
        });
        return command;
    }

    /// <returns>What was written, and what was left out and why.</returns>
    private static CommandResult Write(RegisterExport export, DirectoryInfo output)
    {
        output.Create();
        var folder = output.FullName;
        var connection = export.Connection;
        void Save(string table, string statement) => connection.Execute(
            $"COPY ({statement}) TO {Sql.Quote(Path.Combine(folder, table + ".parquet"))} (FORMAT parquet)");
        long Count(string statement) =>
            connection.Query($"SELECT count(*) FROM ({statement})", row => row.GetInt64(0)).Single();

        Save("certifications", "FROM fiches ORDER BY certification_id");
        var certifications = Count("FROM fiches");
        var withoutField = Count("FROM fiches WHERE nsf = '000'");
        var expired = Count("FROM fiches WHERE expires_on < current_date");
        var summary = Invariant(
            $"{folder}: {certifications} certifications, {withoutField} without a field, {expired} expired");
        if (!export.HasPartners)
        {
            return new CommandResult(
                new { folder, certifications, without_field = withoutField, expired, has_partners = false },
                console => console.WriteLine(
                    $"{summary}; no file of partners: organisations and habilitations are not written."));
        }

        // The key of a company's number keeps most typing errors out.
        const string Valid = """
            FROM partners WHERE regexp_matches(siret, '^[0-9]{14}$') AND begins_on IS NOT NULL
            AND certification_id IN (SELECT certification_id FROM fiches)
            """;
        Save("organisations", $"SELECT DISTINCT siret AS organisation_id, left(siret, 9) AS siren {Valid} ORDER BY "
            + "siret");
        Save(
            "habilitations",
            $"SELECT DISTINCT certification_id, siret AS organisation_id, begins_on, ends_on {Valid} ORDER BY ALL");
        var organisations = Count($"SELECT DISTINCT siret {Valid}");
        var habilitations = Count(Valid);
        var leftOut = Count("FROM partners") - habilitations;
        return new CommandResult(
            new
            {
                folder,
                certifications,
                without_field = withoutField,
                expired,
                has_partners = true,
                organisations,
                habilitations,
                left_out = leftOut,
            },
            console => console.WriteLine(
                summary + Invariant($"; {organisations} organisations, {habilitations} habilitations, {leftOut} left ")
                    + Invariant($"out: ")
                + "no SIRET of 14 digits, no first day, or an unknown fiche."));
    }
}
