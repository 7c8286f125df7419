using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Scoring.Tests.Neutrality;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Neutrality;
using Cpf.Ml.Worker.Tests.Console;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Neutrality;

/// <summary>Audits as an auditor sees them, and re-ranking as a search engine calls it.</summary>
public sealed class NeutralityPageTests(NeutralityPageTests.WithLog console) : IClassFixture<NeutralityPageTests.WithLog>
{
    public static TheoryData<Screen> Screens => PageTests.Screens;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_newest_audit_with_its_history_is_accessible(Screen screen)
    {
        await console.AuditedAsync();
        await LookAsync(screen, "neutrality", "/neutrality");
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task One_audit_is_accessible(Screen screen)
    {
        await console.AuditedAsync();
        using var client = await console.WithTokenAsync(Scopes.Audit);
        var id = await NewestAsync(client);
        await LookAsync(screen, "neutrality-audit", $"/neutrality/audits/{id}");
        await LookAsync(screen, "neutrality-report", $"/neutrality/audits/{id}", $"report.html?language={screen.Language}");
        await LookAsync(screen, "neutrality-audit-unknown", "/neutrality/audits/none");
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Why_an_offer_is_there_is_accessible(Screen screen)
    {
        await console.AuditedAsync();
        await LookAsync(screen, "neutrality-why", "/neutrality/why");
        await LookAsync(screen, "neutrality-why-answer", "/neutrality/why?query=anglais%207&offer=c");
        await LookAsync(screen, "neutrality-why-unknown", "/neutrality/why?query=danse&offer=c");
    }

    [Fact]
    public async Task An_auditor_reads_who_is_favoured_narrows_to_it_and_asks_why_an_offer_is_there()
    {
        await console.AuditedAsync();
        var page = await console.OpenAsync("/neutrality", new Screen("fr", 1280), "auditor");
        await Assertions.Expect(page.GetByText("Le moteur n'est pas neutre").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("Taille de l'organisme") }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^biais") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Comparaisons" }).GetByRole(AriaRole.Row, new() { NameRegex = new("Accessibilité") })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Pourquoi mon offre" }).ClickAsync();
        await page.GetByLabel("Requête").FillAsync("anglais 7");
        await page.GetByLabel("Code de l'offre").FillAsync("c");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Aucune offre n'est plus pertinente ; 14 le sont autant")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_report_is_a_page_and_json_and_a_bias_is_an_incident()
    {
        await console.AuditedAsync();
        using var client = await console.WithTokenAsync(Scopes.Audit);
        var id = await NewestAsync(client);
        Assert.Equal("biased", JsonDocument.Parse(await client.GetStringAsync($"/api/v1/neutrality/audits/{id}", Cancellation)).RootElement.GetProperty("lines")[0].GetProperty("verdict").GetString());
        Assert.Contains("Le moteur n&#x27;est pas neutre", await client.GetStringAsync($"/neutrality/audits/{id}/report.html", Cancellation), StringComparison.Ordinal);
        using var none = await client.GetAsync("/api/v1/neutrality/audits/none", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var why = await client.GetAsync("/api/v1/neutrality/why?query=anglais%207&offer=zz", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, why.StatusCode);

        using var reader = await console.WithTokenAsync(Scopes.Read);
        Assert.Contains("search-engine", await reader.GetStringAsync("/api/v1/incidents", Cancellation), StringComparison.Ordinal);
        Assert.Null(await console.Services.GetRequiredService<ScheduledAudits>().RunAsync(Cancellation)); // the same log is not audited twice
    }

    [Fact]
    public async Task A_search_engine_has_answers_reranked_and_the_wrong_ones_refused_in_words()
    {
        using var client = await console.WithTokenAsync(Scopes.Rerank);
        using var answer = await client.PostAsJsonAsync("/api/v1/neutrality/rerank", Request(6), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.True(document.GetProperty("isShadow").GetBoolean());
        Assert.Equal(document.GetProperty("original").GetRawText(), document.GetProperty("order").GetRawText());
        Assert.Equal(6, document.GetProperty("corrected").GetArrayLength());

        foreach (var (body, expected) in new (object, string)[]
        {
            (new { query = "x", day = "2026-07-01", offers = new[] { new { id = "a", organisation = "A", score = 1.0 }, new { id = "a", organisation = "B", score = 1.0 } } }, "offers[1].id"),
            (new { query = "x", day = "2026-07-01" }, "offers"),
            (new { query = "x", day = "2026-07-01", offers = new[] { new { id = "a", organisation = "", score = 1.0 } } }, "offers[0]"),
            (new { query = "x", day = "2026-07-01", offers = new[] { new { id = "a", organisation = "A", score = 1.0, features = Enumerable.Range(0, 51).ToDictionary(i => $"f{i}", _ => 1.0) } } }, "offers[0].features"),
            (new { query = new string('a', 3000), day = "2026-07-01", offers = Array.Empty<object>() }, "query"),
        })
        {
            using var refused = await client.PostAsJsonAsync("/api/v1/neutrality/rerank", body, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(expected, await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    /// <summary>The goal is 5 ms; machines that run tests are shared, so that the bound here is wider. The measured figure is written out.</summary>
    [Fact]
    public async Task Two_hundred_offers_are_reranked_in_a_few_milliseconds()
    {
        using var client = await console.WithTokenAsync(Scopes.Rerank);
        var (body, times) = (JsonSerializer.SerializeToUtf8Bytes(Request(200)), new List<double>());
        for (var i = 0; i < 1500; i++)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            var clock = Stopwatch.StartNew();
            using var answer = await client.PostAsync("/api/v1/neutrality/rerank", content, Cancellation);
            times.Add(clock.Elapsed.TotalMilliseconds);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var settled = times.Skip(1000).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"median {settled[settled.Count / 2]:F2} ms, 95th {settled[(int)(0.95 * settled.Count)]:F2} ms, 99th percentile {settled[(int)(0.99 * settled.Count)]:F2} ms");
        Assert.True(settled[(int)(0.99 * settled.Count)] <= 40, $"{settled[(int)(0.99 * settled.Count)]:F2} ms");
        var ledger = JsonDocument.Parse(await (await console.WithTokenAsync(Scopes.Audit)).GetStringAsync("/api/v1/neutrality/ledger", Cancellation)).RootElement;
        Assert.True(ledger.GetProperty("requests").GetInt64() >= 500);
        Assert.True(ledger.GetProperty("groups").TryGetProperty("size=small", out _));
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("controller")]
    [InlineData("funder")]
    public async Task Accounts_without_the_role_see_nothing_of_it(string role)
    {
        using var client = await console.SignInAsync(role);
        foreach (var path in new[] { "/api/v1/neutrality/audits", "/api/v1/neutrality/why?query=x&offer=y", "/neutrality/audits/x/report.html" })
        {
            using var answer = await client.GetAsync(path, Cancellation);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Found, $"{path}: {answer.StatusCode}");
        }
    }

    private static object Request(int offers) => new
    {
        query = "anglais",
        day = "2026-07-01",
        offers = Enumerable.Range(0, offers).Select(i => new { id = $"{i}", organisation = $"O{i % 40}", score = 1 - (i / 20 / 10.0), groups = new Dictionary<string, string> { ["size"] = i % 3 == 0 ? "small" : "large" } }),
    };

    private static async Task<string> NewestAsync(HttpClient client) => JsonDocument.Parse(await client.GetStringAsync("/api/v1/neutrality/audits", Cancellation)).RootElement[0].GetProperty("id").GetString()!;

    /// <param name="leaf">Of a page beside it that is no part of the console; null for the page itself.</param>
    private async Task LookAsync(Screen screen, string name, string path, string? leaf = null)
    {
        var page = await console.OpenAsync(path, screen, "auditor");
        if (leaf is not null)
        {
            await page.GotoAsync($"{page.Url}/{leaf}");
        }

        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        await screen.LookAsync(page, name);
        await page.Context.CloseAsync();
    }

    /// <summary>The whole service with an imagined log.</summary>
    public sealed class WithLog : ConsoleFixture
    {
        private readonly TemporaryFolder _log = new();

        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Neutrality:Logs"] = _log.Path, ["Neutrality:Dimensions:0"] = "size" };

        public override async ValueTask InitializeAsync()
        {
            SearchLogSample.WriteBiased(_log.Path, 10);
            await base.InitializeAsync();
        }

        /// <summary>The log was another before, and is audited once more.</summary>
        public async Task AuditedAsync()
        {
            for (var i = 0; i < 200 && Services.GetRequiredService<ScheduledAudits>().Current is null; i++)
            {
                await Task.Delay(100, Cancellation);
            }
        }
    }
}
