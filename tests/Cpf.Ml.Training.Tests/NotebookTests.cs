using System.Diagnostics;

namespace Cpf.Ml.Training.Tests;

/// <summary>A notebook's page is what its program writes now.</summary>
[Trait("Stage", "Figures")]
public sealed class NotebookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("transactions/01-how-a-score-comes-about", true, "nab")]
    [InlineData("certifications/01-the-story-of-a-case", false, "sample")]
    [InlineData("neutrality/01-flooding", false, "searches")]
    public async Task Page_of_a_notebook_is_what_its_program_writes(string name, bool isShared, string data)
    {
        var notebooks = Path.Combine(Repository.Root, "notebooks");
        var output = _folder["page"];
        var (exitCode, error) = await RunAsync(
            Path.Combine(notebooks, name + ".cs"),
            isShared ? SharedData.Folder(data) : Repository.In($"data/{data}"),
            output);

        Assert.True(exitCode == 0, error);
        var written = Directory.EnumerateFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Contains(Path.GetFileName(name) + ".md", written);
        Assert.All(written, file => Assert.Equal(
            File.ReadAllText(Path.Combine(notebooks, Path.GetDirectoryName(name)!, file!)),
            File.ReadAllText(Path.Combine(output, file!))));
    }

    public void Dispose() => _folder.Dispose();

    internal static async Task<(int ExitCode, string Error)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["run", program, "--", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }
}
