using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Deploy;

/// <summary>What the pages for readers say is so.</summary>
public sealed partial class ReadmeTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public async Task Every_file_that_a_page_names_exists(string page)
    {
        var text = await File.ReadAllTextAsync(Repository.In(page), Cancellation);

        var missing = NamedFile().Matches(text).Select(match => match.Groups[1].Value)
            .Where(path => !Path.Exists(Repository.In(path)) && !Path.Exists(Repository.In("src/Cpf.Ml." + path)));

        Assert.Empty(missing);
    }

    [Fact]
    public async Task The_example_of_the_readme_is_accepted()
    {
        var text = await File.ReadAllTextAsync(Repository.In("README.md"), Cancellation);
        var body = Body().Match(text).Groups[1].Value;
        using var client = await worker.WithTokenAsync(Scopes.Ingest);
        using var content = new StringContent(
            body, new MediaTypeHeaderValue(ContentType().Match(text).Groups[1].Value));

        using var answer = await client.PostAsync("/api/v1/metrics", content, Cancellation);

        var said = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, said);
    }

    [GeneratedRegex(@"`((?:\./)?(?:[\w.-]+/)+[\w.-]*|[A-Z]+\.md)`")]
    private static partial Regex NamedFile();

    [GeneratedRegex("--data-binary '(.+)'")]
    private static partial Regex Body();

    [GeneratedRegex("Content-Type: ([a-z/-]+)")]
    private static partial Regex ContentType();
}
