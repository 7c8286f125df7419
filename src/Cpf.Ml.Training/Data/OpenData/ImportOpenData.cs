using System.CommandLine;

namespace Cpf.Ml.Training.Data.OpenData;

/// <summary><c>cpf-ml data import mcf</c>: what is published of Mon Compte Formation as tables of platform data.</summary>
internal static class ImportOpenData
{
    public static Command Create()
    {
        var purchases = new Option<FileInfo>("--purchases") { Required = true, Description = "« Formations engagées »: dossiers by month, certification, modality and place, as published (CSV with semicolons, or Parquet)." };
        var catalogue = new Option<FileInfo?>("--catalogue") { Description = "The catalogue of offers, as published: who sells what, and in which words. Without it, nothing is known of sellers." };
        var companies = new Option<FileInfo?>("--companies") { Description = "SIRENE, the stock of legal units: when companies were created." };
        var output = new Option<DirectoryInfo>("--out") { Required = true, Description = "Folder for the tables, as Parquet. What `data import register` wrote there before is taken in: titles, fields, levels, validity, partners." };
        var command = new Command("mcf", "The public data of Mon Compte Formation as platform data: what can be measured without internal data.") { purchases, catalogue, companies, output };
        command.SetAction(parsed =>
        {
            using var data = OpenDataTables.Read(parsed.GetRequiredValue(purchases).FullName, parsed.GetValue(catalogue)?.FullName, parsed.GetValue(companies)?.FullName);
            foreach (var line in data.Write(parsed.GetRequiredValue(output)))
            {
                parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return 0;
        });
        return command;
    }
}
