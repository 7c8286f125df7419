using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Neutrality.Data;

namespace Cpf.Ml.Training.Neutrality;

/// <summary>
/// <c>cpf-ml neutrality audit</c>: for whom is the engine not neutral, by how much, how sure is that?
/// </summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var logs = new Option<DirectoryInfo>("--logs")
        {
            Required = true,
            Description = "Folder with the tables of docs/search-log.md.",
        };
        var output = new Option<DirectoryInfo?>("--out")
        {
            Description = "Folder for audit.html, audit.en.html and audit.json. None by default.",
        };
        var before = new Option<FileInfo?>("--before")
        {
            Description = "File audit.json of an earlier audit, to report what has changed. None by default.",
        };
        var tolerance = new RangeOption<double>(
            "--tolerance", 0.0001, 0.9999, "Relative difference of exposure that is tolerated.")
        {
            DefaultValueFactory = _ => new AuditSettings().Tolerance,
        };
        var relevance = new Option<DirectoryInfo?>("--relevance")
        {
            Description = "Model of train relevance, used instead of the log's relevance, which may hold the bias. "
                + "None by default.",
        };
        var command = new LeafCommand(
            "audit",
            "Audits whether a search engine is neutral: for whom it is not, by how much, how sure that is, and what to "
                + "do.",
            "neutrality audit --logs data/searches --out out/audit")
        {
            logs, output, before, tolerance, relevance,
        };
        command.SetWork((parsed, progress) =>
        {
            var settings = new AuditSettings { Tolerance = parsed.GetValue(tolerance) };
            var earlier = parsed.GetValue(before) is { } file ? Earlier(file.FullName) : null;
            progress.Begin("reading the log");
            var log =
                SearchLogFolder.Open(parsed.GetRequiredValue(logs).FullName, parsed.GetValue(relevance)?.FullName);
            progress.Begin("auditing");
            var version = Assembly.GetExecutingAssembly()
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            var report = AuditReport.Create(log, settings, version);
            var folder = parsed.GetValue(output);
            if (folder is not null)
            {
                folder.Create();
                File.WriteAllText(Path.Combine(folder.FullName, "audit.json"), report.ToJson());
                File.WriteAllText(Path.Combine(folder.FullName, "audit.html"), AuditHtml.Render(report, earlier, "fr"));
                File.WriteAllText(
                    Path.Combine(folder.FullName, "audit.en.html"), AuditHtml.Render(report, earlier, "en"));
            }

            return new CommandResult(
                JsonNode.Parse(report.ToJson())!, console => Print(console, report, folder?.FullName));
        });
        return command;
    }

    private static AuditReport Earlier(string path)
    {
        try
        {
            return AuditReport.Parse(File.ReadAllText(path));
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }

    private static void Print(TextWriter console, AuditReport report, string? folder)
    {
        console.WriteLine(AuditSummary.Headline(report).En);
        foreach (var line in AuditSummary.Biases(report))
        {
            console.WriteLine();
            console.WriteLine($"{AuditSentences.Subject(line).En}: {AuditSentences.Finding(line).En}.");
            console.WriteLine($"  {AuditSentences.Sureness(line).En}");
            console.WriteLine($"  To do: {AuditSentences.ToDo(line).En}");
            foreach (var explanation in line.Explanations)
            {
                console.WriteLine($"  Where it may come from: {AuditSentences.Explanation(line, explanation).En}");
            }

            var examples = line.Examples.Select(
                example => example.Filters.Length == 0 ? example.Query : $"{example.Query} ({example.Filters})");
            console.WriteLine($"  To replay: {string.Join(", ", examples)}");
        }

        console.WriteLine();
        foreach (var sentence in AuditSummary.Sentences(report).Concat(report.Counts.LeftOut))
        {
            console.WriteLine(sentence.En);
        }

        console.WriteLine(folder is null
            ? "--out DIR writes the whole report, as HTML and JSON."
            : $"The whole report: {Path.Combine(folder, "audit.html")} (English: audit.en.html; figures: audit.json).");
    }
}
