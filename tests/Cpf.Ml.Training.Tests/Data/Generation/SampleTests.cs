namespace Cpf.Ml.Training.Tests.Data.Generation;

public sealed class SampleTests
{
    [Fact]
    public async Task The_bundled_sample_is_what_its_command_makes()
    {
        using var folder = new TemporaryFolder();
        var readme = await File.ReadAllTextAsync(Repository.In("data/README.md"), TestContext.Current.CancellationToken);
        var command = readme.Split('\n').Single(line => line.StartsWith("./cpf-ml data generate", StringComparison.Ordinal)).Split(' ').Skip(1).ToArray();
        command[Array.IndexOf(command, "--out") + 1] = folder["sample"];
        var (exit, _, error) = await Cli.RunAsync(command);

        Assert.True(exit == 0, error);
        Assert.All(Directory.GetFiles(folder["sample"]), file =>
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Repository.In("data/sample"), Path.GetFileName(file)))), Path.GetFileName(file)));
    }
}
