using System.Text.Json;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Input and expected values of a measure, from papers and libraries.</summary>
/// <param name="Folder">Where files that it names are.</param>
internal sealed record GoldenVector(
    string Id, string Metric, JsonElement Input, JsonElement Expected, double Tolerance, string Folder)
{
    public static IReadOnlyList<GoldenVector> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(element => new GoldenVector(
            element.GetProperty("id").GetString()!, element.GetProperty("metric").GetString()!,
            element.GetProperty("input").Clone(), element.GetProperty("expected").Clone(),
            element.GetProperty("tolerance").GetDouble(), Path.GetDirectoryName(path)!))];
    }

    public double Number(string name) => Input.GetProperty(name).GetDouble();

    public int Whole(string name) => Input.GetProperty(name).GetInt32();

    public double[] Numbers(string name) =>
        [.. Input.GetProperty(name).EnumerateArray().Select(element => element.GetDouble())];

    public int[] Wholes(string name) =>
        [.. Input.GetProperty(name).EnumerateArray().Select(element => element.GetInt32())];

    public char[] Groups() => Input.GetProperty("groups").GetString()!.ToCharArray();

    public Dictionary<string, double> Counts(string name) =>
        Input.GetProperty(name)
            .EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetDouble());

    /// <summary>Names of what is expected and is not as computed.</summary>
    /// <param name="actual">Under the names of the expected, or under none where the expected is one value.</param>
    public IEnumerable<string> Differences(object actual) => Differences(
        string.Empty, Expected, JsonSerializer.SerializeToElement(actual), Tolerance == 0 ? 1e-12 : Tolerance);

    private static IEnumerable<string> Differences(
        string path, JsonElement expected, JsonElement actual, double tolerance)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when !actual.EnumerateObject().Any():
                yield return $"{path}: nothing was computed";
                break;
            case JsonValueKind.Object:
                foreach (var own in actual.EnumerateObject())
                {
                    foreach (var difference in Differences(
                        $"{path}.{own.Name}", expected.GetProperty(own.Name), own.Value, tolerance))
                    {
                        yield return difference;
                    }
                }

                break;
            case JsonValueKind.Array when expected.GetArrayLength() != actual.GetArrayLength():
                yield return $"{path}: {actual.GetArrayLength()} values, expected {expected.GetArrayLength()}";
                break;
            case JsonValueKind.Array:
                foreach (var difference in expected.EnumerateArray().Zip(actual.EnumerateArray()).Index()
                    .SelectMany(
                        entry => Differences($"{path}[{entry.Index}]", entry.Item.First, entry.Item.Second, tolerance)))
                {
                    yield return difference;
                }

                break;
            case JsonValueKind.Number when Math.Abs(expected.GetDouble() - actual.GetDouble()) <= tolerance:
                break;
            default:
                if (expected.ToString() != actual.ToString())
                {
                    yield return $"{path}: {actual}, expected {expected}";
                }

                break;
        }
    }
}
