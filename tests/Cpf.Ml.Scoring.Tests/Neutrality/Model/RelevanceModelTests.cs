using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Model;

public sealed class RelevanceModelTests : IDisposable
{
    /// <summary>
    /// At most 0.5 of match and then at most 10 km: −0.4; at most 0.5 and farther: −2; above 0.5: 0.3. A second tree
    /// adds 0.1 to everything.
    /// </summary>
    private static readonly RelevanceModel Sample = new(
        ["match", "distance"],
        [0.7, 8],
        Bias: 0.5,
        [new([0, 1], [0.5, 10], [1, ~0], [~2, ~1], [-0.4, -2, 0.3]), new([], [], [], [], [0.1])]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cpf-ml-");

    [Theory]
    [InlineData(0.9, 100, 0.9)]
    [InlineData(0.5, 10, 0.2)]
    [InlineData(0.5, 10.1, 0)] // never below 0
    [InlineData(double.NaN, 100, 0.9)] // the median of match is 0.7
    [InlineData(0.1, double.NaN, 0.2)] // the median of distance is 8
    public void Relevance_is_the_bias_and_a_leaf_of_each_tree(double match, double distance, double relevance) =>
        Assert.Equal(relevance, Sample.Predict([match, distance]), 12);

    [Fact]
    public void Features_by_name_are_those_in_order_and_absent_ones_are_not_known()
    {
        Assert.Equal(
            Sample.Predict([0.2, 5]),
            Sample.Predict(new Dictionary<string, double> { ["distance"] = 5, ["other"] = 1, ["match"] = 0.2 }));
        Assert.Equal(
            Sample.Predict([0.2, double.NaN]), Sample.Predict(new Dictionary<string, double> { ["match"] = 0.2 }));
    }

    [Fact]
    public void Path_goes_from_the_bias_to_the_sum_tree_by_tree()
    {
        var path = Sample.Path([0.1, 100]);
        Assert.Equal([0.5, -1.5, -1.4], path.Select(sum => Math.Round(sum, 12)));
    }

    [Fact]
    public void Model_is_read_as_it_was_written_and_the_same_model_gives_the_same_bytes()
    {
        var files = Sample.Files();
        ModelFolder.Write(_folder.FullName, Manifest(RelevanceModel.Name, files), files, files);
        var (model, manifest) = RelevanceModel.Read(_folder.FullName);
        Assert.Equal("clicks", manifest.Target);
        Assert.Equal(files.Values.Single(), model.Files().Values.Single());
        Assert.Equal(Sample.Predict([0.1, 3]), model.Predict([0.1, 3]));
    }

    [Fact]
    public void Folder_of_another_model_is_refused_by_name()
    {
        var files = Sample.Files();
        ModelFolder.Write(_folder.FullName, Manifest("matching", files), files, files);
        Assert.Contains(
            "this is no model of relevance: it is called matching",
            Assert.Throws<ModelFormatException>(() => RelevanceModel.Read(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_that_are_no_JSON_are_refused_with_their_file()
    {
        Dictionary<string, byte[]> files = new() { ["trees.json"] = "{"u8.ToArray() };
        ModelFolder.Write(_folder.FullName, Manifest(RelevanceModel.Name, files), files, files);
        Assert.Contains(
            "trees.json:",
            Assert.Throws<ModelFormatException>(() => RelevanceModel.Read(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static RelevanceManifest Manifest(string name, Dictionary<string, byte[]> files) => ModelFolder.Seal(
        new RelevanceManifest
        {
            Name = name,
            Code = "1.0",
            Target = "clicks",
            Features = Sample.Features,
            LeftOut = new Dictionary<string, Text>(),
            From = default,
            Until = default,
            Questions = 1,
            Events = 1,
            EffectiveEvents = 1,
            KnownPropensities = 0,
            EngineGain = 0.5,
            ModelGain = 0.6,
            DifferenceLow = 0,
            DifferenceHigh = 0.2,
            Importance = new Dictionary<string, double>(),
            Data = new Dictionary<string, string>(),
        },
        files);
}
