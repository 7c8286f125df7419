using System.CommandLine;
using Cpf.Ml.Training.Commands;

namespace Cpf.Ml.Training.Platform.OpenData;

/// <summary><c>cpf-ml data import mcf</c>: the open data of Mon Compte Formation as tables of platform data.</summary>
internal static class ImportOpenData
{
    public static Command Create()
    {
        var purchases = new Option<FileInfo>("--purchases")
        {
            Required = true,
            Description = "« Formations engagées »: dossiers by month, certification, modality and place, as published "
                + "(CSV with semicolons, or Parquet).",
        };
        var catalogue = new Option<FileInfo?>("--catalogue")
        {
            Description = "Catalogue of offers, as published: sellers and their wording. None by default: sellers stay "
                + "unknown.",
        };
        var companies = new Option<FileInfo?>("--companies")
        {
            Description = "SIRENE, the stock of legal units: when companies were created. None by default.",
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Required = true,
            Description = "Folder for the tables, as Parquet. Tables that data import register wrote there are "
                + "completed: titles, fields, levels, validity, partners.",
        };
        var command = new LeafCommand(
            "mcf",
            "Imports the open data of Mon Compte Formation as platform data: what can be measured without internal "
                + "data.",
            "data import mcf --purchases data/examples/published/formations-engagees.csv --out out/open-data")
        {
            purchases, catalogue, companies, output,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the files");
            using var data = OpenDataTables.Read(
                parsed.GetRequiredValue(purchases).FullName,
                parsed.GetValue(catalogue)?.FullName,
                parsed.GetValue(companies)?.FullName);
            progress.Begin("writing the tables");
            var folder = parsed.GetRequiredValue(output);
            var report = data.Write(folder).ToList();
            return new CommandResult(
                new { folder = folder.FullName, report }, console => report.ForEach(console.WriteLine));
        });
        return command;
    }
}
