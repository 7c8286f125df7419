using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["b.txt"] = "two"u8.ToArray(),
        ["a.txt"] = "one"u8.ToArray(),
    };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cpf-ml-");

    [Fact]
    public void Model_folder_round_trips()
    {
        var written = Write(Files);
        var (manifest, files) = ModelFolder.Read<Manifest>(_folder.FullName);

        Assert.Equal((written.Version, 7), (manifest.Version, manifest.Trees));
        Assert.Equal(Files.OrderBy(file => file.Key), files.OrderBy(file => file.Key));
    }

    [Fact]
    public void Model_version_is_a_function_of_its_files_only()
    {
        var version = ModelFolder.Seal(new Manifest { Name = "m" }, Files).Version;

        Assert.Equal(
            version, ModelFolder.Seal(new Manifest { Name = "m", Trees = 9 }, Files.Reverse().ToDictionary()).Version);
        Assert.NotEqual(
            version,
            ModelFolder.Seal(
                new Manifest { Name = "m" }, new Dictionary<string, byte[]>(Files) { ["a.txt"] = [1] }).Version);
    }

    [Fact]
    public void Truncated_model_folder_is_refused()
    {
        Write(Files);

        // The directory in the place of a file stops the second writing halfway.
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "c.txt"));
        Assert.ThrowsAny<Exception>(
            () => Write(new Dictionary<string, byte[]>(Files) { ["a.txt"] = [1], ["c.txt"] = [2] }));

        Assert.Contains(
            "manifest.json",
            Assert.Throws<ModelFormatException>(() => ModelFolder.Read<Manifest>(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Manifest_that_names_a_file_outside_its_folder_is_refused()
    {
        Write(Files);
        var path = Path.Combine(_folder.FullName, ModelFolder.ManifestName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("a.txt", "../a.txt", StringComparison.Ordinal));

        Assert.Contains(
            "../a.txt is not the name",
            Assert.Throws<ModelFormatException>(() => ModelFolder.Read<Manifest>(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Manifest Write(Dictionary<string, byte[]> files)
    {
        var manifest = ModelFolder.Seal(new Manifest { Name = "m", Trees = 7 }, files);
        ModelFolder.Write(_folder.FullName, manifest, files, new Dictionary<string, byte[]>());
        return manifest;
    }

    private sealed record Manifest : ModelManifest
    {
        public int Trees { get; init; }
    }
}
