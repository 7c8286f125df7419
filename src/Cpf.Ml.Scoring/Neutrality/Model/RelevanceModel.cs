using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Neutrality.Model;

/// <summary>Relevance of an offer by what the engine knows of it, learnt from clicks weighted by how likely their
/// position is looked at: it knows nothing of who sells it or how popular it is.</summary>
/// <param name="Features">Names of the features, in order.</param>
/// <param name="Medians">Medians of the features, which replace missing values.</param>
/// <param name="Bias">Constant added to the sum of the trees.</param>
/// <param name="Trees">The trees.</param>
/// <remarks>Trees that were boosted (Friedman 2001) by ML.NET's FastTree; kept as plain numbers, so that any thread may
/// ask.</remarks>
public sealed record RelevanceModel(
    ImmutableArray<string> Features, [property: JsonPropertyName("usual")] ImmutableArray<double> Medians,
    double Bias, ImmutableArray<RelevanceTree> Trees)
{
    /// <summary>Name of the model in its manifest.</summary>
    public const string Name = "relevance";
    private const string File = "trees.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Chance that the offer is opened at the first position, at least 0.</summary>
    /// <param name="values">Values of <see cref="Features"/>, in order; NaN where one is not known.</param>
    public double Predict(IReadOnlyList<double> values)
    {
        var (known, sum) = (Known(values), Bias);
        foreach (var tree in Trees)
        {
            sum += tree.Predict(known);
        }

        return Math.Max(0, sum);
    }

    /// <summary>The same by names of features.</summary>
    /// <param name="values">Values by name; absent features are not known, unknown names are ignored.</param>
    public double Predict(IReadOnlyDictionary<string, double> values) =>
        Predict([.. Features.Select(name => values.GetValueOrDefault(name, double.NaN))]);

    /// <summary>Partial sums: of no tree, of the first, of the first two, and so on.</summary>
    /// <param name="values">Values of <see cref="Features"/>, in order; NaN where one is not known.</param>
    public double[] Path(IReadOnlyList<double> values)
    {
        var known = Known(values);
        var path = new double[Trees.Length + 1];
        path[0] = Bias;
        for (var i = 0; i < Trees.Length; i++)
        {
            path[i + 1] = path[i] + Trees[i].Predict(known);
        }

        return path;
    }

    private double[] Known(IReadOnlyList<double> values)
    {
        var known = new double[Features.Length];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = double.IsNaN(values[i]) ? Medians[i] : values[i];
        }

        return known;
    }

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">Folder with the manifest and the model's file.</param>
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

    /// <summary>Files of the model by name; the same model gives the same bytes.</summary>
    public Dictionary<string, byte[]> Files() => new() { [File] = JsonSerializer.SerializeToUtf8Bytes(this, Json) };
}

/// <summary>A binary regression tree; each node compares one feature with a threshold.</summary>
/// <param name="Feature">Index of the feature that each node compares.</param>
/// <param name="Threshold">Threshold of each node: values at most this go left.</param>
/// <param name="Left">Left child of each node; where negative, the leaf ~x.</param>
/// <param name="Right">Right child of each node; where negative, the leaf ~x.</param>
/// <param name="Leaves">Value of each leaf.</param>
public sealed record RelevanceTree(ImmutableArray<int> Feature, ImmutableArray<double> Threshold,
    ImmutableArray<int> Left, ImmutableArray<int> Right, ImmutableArray<double> Leaves)
{
    /// <summary>Value of the leaf that a row of features reaches.</summary>
    /// <param name="values">Values of all features; none is NaN.</param>
    public double Predict(ReadOnlySpan<double> values)
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
