using System.CommandLine;
using System.Text.Json;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// <c>cpf-ml evaluate neutrality</c>: audits and corrections in synthetic worlds, whose truth is known.
/// </summary>
internal static class NeutralityEvaluation
{
    public static Command Create()
    {
        var worlds = new RangeOption<int>(
            "--worlds", 10, 1_000_000, "Unbiased synthetic worlds; a tenth as many for each planted bias and for "
                + "positions.")
        {
            DefaultValueFactory = _ => 1000,
        };
        var vectors = new Option<FileInfo?>("--vectors")
        {
            Description = "Test vectors of measures, as neutrality vectors reads them. None by default.",
        };
        var output = new Option<DirectoryInfo?>("--out")
        {
            Description = "Folder for neutrality.json. None by default.",
        };
        var command = new LeafCommand(
            "neutrality",
            "False alarms, power and corrections on synthetic worlds whose truth is known, each against its goal.",
            "evaluate neutrality --worlds 10 --out out/evaluation")
        {
            worlds, vectors, output, ResultOption.Create(),
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed, parsed.GetValue(worlds), parsed.GetValue(vectors)?.FullName, parsed.GetValue(output)));
        return command;
    }

    /// <summary>Figures are printed as soon as they are known: a thousand worlds take a quarter of an hour.</summary>
    private static async Task<int> RunAsync(ParseResult parsed, int worlds, string? vectors, DirectoryInfo? folder)
    {
        var figures = new List<Figure>();
        var console = CommandResult.IsJson(parsed) ? TextWriter.Null : parsed.InvocationConfiguration.Output;
        foreach (var trial in NeutralityTrials.All(worlds, vectors))
        {
            var found = await LeafCommand.ShowAsync(parsed, progress => Task.FromResult(trial(progress).ToList()));
            figures.AddRange(found);
            foreach (var figure in found)
            {
                var verdict = figure.IsMet is not { } isMet ? "" : isMet ? "met" : "missed";
                var goal = figure.Goal is { } asked ? $" goal {asked}" : "";
                await console.WriteLineAsync($"{verdict,-6} {figure.What,-78} {figure.Text,-32}{goal}".TrimEnd());
            }
        }

        if (folder is not null)
        {
            folder.Create();
            var json = JsonSerializer.Serialize(figures, JsonSerializerOptions.Web);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "neutrality.json"), json);
        }

        ResultOption.Write(parsed, [], () => figures);
        new CommandResult(new { output = folder?.FullName, figures }, _ => { }).Write(parsed);
        return 0;
    }
}
