using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Tests.Console;
using Cpf.Ml.Worker.Tests.Ingest;
using Cpf.Ml.Worker.Tests.Publish;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>
/// The whole path with real servers: a platform, a Prometheus that scrapes it, the service, an Alertmanager, a browser.
/// </summary>
public sealed class PlatformTests
{
    private const float Patience = 120_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slow_operation_and_volume_drop_are_one_incident_each_until_they_end()
    {
        await using var platform = await PlatformExporter.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var prometheus = await PrometheusServer.StartAsync(
            Scraping(platform), PlatformConsole.History(now));
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var console = new PlatformConsole(prometheus, alertmanager);
        await console.InitializeAsync();
        await UntilLiveAsync(console);
        using var api = await console.WithTokenAsync(Scopes.Read);
        Assert.Empty(await IncidentsAsync(api));

        platform.SignIn = 4;
        platform.Purchases = 0.3;
        await alertmanager.UntilAsync(
            active => active.Select(alert => Text(alert.GetProperty("labels"), "service")).Distinct().Count() == 2);

        var incidents = await IncidentsAsync(api);
        var (slow, few) = (One(incidents, "identite"), One(incidents, "formation"));
        AssertReasons(slow, "s", direction: +1);
        AssertReasons(few, "1/min", direction: -1);
        await AssertToldAsync(alertmanager, slow, few);
        var pages = new List<IPage>();
        foreach (var (incident, french, english) in ((JsonElement, string, string)[])
            [
                (slow, "Connexion\u00a0: durée à ", "Sign-in: duration at "),
                (few, "Achat\u00a0: volume à ", "Purchase: volume at "),
            ])
        {
            Assert.Matches($"^{french}.*, attendue? .*, depuis ", Sentence(incident).GetProperty("fr").GetString());
            Assert.Matches($"^{english}.*, expected .*, since ", Sentence(incident).GetProperty("en").GetString());
            pages.Add(await ShowAsync(console, "fr", incident, french, "ouvert, personne ne l'a pris"));
            pages.Add(await ShowAsync(console, "en", incident, english, "open, not acknowledged"));
        }

        platform.SignIn = 1;
        platform.Purchases = 1;
        await alertmanager.UntilAsync(active => active.Count == 0);

        // The pages that were open all the time say so by themselves.
        for (var i = 0; i < pages.Count; i++)
        {
            await Assertions.Expect(pages[i].Locator(".incident-head"))
                .ToContainTextAsync(i % 2 == 0 ? "clos" : "closed", new() { Timeout = Patience });
        }

        var closed = await IncidentsAsync(api);
        Assert.Equal(2, closed.Count);
        Assert.All((JsonElement[])[One(closed, "identite"), One(closed, "formation")], AssertClosed);
        Assert.Empty(await console.Services.GetRequiredService<IncidentSearchStore>().FindOpenAlertsAsync(Cancel));
    }

    /// <summary>Every series has its week of history and a point of just now.</summary>
    private static async Task UntilLiveAsync(PlatformConsole console)
    {
        var estate = console.Services.GetRequiredService<Estate>();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var live = TimeProvider.System.GetUtcNow().AddSeconds(-15).ToUnixTimeMilliseconds();
            var series = estate.Snapshot();
            if (series.Count == 4
                && series.All(line => line.IsWarm && line.ConfidenceWeeks >= 1 && line.LastTimestamp > live))
            {
                return;
            }

            await Task.Delay(100, deadline.Token);
        }
    }

    private static async Task<List<JsonElement>> IncidentsAsync(HttpClient api) =>
        [.. (await api.GetFromJsonAsync<JsonElement>(new Uri("api/v1/incidents", UriKind.Relative), Cancel))
            .GetProperty("items").EnumerateArray()];

    private static JsonElement One(List<JsonElement> incidents, string service)
    {
        Assert.Equal(2, incidents.Count);
        return Assert.Single(incidents, incident => incident.GetProperty("service").GetString() == service);
    }

    private static JsonElement Sentence(JsonElement incident) =>
        Assert.Single(incident.GetProperty("alerts").EnumerateArray()).GetProperty("document").GetProperty("sentence");

    private static void AssertReasons(JsonElement incident, string unit, int direction)
    {
        Assert.Equal("open", Text(incident, "state"));
        Assert.Contains(Text(incident, "severity"), (string[])["warning", "critical"]);
        var alert = Assert.Single(incident.GetProperty("alerts").EnumerateArray());
        Assert.Equal("anomaly", Text(alert, "rule"));
        var document = alert.GetProperty("document");
        Assert.Equal(unit, Text(document, "unit"));
        var band = document.GetProperty("band999");
        var (observed, expected) = (
            document.GetProperty("observed").GetDouble(), document.GetProperty("expected").GetDouble());
        Assert.InRange(expected, band.GetProperty("lower").GetDouble(), band.GetProperty("upper").GetDouble());
        Assert.True(
            direction > 0
                ? observed > band.GetProperty("upper").GetDouble()
                : observed < band.GetProperty("lower").GetDouble());

        // A spread has no side that it deviates to; everything else must point the right way.
        var tests = document.GetProperty("tests").EnumerateArray().ToList();
        Assert.Contains(tests, test => Text(test, "name") is "point" or "local" or "difference" or "record");
        Assert.All(
            tests.Where(test => Text(test, "name") is not ("variance" or "sustained")),
            test => Assert.Equal(direction, test.GetProperty("direction").GetInt32()));
    }

    private static async Task AssertToldAsync(AlertmanagerServer alertmanager, params JsonElement[] incidents)
    {
        var told = await alertmanager.UntilAsync(active => active.Count == incidents.Length);
        foreach (var incident in incidents)
        {
            var alert = Assert.Single(
                told, alert => Text(alert.GetProperty("labels"), "incident") == Text(incident, "id"));
            Assert.Equal(Text(incident, "service"), Text(alert.GetProperty("labels"), "service"));
            var name = incident.GetProperty("alerts")[0].GetProperty("seriesName");
            Assert.StartsWith(
                Text(name, "fr"), Text(alert.GetProperty("annotations"), "summary"), StringComparison.Ordinal);
            Assert.StartsWith(
                Text(name, "en"), Text(alert.GetProperty("annotations"), "summary_en"), StringComparison.Ordinal);
        }
    }

    private static async Task<IPage> ShowAsync(
        PlatformConsole console, string language, JsonElement incident, string sentence, string state)
    {
        var page = await console.OpenAsync($"/incidents/{Text(incident, "id")}", new Screen(language, 1280));
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(sentence, new() { Timeout = Patience });
        await Assertions.Expect(page.Locator(".incident-head")).ToContainTextAsync(state, new() { Timeout = Patience });
        return page;
    }

    private static void AssertClosed(JsonElement incident)
    {
        Assert.Equal("closed", Text(incident, "state"));
        var alert = Assert.Single(incident.GetProperty("alerts").EnumerateArray());
        Assert.True(
            alert.GetProperty("closedAt").GetDateTimeOffset() > alert.GetProperty("openedAt").GetDateTimeOffset());
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static string Scraping(PlatformExporter platform) =>
        $$"""
        global: { scrape_interval: 1s }
        scrape_configs:
          - job_name: platform
            static_configs: [{ targets: ["{{platform.Authority}}"] }]
        """;
}
