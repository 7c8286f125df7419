using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Matching.Import;

/// <summary><c>cpf-ml data import matching</c>: register, ROME and shortages as published, read once, with what was mended, left out and changed.</summary>
internal static class ImportMatching
{
    /// <summary>An import that loses more of the last one's fiches is taken for a damaged export.</summary>
    private const double MostLost = 0.05;

    public static Command Create()
    {
        var from = new Option<DirectoryInfo>("--from") { Required = true, Description = "Folder with the published files, or with folders of them: the register (rncp_info.csv and companions, export_fiches_CSV_…, or both), the ROME (unix_referentiel_…), and dares_tensions.csv and companions where shortages are wanted." };
        var output = new Option<DirectoryInfo>("--out") { Required = true, Description = "Folder that train matching reads: register.json, rome.json, shortages.json, report.txt." };
        var force = new Option<bool>("--force") { Description = "Also when more than 5 % of the last import's fiches are lost." };
        var command = new Command("matching", "The register of certifications, the ROME and tables of shortages, for models of links.") { from, output, force };
        command.SetAction(parsed =>
        {
            foreach (var line in Import(parsed.GetRequiredValue(from).FullName, parsed.GetRequiredValue(output).FullName, parsed.GetValue(force)))
            {
                parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return 0;
        });
        return command;
    }

    /// <returns>The report.</returns>
    /// <exception cref="InputException">A file is not as published, or too many fiches are lost: what was imported before stays.</exception>
    public static IReadOnlyList<string> Import(string from, string output, bool isForced)
    {
        var report = new ImportReport();
        foreach (var file in PublishedFolders.In(from).All.SelectMany(folder => ExportFile.Reading(folder, () => FileProfile.Of(folder).ToList())))
        {
            report.Read(file);
        }

        var now = MatchingData.Publish(from, report);
        Tell(now, report);
        if (MatchingData.Find(output) is { } before)
        {
            var difference = ImportDifference.Between(before, now);
            if (difference.Gone.Length > MostLost * before.Register.Length && !isForced)
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture, $"{from}: {difference.Gone.Length} of the {before.Register.Length} fiches of the last import are not there ({string.Join(", ", difference.Gone.Take(5))}…), more than {MostLost:P0}. The last import stays; --force takes this one."));
            }

            Tell(difference, report);
        }

        now.Write(output);
        File.WriteAllLines(Path.Combine(output, "report.txt"), report.Lines);
        return report.Lines;
    }

    private static void Tell(MatchingData now, ImportReport report)
    {
        var known = now.Jobs.Select(job => job.Code).ToHashSet();
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Register: {now.Register.Length} fiches, {now.Register.Count(fiche => fiche.IsActive)} active, {now.Register.Count(fiche => fiche.IsSpecific)} of the specific register; {now.Register.Count(fiche => fiche.Jobs.Length > 0)} declare {now.Register.Sum(fiche => fiche.Jobs.Length)} jobs; {now.Register.Count(fiche => fiche.Formacodes.Length > 0)} have formacodes, {now.Register.Count(fiche => fiche.Ancestors.Length > 0)} replace another"));
        report.Count("declared codes are unknown in the ROME; kept, as certifiers declared them", now.Register.SelectMany(fiche => fiche.Jobs).Where(job => !known.Contains(job)));
        report.Say(string.Create(CultureInfo.InvariantCulture, $"ROME: {now.Jobs.Length} jobs of version 3, {now.Jobs.Sum(job => job.Recent.Length)} of version 4, {now.Jobs.Sum(job => job.Titles.Length)} titles"));
        report.Say(now.Shortages.IsEmpty
            ? "Shortages: there is no dares_tensions.csv; none is known"
            : string.Create(CultureInfo.InvariantCulture, $"Shortages: {now.Shortages.Select(one => one.Job).Distinct().Count()} jobs, {now.Shortages.Select(one => one.Region).OfType<string>().Distinct().Count()} regions"));
    }

    private static void Tell(ImportDifference difference, ImportReport report)
    {
        report.Say(difference.IsEmpty ? "Nothing has changed since the last import." : "Since the last import:");
        report.Count("fiches are new", difference.Added);
        report.Count("fiches are gone", difference.Gone);
        report.Count("fiches are no longer active", difference.Expired);
        report.Count("fiches replace another", difference.Renumbered);
        report.Count("fiches declare other jobs", difference.JobsChanged);
        report.Count("ROME codes have other jobs of version 4", difference.Split);
    }
}
