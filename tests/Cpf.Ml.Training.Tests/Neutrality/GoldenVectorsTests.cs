using Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

namespace Cpf.Ml.Training.Tests.Neutrality;

public sealed class GoldenVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>One is a count of tables that are not there.</summary>
    [Fact]
    public void Every_measure_equals_the_published_test_vectors()
    {
        var results = GoldenVector.Read(Path.Combine(SharedData.Folder("ranking"), "golden_vectors.json"))
            .Select(vector => (vector.Id, Wrong: GoldenVectors.Check(vector))).ToList();
        Assert.Equal(56, results.Count);
        Assert.Equal(["obd-men"], results.Where(result => result.Wrong is null).Select(result => result.Id));
        Assert.All(
            results.Where(result => result.Wrong is not null),
            result => Assert.True(result.Wrong!.Count == 0, $"{result.Id}: {string.Join("; ", result.Wrong!)}"));
    }

    [Fact]
    public async Task Vector_that_does_not_hold_is_reported_and_exits_with_1()
    {
        var file = _folder.Write(
            "v.json",
            """
            {"vectors": [
              {"id": "wrong", "metric": "m-table", "input": {"k": 3, "p": 0.5, "alpha": 0.1}, "expected": [9, 0, 0],
               "tolerance": 0},
              {"id": "poor", "metric": "m-table", "input": {}, "expected": [0], "tolerance": 0},
              {"id": "other", "metric": "beauty", "input": {}, "expected": 1, "tolerance": 0}]}
            """);
        var (exit, output, _) = await Cli.RunAsync("neutrality", "vectors", "--file", file);
        Assert.Equal(1, exit);
        Assert.Contains("wrong: [0]: 0, expected 9", output, StringComparison.Ordinal);
        Assert.Contains("poor: its input is not as this measure needs it", output, StringComparison.Ordinal);
        Assert.Contains("other: not checked, no measure is called «beauty»", output, StringComparison.Ordinal);

        (exit, _, var error) = await Cli.RunAsync("neutrality", "vectors", "--file", _folder.Write("no.json", "{}"));
        Assert.Equal(2, exit);
        Assert.Contains("these are no test vectors", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
