using System.CommandLine;
using System.Text.Json;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality vectors</c>: measures against the values that papers and libraries give.</summary>
internal static class VectorsCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--file")
        {
            Required = true,
            Description = "Test vectors as JSON: id, metric, input, expected, tolerance.",
        };
        var command = new LeafCommand(
            "vectors",
            "Checks measures of ranking neutrality against values from papers and libraries; exit code 1 where one "
                + "differs.",
            "neutrality vectors --file data/examples/vectors.json")
        {
            file,
        };
        command.SetWork((parsed, progress) => Check(parsed.GetRequiredValue(file).FullName, progress));
        return command;
    }

    private static CommandResult Check(string path, Progress progress)
    {
        var results = progress.Each("test vectors", Read(path))
            .Select(vector => (vector.Id, vector.Metric, Errors: GoldenVectors.Check(vector)))
            .ToList();
        var hold = results.Count(result => result.Errors is { Count: 0 });
        var notChecked = results.Count(result => result.Errors is null);
        var vectors = results.Select(result => new { result.Id, result.Metric, result.Errors });
        return new CommandResult(
            new { hold, not_checked = notChecked, vectors },
            console =>
            {
                foreach (var (id, metric, errors) in results.Where(result => result.Errors is not { Count: 0 }))
                {
                    console.WriteLine(errors is null
                        ? $"{id}: not checked, no measure is called «{metric}»"
                        : $"{id}: {string.Join("; ", errors)}");
                }

                console.WriteLine($"{hold} of {results.Count} vectors hold, {notChecked} not checked.");
            },
            results.Exists(result => result.Errors is { Count: > 0 }) ? 1 : 0);
    }

    private static IReadOnlyList<GoldenVector> Read(string path)
    {
        try
        {
            return GoldenVector.Read(path);
        }
        catch (Exception exception)
            when (exception is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: these are no test vectors: {exception.Message}");
        }
    }
}
