using System.CommandLine;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Matching.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching.Import;

/// <summary>
/// <c>cpf-ml data import matching</c>: register, ROME and shortages as published, with a report of what was repaired.
/// </summary>
internal static class ImportMatching
{
    /// <summary>An import that loses more of the last one's fiches is refused as a damaged export.</summary>
    private const double MaxLost = 0.05;

    public static Command Create()
    {
        var from = new Option<DirectoryInfo>("--from")
        {
            Required = true,
            Description = "Folder with the published files, or with folders of them: the register (rncp_info.csv and "
                + "companions, export_fiches_CSV_…, or both), the ROME (unix_referentiel_…), and for shortages "
                + "dares_tensions.csv and companions.",
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Required = true,
            Description = "Folder that train matching reads: register.json, rome.json, shortages.json, report.txt.",
        };
        var force = new Option<bool>("--force")
        {
            Description = "Imports even when more than 5 % of the last import's fiches are lost. Off by default.",
        };
        var command = new LeafCommand(
            "matching",
            "Imports the register of certifications, the ROME and tables of shortages for the models of matching.",
            "data import matching --from data/examples/published --out out/registers")
        {
            from, output, force,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the published files");
            var folder = parsed.GetRequiredValue(output).FullName;
            var report = Import(parsed.GetRequiredValue(from).FullName, folder, parsed.GetValue(force));
            return new CommandResult(new { folder, report }, console =>
            {
                foreach (var line in report)
                {
                    console.WriteLine(line);
                }
            });
        });
        return command;
    }

    /// <returns>The report.</returns>
    /// <exception cref="InputException">A file is not as published, or too many fiches are lost: what was imported
    /// before stays.</exception>
    public static IReadOnlyList<string> Import(string from, string output, bool isForced)
    {
        var report = new ImportReport();
        var files = PublishedFolders.In(from).All
            .SelectMany(folder => ExportFile.Reading(folder, () => FileProfile.Measure(folder).ToList()));
        foreach (var file in files)
        {
            report.Read(file);
        }

        var now = MatchingData.Publish(from, report);
        Describe(now, report);
        if (MatchingData.Find(output) is { } before)
        {
            var difference = ImportDifference.Between(before, now);
            if (difference.Gone.Length > MaxLost * before.Register.Length && !isForced)
            {
                var examples = string.Join(", ", difference.Gone.Take(5));
                throw new InputException(
                    Invariant($"{from}: {difference.Gone.Length} of the {before.Register.Length} fiches of the last ")
                        + Invariant($"import ")
                    + Invariant($"are not there ({examples}…), more than {MaxLost:P0}. The last import stays; ")
                    + "--force imports these files.");
            }

            Describe(difference, report);
        }

        now.Write(output);
        File.WriteAllLines(Path.Combine(output, "report.txt"), report.Lines);
        return report.Lines;
    }

    private static void Describe(MatchingData now, ImportReport report)
    {
        var (fiches, known) = (now.Register, now.Jobs.Select(job => job.Code).ToHashSet());
        report.Add(
            Invariant($"Register: {fiches.Length} fiches, {fiches.Count(fiche => fiche.IsActive)} active, ")
            + Invariant($"{fiches.Count(fiche => fiche.IsSpecific)} of the specific register; ")
            + Invariant($"{fiches.Count(fiche => fiche.Jobs.Length > 0)} declare ")
            + Invariant($"{fiches.Sum(fiche => fiche.Jobs.Length)} jobs; ")
            + Invariant($"{fiches.Count(fiche => fiche.Formacodes.Length > 0)} have formacodes, ")
            + Invariant($"{fiches.Count(fiche => fiche.Ancestors.Length > 0)} replace another"));
        report.Count(
            "declared codes are unknown in the ROME; kept, as certifiers declared them",
            fiches.SelectMany(fiche => fiche.Jobs).Where(job => !known.Contains(job)));
        report.Add(
            Invariant($"ROME: {now.Jobs.Length} jobs of version 3, {now.Jobs.Sum(job => job.Recent.Length)} of ")
            + Invariant($"version 4, {now.Jobs.Sum(job => job.Titles.Length)} titles"));
        var shortages = now.Shortages.Select(shortage => shortage.Job).Distinct().Count();
        var regions = now.Shortages.Select(shortage => shortage.Region).OfType<string>().Distinct().Count();
        report.Add(now.Shortages.IsEmpty
            ? "Shortages: there is no dares_tensions.csv; none is known"
            : Invariant($"Shortages: {shortages} jobs, {regions} regions"));
    }

    private static void Describe(ImportDifference difference, ImportReport report)
    {
        report.Add(difference.IsEmpty ? "Nothing has changed since the last import." : "Since the last import:");
        report.Count("fiches are new", difference.Added);
        report.Count("fiches are gone", difference.Gone);
        report.Count("fiches are no longer active", difference.Expired);
        report.Count("fiches replace another", difference.Renumbered);
        report.Count("fiches declare other jobs", difference.JobsChanged);
        report.Count("ROME codes have other jobs of version 4", difference.Split);
    }
}
