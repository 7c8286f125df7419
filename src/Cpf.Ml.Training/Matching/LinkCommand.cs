using System.CommandLine;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Matching.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching;

/// <summary><c>cpf-ml matching link</c>: new fiches and the jobs that they lead to.</summary>
internal static class LinkCommand
{
    private const string Columns = "fiche,rome,rank,probability,tier,why";
    private const int LinksOfFiche = 20;

    public static Command Create()
    {
        var models = MatchingCommand.ModelsOption();
        var fiches = MatchingCommand.FichesOption();
        var output = MatchingCommand.OutputOption(Columns);
        var command = new LeafCommand(
            "link",
            "Links new fiches to ROME codes, 10 to 20 a fiche, each with rank, probability, tier and reason.",
            """
            train matching --data data/examples/published --models out/models
            matching link --models out/models --fiches data/examples/fiches.csv --out out/links.csv
            """)
        {
            models, fiches, output,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the model");
            var model = MatchingCommand.Read(parsed.GetRequiredValue(models), MatchingFiles.Read);
            var all = RegisterReader.ReadStandard(parsed.GetRequiredValue(fiches).FullName).ToList();
            progress.Begin("linking fiches", all.Count);
            var rows = Rows(model, all, progress).ToList();
            var file = parsed.GetRequiredValue(output);
            MatchingCommand.Write(file, Columns, rows);
            return new CommandResult(
                new { output = file.FullName, fiches = all.Count, links = rows.Count },
                console => console.WriteLine(Invariant($"{file.FullName}: {rows.Count} links of {all.Count} fiches")));
        });
        return command;
    }

    private static ParallelQuery<string> Rows(MatchingModel model, List<Fiche> fiches, Progress progress)
    {
        var titles = model.Knowledge.Fiches.ToDictionary(known => known.Fiche.Id, known => known.Fiche.Title);
        string Title(string id) => titles.GetValueOrDefault(id, string.Empty);
        return fiches.AsParallel().AsOrdered().SelectMany(fiche =>
        {
            var links = model.Link(fiche).Take(LinksOfFiche).Index().Select(link =>
            {
                var reason = model.Explain(fiche, link.Item);
                return Invariant($"{fiche.Id},{link.Item.Job},{link.Index + 1},{link.Item.Probability:F6},")
                    + $"{LinkTiers.NameOf(reason.Tier)},{Quoted(reason.Sentence(Title).Fr)}";
            }).ToList();
            progress.Step();
            return links;
        });
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
