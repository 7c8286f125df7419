namespace Cpf.Ml.Training.Tests.Platform.Generation;

public sealed class SampleTests
{
    [Theory]
    [InlineData("generate", "sample")]
    [InlineData("searches", "searches")]
    public async Task A_bundled_sample_is_what_its_command_makes(string name, string bundled)
    {
        using var folder = new TemporaryFolder();
        var readme = await File.ReadAllTextAsync(
            Repository.In("data/README.md"), TestContext.Current.CancellationToken);
        var command = readme.Split('\n').Single(
            line => line.StartsWith($"./cpf-ml data {name}", StringComparison.Ordinal)).Split(' ').Skip(1).ToArray();
        command[Array.IndexOf(command, "--out") + 1] = folder["sample"];
        var (exit, _, error) = await Cli.RunAsync(command);

        Assert.True(exit == 0, error);
        Assert.All(Directory.GetFiles(folder["sample"]), file =>
            Assert.True(
                File.ReadAllBytes(file).AsSpan().SequenceEqual(
                    File.ReadAllBytes(Path.Combine(Repository.In($"data/{bundled}"), Path.GetFileName(file)))),
                Path.GetFileName(file)));
    }
}
