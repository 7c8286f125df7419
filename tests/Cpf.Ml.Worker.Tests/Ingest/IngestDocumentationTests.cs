using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;
using Microsoft.Extensions.Configuration;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>What docs/ingest.md shows is what the service does.</summary>
public sealed partial class IngestDocumentationTests
{
    [Fact]
    public async Task Example_lines_of_the_page_are_accepted()
    {
        await using var host = await IngestHost.StartAsync();
        var blocks = Blocks().Where(block => block.StartsWith("{\"", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, blocks.Count);
        await AssertTakenAsync(
            host, "/api/v1/metrics", blocks.Single(block => block.Contains("series", StringComparison.Ordinal)));
        await AssertTakenAsync(
            host,
            "/api/v1/transactions",
            blocks.Single(block => block.Contains("operation", StringComparison.Ordinal)));
    }

    [Fact]
    public void Example_settings_of_the_page_are_valid()
    {
        var blocks = Blocks().Where(block => block.Contains("\"Ingest\"", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, blocks.Count);
        foreach (var block in blocks)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(block));
            var settings = new IngestSettings();
            new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Ingest")
                .Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
            Assert.All(
                settings.Validate(),
                reason => Assert.Contains("a file that is not there", reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_rejection_reason_is_on_the_page() =>
        Assert.All(Rejections.Names, reason => Assert.Contains($"`{reason}`", Page(), StringComparison.Ordinal));

    [Fact]
    public void Limits_on_the_page_are_the_defaults()
    {
        var settings = new IngestSettings();

        Assert.Equal(
            (16 << 20, 64 << 20, 16 << 10, 40, 1_024, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)),
            (
                settings.MaxBodyBytes,
                settings.MaxUnpackedBytes,
                settings.MaxLineBytes,
                settings.MaxLabels,
                settings.MaxLabelBytes,
                    settings.FutureTolerance, settings.Transactions.Grace));
    }

    private static async Task AssertTakenAsync(IngestHost host, string path, string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var answer = await host.Client.PostAsync(
            new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.True(
            answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Blocks() =>
        CodeBlock().Matches(Page()).Select(match => match.Groups[1].Value.Trim());

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "ingest.md"));

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
