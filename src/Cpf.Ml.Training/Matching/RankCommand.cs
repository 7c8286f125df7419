using System.CommandLine;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Training.Matching.Data;
using Cpf.Ml.Training.Commands;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching;

/// <summary><c>cpf-ml matching rank</c>: the certifications that lead to a job.</summary>
internal static class RankCommand
{
    private const int JobsShown = 10;

    public static Command Create()
    {
        var models = MatchingCommand.ModelsOption();
        var query = new Option<string>("--query")
        {
            Required = true,
            Description = "A job title, a ROME code of either version, a certification, or a theme: transition "
                + "écologique, numérique, démographique.",
        };
        var top = new RangeOption<int>("--top", 1, 100_000, "Maximum number of certifications listed.")
        {
            DefaultValueFactory = _ => 20,
        };
        var expired = new Option<bool>("--expired")
        {
            Description = "Lists certifications that are no longer active in the register too. Off by default.",
        };
        var command = new LeafCommand(
            "rank",
            "Ranks the certifications that lead to a job: declared links first, then estimated ones by probability.",
            """
            train matching --data data/examples/published --models out/models
            matching rank --models out/models --query frigoriste
            """)
        {
            models, query, top, expired,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the model");
            var catalogue = MatchingCommand.Read(parsed.GetRequiredValue(models), MatchingFiles.ReadCatalogue);
            progress.Begin("ranking certifications");
            var found = Recommendations.Find(
                catalogue,
                new QueryUnderstanding(catalogue),
                new(parsed.GetRequiredValue(query), [], WithExpired: parsed.GetValue(expired)));
            var labels = catalogue.Jobs.ToDictionary(job => job.Code, job => job.Label);
            var listed = found.All.Take(parsed.GetValue(top)).ToList();
            return new CommandResult(Describe(found, listed, labels), console => Print(console, found, listed, labels));
        });
        return command;
    }

    private static object Describe(
        Recommendations found, List<Recommendation> listed, Dictionary<string, string> labels) => new
        {
            found.Understood.Kind,
            name = found.Understood.Name?.En,
            region = found.Understood.Region?.Name,
            jobs = found.Understood.Jobs.Select(job => new { code = job.Job, label = labels[job.Job], job.Confidence }),
            certifications = found.All.Length,
            declared = found.All.Count(recommendation => recommendation.Link.Tier == LinkTier.Declared),
            specific_register = found.All.Count(recommendation => recommendation.Fiche.Fiche.IsSpecific),
            listed = listed.Select(recommendation => new
            {
                id = recommendation.Fiche.Fiche.Id,
                recommendation.Fiche.Fiche.Title,
                recommendation.Link.Tier,
                probability = recommendation.Link.Tier == LinkTier.Declared ? (double?)null
                    : recommendation.Link.Probability,
                recommendation.Link.Job,
                expires_on = recommendation.Fiche.Fiche.ExpiresOn,
            }),
        };

    /// <summary>How the query was understood, then a line a certification.</summary>
    private static void Print(
        TextWriter console, Recommendations found, List<Recommendation> listed, Dictionary<string, string> labels)
    {
        console.WriteLine(Heading(found.Understood));
        foreach (var job in found.Understood.Jobs.Take(JobsShown))
        {
            console.WriteLine(Invariant($"  {job.Job}  {job.Confidence,4:P0}  {labels[job.Job]}"));
        }

        var declared = found.All.Count(recommendation => recommendation.Link.Tier == LinkTier.Declared);
        var specific = found.All.Count(recommendation => recommendation.Fiche.Fiche.IsSpecific);
        console.WriteLine($"{found.All.Length} certifications, {declared} declared, {specific} of the specific "
            + "register:");
        foreach (var (fiche, link, _, _) in listed)
        {
            var probability = link.Tier == LinkTier.Declared ? "-" : Invariant($"{link.Probability:F2}");
            var until = fiche.Fiche.ExpiresOn is { } day ? Invariant($" (until {day:yyyy-MM-dd})") : "";
            console.WriteLine($"  {fiche.Fiche.Id,-10} {LinkTiers.NameOf(link.Tier),-11} {probability,4}  "
                + $"{link.Job}  {fiche.Fiche.Title}{until}");
        }
    }

    private static string Heading(JobQuery understood)
    {
        var name = understood.Name is { } text ? $" of {text.En}" : "";
        var shortage = understood.Kind == JobQueryKind.Shortage ? " in shortage" : "";
        var region = understood.Region is { } place ? $" in {place.Name}" : "";
        return understood.Kind switch
        {
            JobQueryKind.Unknown => "No job is known by these words.",
            JobQueryKind.Code when understood.Jobs.IsEmpty => "There is no such code in the ROME.",
            JobQueryKind.Guess => "No exact title; the most likely jobs, of which the first is listed:",
            JobQueryKind.Certification when understood.Jobs.IsEmpty => "There is no such certification in the "
                + "register.",
            JobQueryKind.Contents =>
                $"Contents {understood.Name!.Value.En}; the jobs that certifications with them declare most, of which "
                + "the first is listed:",
            JobQueryKind.Theme or JobQueryKind.Sector or JobQueryKind.Shortage =>
                $"{understood.Jobs.Length} jobs{name}{shortage}{region}:",
            _ => "Understood as:",
        };
    }
}
