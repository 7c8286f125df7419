using System.Reflection;
using System.Text.RegularExpressions;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Publish;

public sealed partial class AlertDocsTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Rules => [.. typeof(AlertRules)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Runbook_of_every_rule_opens_without_a_session(string rule)
    {
        var settings = new PublishSettings { ConsoleUrl = worker.Address.ToString() };
        using var client = worker.Anonymous();

        var page = await client.GetStringAsync(settings.Receivers.RunbookUrl(rule), Cancellation);

        Assert.Equal(await File.ReadAllTextAsync(Repository.In($"docs/runbooks/{rule}.md"), Cancellation), page);
    }

    [Fact]
    public async Task The_runbook_of_every_prometheus_rule_opens_at_its_section()
    {
        var rules = await File.ReadAllTextAsync(Repository.In("deploy/prometheus/rules.yml"), Cancellation);
        var links = RunbookUrl().Matches(rules)
            .Select(match => (Alert: match.Groups[1].Value, Url: new Uri(match.Groups[2].Value))).ToList();
        using var client = worker.Anonymous();

        Assert.Equal(Regex.Count(rules, "- alert: "), links.Count);
        foreach (var (alert, url) in links)
        {
            Assert.Equal(new PublishSettings().ConsoleUrl, url.GetLeftPart(UriPartial.Authority));
            var page = await client.GetStringAsync(url.PathAndQuery, Cancellation);
            var section = page.Split('\n').SingleOrDefault(line => line.StartsWith("## ", StringComparison.Ordinal)
                && "#" + line[3..].ToLowerInvariant() == url.Fragment);
            Assert.True(section is not null, $"{alert}: no section for {url.Fragment}.");
        }
    }

    [Fact]
    public async Task The_schema_that_cloud_events_name_opens()
    {
        using var client = worker.Anonymous();

        using var answer = await client.GetAsync(
            new PublishSettings { ConsoleUrl = worker.Address.ToString() }.Receivers.SchemaUrl, Cancellation);

        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            await File.ReadAllTextAsync(Repository.In("docs/alert.schema.json"), Cancellation),
            await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public void Every_test_of_the_detector_is_explained()
    {
        var explained = File.ReadAllText(Repository.In("docs/scores.md"));

        string[] names = ["record", "no-data", .. Enum.GetValues<SeriesTest>().Select(SeriesTestNames.NameOf)];
        Assert.All(names, name => Assert.Contains($"`{name}`", explained, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"- alert: (\w+)(?:(?!- alert: )[\s\S])*?runbook_url: (\S+)")]
    private static partial Regex RunbookUrl();
}
