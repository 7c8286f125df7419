using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Neutrality.Report;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality audit</c>: is the engine neutral, for whom is it not, by how much, how sure is that?</summary>
internal static class AuditCommand
{
    public static Command Create(Option<bool> json)
    {
        var logs = new Option<DirectoryInfo>("--logs") { Required = true, Description = "Folder with the tables of docs/search-log.md." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for audit.html, audit.en.html and audit.json." };
        var before = new Option<FileInfo?>("--before") { Description = "audit.json of the audit before: what has changed is told." };
        var tolerance = new Option<double>("--tolerance") { Description = "Difference of exposure that is tolerated.", DefaultValueFactory = _ => new AuditSettings().Tolerance };
        var relevance = new Option<DirectoryInfo?>("--relevance") { Description = "Model of train relevance, taken instead of the log's relevance, which may hold the bias: models/relevance." };
        var command = new Command("audit", "Is the engine neutral? For whom is it not, by how much, how sure is that, and what to do.") { logs, output, before, tolerance, relevance };
        command.SetAction(parsed =>
        {
            var settings = new AuditSettings { Tolerance = parsed.GetValue(tolerance) };
            if (settings.Validate().FirstOrDefault() is { } wrong)
            {
                throw new InputException($"--tolerance: {wrong}");
            }

            var earlier = parsed.GetValue(before) is { } file ? Earlier(file.FullName) : null;
            var report = AuditReport.Of(Read(parsed.GetRequiredValue(logs).FullName, parsed.GetValue(relevance)?.FullName), settings, Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
            if (parsed.GetValue(output) is { } folder)
            {
                folder.Create();
                File.WriteAllText(Path.Combine(folder.FullName, "audit.json"), report.ToJson());
                File.WriteAllText(Path.Combine(folder.FullName, "audit.html"), AuditHtml.Of(report, earlier, "fr"));
                File.WriteAllText(Path.Combine(folder.FullName, "audit.en.html"), AuditHtml.Of(report, earlier, "en"));
            }

            Tell(parsed.InvocationConfiguration.Output, report, parsed.GetValue(json), parsed.GetValue(output)?.FullName);
            return 0;
        });
        return command;
    }

    /// <param name="relevance">Folder of a model; null for the log's own relevance.</param>
    /// <exception cref="InputException">A file is missing, or not as docs/search-log.md says.</exception>
    public static SearchLog Read(string folder, string? relevance = null)
    {
        try
        {
            return SearchLog.Read(folder, relevance is null ? null : Relevance(relevance));
        }
        catch (PlatformDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    /// <exception cref="InputException">The folder is no model of relevance.</exception>
    public static RelevanceModel Relevance(string folder)
    {
        try
        {
            return RelevanceModel.Read(folder).Model;
        }
        catch (ModelFormatException exception)
        {
            throw new InputException(exception.Message);
        }
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

    private static void Tell(TextWriter console, AuditReport report, bool asJson, string? folder)
    {
        if (asJson)
        {
            console.WriteLine(report.ToJson());
            return;
        }

        console.WriteLine(AuditSummary.Headline(report).En);
        foreach (var line in AuditSummary.Biases(report))
        {
            console.WriteLine($"\n{AuditSentences.Subject(line).En}: {AuditSentences.Finding(line).En}.\n  {AuditSentences.Sureness(line).En}\n  To do: {AuditSentences.ToDo(line).En}");
            foreach (var one in line.Explanations)
            {
                console.WriteLine($"  Where it may come from: {AuditSentences.Explanation(line, one).En}");
            }

            console.WriteLine($"  To replay: {string.Join(", ", line.Examples.Select(one => one.Filters.Length == 0 ? one.Query : $"{one.Query} ({one.Filters})"))}");
        }

        console.WriteLine();
        foreach (var sentence in AuditSummary.Sentences(report).Concat(report.Counts.LeftOut))
        {
            console.WriteLine(sentence.En);
        }

        console.WriteLine(folder is null ? "--out DIR writes the whole report, as HTML and JSON." : $"The whole report: {Path.Combine(folder, "audit.html")} (English: audit.en.html; figures: audit.json).");
    }
}
