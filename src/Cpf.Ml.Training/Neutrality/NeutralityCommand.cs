using System.CommandLine;
using System.Text.Json;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Neutrality.Probes;

namespace Cpf.Ml.Training.Neutrality;

/// <summary><c>cpf-ml neutrality</c>: is a ranking neutral?</summary>
internal static class NeutralityCommand
{
    public static Command Create(Option<bool> json)
    {
        var file = new Option<FileInfo>("--file") { Required = true, Description = "Test vectors as JSON: id, metric, input, expected, tolerance." };
        var vectors = new Command("vectors", "Measures of ranking neutrality against values from papers and libraries.") { file };
        vectors.SetAction(parsed => Check(parsed.GetRequiredValue(file).FullName, parsed.InvocationConfiguration.Output));
        return new Command("neutrality", "Is a ranking neutral?") { vectors, AuditCommand.Create(json), RerankCommand.Create(), ProbeCommands.Probe(), ProbeCommands.Serve() };
    }

    /// <returns>0 where all hold that could be checked.</returns>
    private static int Check(string path, TextWriter console)
    {
        IReadOnlyList<GoldenVector> all;
        try
        {
            all = GoldenVector.Read(path);
        }
        catch (Exception exception) when (exception is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: these are no test vectors: {exception.Message}");
        }

        var results = all.Select(one => (one.Id, one.Metric, Wrong: GoldenVectors.Check(one))).ToList();
        foreach (var (id, metric, wrong) in results.Where(one => one.Wrong is not { Count: 0 }))
        {
            console.WriteLine(wrong is null ? $"{id}: not checked, no measure is called «{metric}»" : $"{id}: {string.Join("; ", wrong)}");
        }

        console.WriteLine($"{results.Count(one => one.Wrong is { Count: 0 })} of {results.Count} vectors hold, {results.Count(one => one.Wrong is null)} not checked.");
        return results.Exists(one => one.Wrong is { Count: > 0 }) ? 1 : 0;
    }
}
