using System.Collections.Immutable;
using System.Text.Json;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Neutrality.Model;

/// <summary>Relevance of an offer by what the engine knows of it, learnt from clicks that count by how likely their
/// position is looked at: nothing of who sells it or how popular it is.</summary>
/// <param name="Features">In their order.</param>
/// <param name="Usual">Medians, which stand for what is missing.</param>
/// <param name="Bias">Added to what the trees say.</param>
/// <remarks>Trees that were boosted (Friedman 2001) by ML.NET's FastTree; kept as plain numbers, so that any thread may
/// ask.</remarks>
public sealed record RelevanceModel(
    ImmutableArray<string> Features, ImmutableArray<double> Usual, double Bias, ImmutableArray<RelevanceTree> Trees)
{
    public const string Name = "relevance";
    private const string File = "trees.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Chance that the offer is opened at the first position, at least 0.</summary>
    /// <param name="values">Of <see cref="Features"/>; NaN where one is not known.</param>
    public double Of(IReadOnlyList<double> values)
    {
        var (known, sum) = (Known(values), Bias);
        foreach (var tree in Trees)
        {
            sum += tree.Of(known);
        }

        return Math.Max(0, sum);
    }

    /// <param name="values">By name; those that are not there are not known.</param>
    public double Of(IReadOnlyDictionary<string, double> values) =>
        Of([.. Features.Select(name => values.GetValueOrDefault(name, double.NaN))]);

    /// <summary>What no tree, the first, the first two, … of them say.</summary>
    public double[] Path(IReadOnlyList<double> values)
    {
        var known = Known(values);
        var path = new double[Trees.Length + 1];
        path[0] = Bias;
        for (var i = 0; i < Trees.Length; i++)
        {
            path[i + 1] = path[i] + Trees[i].Of(known);
        }

        return path;
    }

    private double[] Known(IReadOnlyList<double> values)
    {
        var known = new double[Features.Length];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = double.IsNaN(values[i]) ? Usual[i] : values[i];
        }

        return known;
    }

    /// <exception cref="ModelFormatException">The folder is damaged, changed, of another model, or newer than this
    /// program.</exception>
    public static (RelevanceModel Model, RelevanceManifest Manifest) Read(string folder)
    {
        var (manifest, files) = ModelFolder.Read<RelevanceManifest>(folder);
        if (manifest.Name != Name || !files.TryGetValue(File, out var content))
        {
            throw new ModelFormatException(
                $"{folder}: this is no model of relevance: it is called {manifest.Name}, and needs file {File}.");
        }

        try
        {
            var model = JsonSerializer.Deserialize<RelevanceModel>(content, Json) ?? throw new JsonException("null");
            return (model, manifest);
        }
        catch (JsonException exception)
        {
            throw new ModelFormatException($"{folder}: {File}: {exception.Message}", exception);
        }
    }

    /// <summary>The same model gives the same bytes.</summary>
    public Dictionary<string, byte[]> Files() => new() { [File] = JsonSerializer.SerializeToUtf8Bytes(this, Json) };
}

/// <summary>A tree of questions about single features.</summary>
/// <param name="Feature">Asked at each node.</param>
/// <param name="Threshold">At most this goes left.</param>
/// <param name="Left">Node; where negative the leaf ~x.</param>
/// <param name="Right">The same.</param>
/// <param name="Leaves">What each adds.</param>
public sealed record RelevanceTree(ImmutableArray<int> Feature, ImmutableArray<double> Threshold,
    ImmutableArray<int> Left, ImmutableArray<int> Right, ImmutableArray<double> Leaves)
{
    public double Of(ReadOnlySpan<double> values)
    {
        if (Feature.IsEmpty)
        {
            return Leaves.IsEmpty ? 0 : Leaves[0];
        }

        var node = 0;
        while (node >= 0)
        {
            node = values[Feature[node]] <= Threshold[node] ? Left[node] : Right[node];
        }

        return Leaves[~node];
    }
}
