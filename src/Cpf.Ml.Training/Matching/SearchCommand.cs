using System.CommandLine;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Matching.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching;

/// <summary><c>cpf-ml matching search</c>: ROME codes and the fiches of a file that lead to them.</summary>
internal static class SearchCommand
{
    private const string Columns = "query,fiche,rank,score";

    public static Command Create()
    {
        var models = MatchingCommand.ModelsOption();
        var fiches = MatchingCommand.FichesOption();
        var queries = new Option<FileInfo>("--queries")
        {
            Required = true,
            Description = "ROME codes, one a line; what follows a comma is ignored, as are lines without a code.",
        };
        var top = new RangeOption<int>("--top", 1, 100_000, "Maximum number of fiches a code.")
        {
            DefaultValueFactory = _ => 500,
        };
        var output = MatchingCommand.OutputOption(Columns);
        var command = new LeafCommand(
            "search",
            "Ranks the fiches of a file for each of the given ROME codes.",
            "train matching --data data/examples/published --models out/models\n"
            + "matching search --models out/models --fiches data/examples/fiches.csv "
            + "--queries data/examples/codes.csv --out out/answers.csv")
        {
            models, fiches, queries, top, output,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the model");
            var model = MatchingCommand.Read(parsed.GetRequiredValue(models), MatchingFiles.Read);
            var all = RegisterReader.ReadStandard(parsed.GetRequiredValue(fiches).FullName).ToList();
            var codes = Codes(parsed.GetRequiredValue(queries).FullName);
            progress.Begin("scoring fiches", all.Count);
            var rows = Rows(model, all, codes, parsed.GetValue(top), progress).ToList();
            var file = parsed.GetRequiredValue(output);
            MatchingCommand.Write(file, Columns, rows);
            return new CommandResult(
                new { output = file.FullName, codes = codes.Count, fiches = all.Count, rows = rows.Count },
                console => console.WriteLine(
                    Invariant($"{file.FullName}: {rows.Count} rows, {codes.Count} codes among {all.Count} fiches")));
        });
        return command;
    }

    private static IEnumerable<string> Rows(
        MatchingModel model, List<Fiche> fiches, List<string> codes, int top, Progress progress)
    {
        var scored = fiches.AsParallel().AsOrdered().Select(fiche =>
        {
            var scores = model.ScoreAll(fiche);
            progress.Step();
            return (fiche.Id, Scores: scores);
        }).ToList();
        return codes.SelectMany(code => scored
            .Select(fiche => (fiche.Id, Score: fiche.Scores.GetValueOrDefault(code)))
            .OrderByDescending(fiche => fiche.Score)
            .ThenBy(fiche => fiche.Id, StringComparer.Ordinal)
            .Take(top)
            .Index()
            .Select(fiche => Invariant($"{code},{fiche.Item.Id},{fiche.Index + 1},{fiche.Item.Score:G9}")));
    }

    private static List<string> Codes(string path) => File.Exists(path)
        ? [
            .. File.ReadLines(path)
                .Select(line => line.Split(',', ';')[0].Trim().Trim('"'))
                .Where(RegisterReader.IsJob)
                .Distinct(),
        ]
        : throw new InputException($"{path}: there is no such file.");
}
