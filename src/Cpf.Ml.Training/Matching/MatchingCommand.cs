using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Matching.Data;

namespace Cpf.Ml.Training.Matching;

/// <summary><c>cpf-ml matching</c>: asks a trained model.</summary>
internal static class MatchingCommand
{
    private const int LinksOfFiche = 20;

    public static Command Create()
    {
        var models = new Option<DirectoryInfo>("--models") { Required = true, Description = "Folder of models, in which train matching has written matching/." };
        var fiches = new Option<FileInfo>("--fiches") { Required = true, Description = "Fiches in the official Standard layout; columns Formacodes, Nsf, Certificateurs and Anciennes_Certifications may be there, values apart by bars." };
        var output = new Option<FileInfo>("--out") { Required = true, Description = "CSV with a header." };
        var link = new Command("link", "New fiches and the jobs that they lead to: fiche,rome,rank,probability,tier,why.") { models, fiches, output };
        link.SetAction(parsed =>
        {
            var model = Read(parsed.GetRequiredValue(models));
            var rows = RegisterReader.ReadStandard(parsed.GetRequiredValue(fiches).FullName).AsParallel().AsOrdered()
                .SelectMany(fiche => model.Link(fiche).Take(LinksOfFiche).Index().Select(one => (fiche.Id, Link: one.Item, Rank: one.Index + 1, Why: model.Explain(fiche, one.Item.Job))).ToList())
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id},{one.Link.Job},{one.Rank},{one.Link.Probability:F6},{Name(one.Why.Tier)},{Quoted(one.Why.Sentence.Fr)}"));
            return Write(parsed.GetRequiredValue(output), "fiche,rome,rank,probability,tier,why", rows);
        });

        var queries = new Option<FileInfo>("--queries") { Required = true, Description = "ROME codes, one a line; what follows a comma is passed over, as are lines without a code." };
        var top = new Option<int>("--top") { Description = "Fiches a code.", DefaultValueFactory = _ => 500 };
        var search = new Command("search", "ROME codes and the fiches of a file that lead to them: query,fiche,rank,score.") { models, fiches, queries, top, output };
        search.SetAction(parsed =>
        {
            var model = Read(parsed.GetRequiredValue(models));
            var all = RegisterReader.ReadStandard(parsed.GetRequiredValue(fiches).FullName).AsParallel().AsOrdered().Select(fiche => (fiche.Id, Scores: model.ScoreAll(fiche))).ToList();
            var path = parsed.GetRequiredValue(queries).FullName;
            var codes = (File.Exists(path) ? File.ReadLines(path) : throw new InputException($"{path}: there is no such file.")).Select(line => line.Split(',', ';')[0].Trim().Trim('"')).Where(RegisterReader.IsJob).Distinct();
            var rows = codes.SelectMany(code => all.Select(one => (one.Id, Score: one.Scores.GetValueOrDefault(code))).OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(parsed.GetValue(top))
                .Index().Select(one => string.Create(CultureInfo.InvariantCulture, $"{code},{one.Item.Id},{one.Index + 1},{one.Item.Score:G9}")));
            return Write(parsed.GetRequiredValue(output), "query,fiche,rank,score", rows);
        });

        var text = new Option<string>("--query") { Required = true, Description = "What people call a job." };
        var jobs = new Command("jobs", "The five jobs of the ROME that a title most likely means.") { models, text };
        jobs.SetAction(parsed =>
        {
            var model = Read(parsed.GetRequiredValue(models));
            var labels = model.JobTexts.ToDictionary(job => job.Code, job => job.Label);
            foreach (var (job, score) in model.Titles.Rank(parsed.GetRequiredValue(text), 5))
            {
                parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job}  {score,6:F2}  {labels[job]}"));
            }

            return 0;
        });
        return new Command("matching", "Links between certifications and jobs.") { link, search, jobs };
    }

    private static MatchingModel Read(DirectoryInfo models)
    {
        try
        {
            return MatchingFiles.Read(Path.Combine(models.FullName, MatchingModel.Name)).Model;
        }
        catch (ModelFormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static int Write(FileInfo file, string header, IEnumerable<string> rows)
    {
        file.Directory!.Create();
        File.WriteAllLines(file.FullName, rows.Prepend(header));
        return 0;
    }

    private static string Name(LinkTier tier) => tier.ToString().ToLowerInvariant();

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
