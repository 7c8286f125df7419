using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;
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
            var model = Read(parsed.GetRequiredValue(models), MatchingFiles.Read);
            var titles = model.Knowledge.Fiches.ToDictionary(one => one.Fiche.Id, one => one.Fiche.Title);
            string Title(string id) => titles.GetValueOrDefault(id, string.Empty);
            var rows = RegisterReader.ReadStandard(parsed.GetRequiredValue(fiches).FullName).AsParallel().AsOrdered()
                .SelectMany(fiche => model.Link(fiche).Take(LinksOfFiche).Index().Select(one => (fiche.Id, Link: one.Item, Rank: one.Index + 1, Why: model.Explain(fiche, one.Item))).ToList())
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id},{one.Link.Job},{one.Rank},{one.Link.Probability:F6},{Name(one.Why.Tier)},{Quoted(one.Why.Sentence(Title).Fr)}"));
            return Write(parsed.GetRequiredValue(output), "fiche,rome,rank,probability,tier,why", rows);
        });

        var queries = new Option<FileInfo>("--queries") { Required = true, Description = "ROME codes, one a line; what follows a comma is passed over, as are lines without a code." };
        var top = new Option<int>("--top") { Description = "Fiches a code.", DefaultValueFactory = _ => 500 };
        var search = new Command("search", "ROME codes and the fiches of a file that lead to them: query,fiche,rank,score.") { models, fiches, queries, top, output };
        search.SetAction(parsed =>
        {
            var model = Read(parsed.GetRequiredValue(models), MatchingFiles.Read);
            var all = RegisterReader.ReadStandard(parsed.GetRequiredValue(fiches).FullName).AsParallel().AsOrdered().Select(fiche => (fiche.Id, Scores: model.ScoreAll(fiche))).ToList();
            var path = parsed.GetRequiredValue(queries).FullName;
            var codes = (File.Exists(path) ? File.ReadLines(path) : throw new InputException($"{path}: there is no such file.")).Select(line => line.Split(',', ';')[0].Trim().Trim('"')).Where(RegisterReader.IsJob).Distinct();
            var rows = codes.SelectMany(code => all.Select(one => (one.Id, Score: one.Scores.GetValueOrDefault(code))).OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(parsed.GetValue(top))
                .Index().Select(one => string.Create(CultureInfo.InvariantCulture, $"{code},{one.Item.Id},{one.Index + 1},{one.Item.Score:G9}")));
            return Write(parsed.GetRequiredValue(output), "query,fiche,rank,score", rows);
        });

        var text = new Option<string>("--query") { Required = true, Description = "What people call a job, a ROME code of either version, or a theme: transition écologique, numérique, démographique." };
        var first = new Option<int>("--top") { Description = "Certifications that are listed.", DefaultValueFactory = _ => 20 };
        var expired = new Option<bool>("--expired") { Description = "Also those that are no longer active in the register." };
        var rank = new Command("rank", "Certifications that lead to a job: declared ones first, then estimated ones with their probability.") { models, text, first, expired };
        rank.SetAction(parsed =>
        {
            var catalogue = Read(parsed.GetRequiredValue(models), MatchingFiles.ReadCatalogue);
            Tell(catalogue, parsed.GetRequiredValue(text), parsed.GetValue(first), !parsed.GetValue(expired), parsed.InvocationConfiguration.Output);
            return 0;
        });
        return new Command("matching", "Links between certifications and jobs.") { link, search, rank };
    }

    /// <summary>How the query was understood, then a line a certification.</summary>
    private static void Tell(MatchingCatalogue catalogue, string query, int count, bool isActiveOnly, TextWriter console)
    {
        var all = Recommendations.Of(catalogue, new QueryUnderstanding(catalogue), new(query, [], WithExpired: !isActiveOnly));
        var understood = all.Understood;
        var labels = catalogue.Jobs.ToDictionary(job => job.Code, job => job.Label);
        console.WriteLine(understood.Kind switch
        {
            JobQueryKind.Unknown => "No job is known by these words.",
            JobQueryKind.Code when understood.Jobs.IsEmpty => "There is no such code in the ROME.",
            JobQueryKind.Guess => "No exact title; the jobs that it most likely is, of which the first is listed:",
            JobQueryKind.Certification when understood.Jobs.IsEmpty => "There is no such certification in the register.",
            JobQueryKind.Contents => $"Contents {understood.Name!.Value.En}; the jobs that certifications with them declare most, of which the first is listed:",
            JobQueryKind.Theme or JobQueryKind.Sector or JobQueryKind.Shortage => $"{understood.Jobs.Length} jobs{(understood.Name is { } name ? $" of {name.En}" : "")}{(understood.Kind == JobQueryKind.Shortage ? " that are short" : "")}{(understood.Region is { } region ? $" in {region.Name}" : "")}:",
            _ => "Understood as:",
        });
        foreach (var job in understood.Jobs.Take(10))
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {job.Job}  {job.Confidence,4:P0}  {labels[job.Job]}"));
        }

        var found = all.All;
        console.WriteLine($"{found.Length} certifications, {found.Count(one => one.Link.Tier == LinkTier.Declared)} declared, {found.Count(one => one.Fiche.Fiche.IsSpecific)} of the specific register:");
        foreach (var (fiche, link, _, _) in found.Take(count))
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {fiche.Fiche.Id,-10} {Name(link.Tier),-11} {(link.Tier == LinkTier.Declared ? "-" : link.Probability.ToString("F2", CultureInfo.InvariantCulture)),4}  {link.Job}  {fiche.Fiche.Title}{(fiche.Fiche.ExpiresOn is { } until ? $" (until {until:yyyy-MM-dd})" : "")}"));
        }
    }

    private static T Read<T>(DirectoryInfo models, Func<string, (T Read, MatchingManifest Manifest)> read)
    {
        try
        {
            return read(Path.Combine(models.FullName, MatchingModel.Name)).Read;
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
