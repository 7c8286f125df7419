using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Neutrality;
using Cpf.Ml.Worker.Tests.Console;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Neutrality;

/// <summary>Audits as an auditor sees them, and re-ranking as a search engine calls it.</summary>
public sealed partial class NeutralityPageTests(
    NeutralityPageTests.WithLog console) : IClassFixture<NeutralityPageTests.WithLog>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fr", "Le moteur n'est pas neutre : 15 biais", "Neutre, prouvé")]
    [InlineData("en", "The engine is not neutral: 15 biases are proven.", "Neutral, proven")]
    public async Task Newest_audit_gives_verdict_and_counts_biases(string language, params string[] words)
    {
        await console.AuditedAsync();
        await LookAsync(language, "neutrality", "/neutrality", words);
    }

    [Theory]
    [InlineData(
        "fr",
        "Audit des recherches du 1er juin 2026",
        "Toutes les comparaisons",
        "Taille de l'organisme : grands",
        "+84,4 %")]
    [InlineData(
        "en", "Audit of searches from 1 Jun 2026", "All comparisons", "Size of the organisation: large", "+84.4%")]
    public async Task Audit_shows_comparisons_with_their_effect(string language, params string[] words) =>
        await LookAsync(language, "neutrality-audit", $"/neutrality/audits/{await AuditAsync()}", words);

    [Theory]
    [InlineData("fr", "Le moteur n'est pas neutre : 15 biais", "+84,4 %")]
    [InlineData("en", "The engine is not neutral: 15 biases are proven.", "+84.4%")]
    public async Task Report_of_an_audit_gives_verdict_and_effects(string language, params string[] words)
    {
        // It is no part of the console, and never goes live: one comes to it from a page that does.
        var page = await console.OpenAsync("/neutrality", Screen.Wide(language), Roles.Auditor);
        await page.GotoAsync($"/neutrality/audits/{await AuditAsync()}/report.html?language={language}");
        await ConsoleFixture.LookAsync(page, language, "neutrality-report", words);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("fr", "Cet audit n'existe pas.")]
    [InlineData("en", "There is no such audit.")]
    public Task Unknown_audit_is_said_not_to_exist(string language, params string[] words) =>
        LookAsync(language, "neutrality-audit-unknown", "/neutrality/audits/none", words);

    [Theory]
    [InlineData("fr", "Pourquoi mon offre est-elle là ?", "Code de l'offre")]
    [InlineData("en", "Why is my offer there?", "Code of the offer")]
    public Task Why_page_asks_for_query_and_offer(string language, params string[] words) =>
        LookAsync(language, "neutrality-why", "/neutrality/why", words);

    [Theory]
    [InlineData("fr", "« anglais 7 », offre c", "Aucune offre n'est plus pertinente ; 14 le sont autant")]
    [InlineData("en", "“anglais 7”, offer c", "No offer is more relevant; 14 are as relevant")]
    public async Task Why_page_explains_the_rank_of_an_offer(string language, params string[] words)
    {
        await console.AuditedAsync();
        await LookAsync(language, "neutrality-why-answer", "/neutrality/why?query=anglais%207&offer=c", words);
    }

    [Theory]
    [InlineData("fr", "Le journal n'a pas cette requête, ou l'offre ne pouvait pas y être montrée.")]
    [InlineData("en", "The log does not have this query, or the offer could not have been shown for it.")]
    public async Task Why_page_of_a_query_that_the_log_does_not_have_says_so(string language, params string[] words)
    {
        await console.AuditedAsync();
        await LookAsync(language, "neutrality-why-unknown", "/neutrality/why?query=danse&offer=c", words);
    }

    [Fact]
    public async Task An_auditor_reads_who_is_favoured_narrows_to_it_and_asks_why_an_offer_is_there()
    {
        await console.AuditedAsync();
        var page = await console.OpenAsync("/neutrality", new Screen("fr", 1280), "auditor");
        await Assertions.Expect(page.GetByText("Le moteur n'est pas neutre").First).ToBeVisibleAsync();
        await Assertions.Expect(
            page.GetByRole(
                AriaRole.Heading, new() { NameRegex = new("Taille de l'organisme") }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^biais") }).ClickAsync();
        await Assertions.Expect(
            page.GetByRole(AriaRole.Region, new() { Name = "Comparaisons" })
                .GetByRole(AriaRole.Row, new() { NameRegex = new("Accessibilité") })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Pourquoi mon offre" }).ClickAsync();
        await page.GetByLabel("Requête").FillAsync("anglais 7");
        await page.GetByLabel("Code de l'offre").FillAsync("c");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(
            page.GetByText("Aucune offre n'est plus pertinente ; 14 le sont autant")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(
        "fr", "Neutralité", "2 comparaisons", "1 autre comparaison contribue", "Ce que l'audit a prouvé",
        "Une comparaison de plus", "porte sur une comparaison d'un audit")]
    [InlineData(
        "en", "Neutrality", "2 comparisons", "1 more comparison contributes", "What the audit has proven",
        "One more comparison", "is about a comparison of an audit")]
    public async Task Incident_of_biases_speaks_of_comparisons(string language, params string[] words)
    {
        var page = await console.OpenAsync($"/incidents/{await BiasAsync()}", Screen.Wide(language));
        await ConsoleFixture.LookAsync(page, language, "incident-neutrality", words);
        foreach (var word in (string[])["série", "series", "semaines", "weeks"])
        {
            await Assertions.Expect(page.Locator("main .incident-facts, main .split section").GetByText(word))
                .ToHaveCountAsync(0);
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".incident-head")).ToContainTextAsync(words[0]);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("fr", "Neutralité", "Exporter 1 incident (CSV)")]
    [InlineData("en", "Neutrality", "Export 1 incident (CSV)")]
    public async Task List_filtered_by_capability_keeps_it_in_the_address_and_in_the_file(
        string language, string name, string export)
    {
        await BiasAsync();
        await console.RaiseAsync("paiement");
        var page = await console.OpenAsync("/incidents", Screen.Wide(language));
        var others = page.GetByRole(AriaRole.Article).GetByText("paiement");
        await Assertions.Expect(others.First).ToBeVisibleAsync();

        await page.GetByLabel(language == "fr" ? "Domaine" : "Capability").SelectOptionAsync(name);

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("capability=neutrality"));
        await ConsoleFixture.LookAsync(page, language, "incidents-neutrality", ["search-engine", name, export]);
        await Assertions.Expect(others).ToHaveCountAsync(0);
        var file = await page.GetByRole(AriaRole.Link, new() { Name = export }).GetAttributeAsync("href");
        using var client = await console.SignInAsync(Roles.Operator);
        var lines = (await client.GetStringAsync(file, Cancellation)).TrimEnd().Split("\r\n");
        Assert.EndsWith(name, Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel(language == "fr" ? "Domaine" : "Capability"))
            .ToHaveValueAsync("neutrality");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Report_is_served_as_page_and_JSON_and_bias_opens_an_incident()
    {
        await console.AuditedAsync();
        using var client = await console.WithTokenAsync(Scopes.Audit);
        var id = await NewestAsync(client);
        Assert.Equal(
            "biased",
            JsonDocument.Parse(
                await client.GetStringAsync(
                    $"/api/v1/neutrality/audits/{id}",
                    Cancellation)).RootElement.GetProperty("lines")[0].GetProperty("verdict").GetString());
        Assert.Contains(
            "Le moteur n&#x27;est pas neutre",
            await client.GetStringAsync($"/neutrality/audits/{id}/report.html", Cancellation),
            StringComparison.Ordinal);
        using var none = await client.GetAsync("/api/v1/neutrality/audits/none", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var why = await client.GetAsync("/api/v1/neutrality/why?query=anglais%207&offer=zz", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, why.StatusCode);

        using var reader = await console.WithTokenAsync(Scopes.Read);
        Assert.Contains(
            "search-engine", await reader.GetStringAsync("/api/v1/incidents", Cancellation), StringComparison.Ordinal);
        // the same log is not audited twice
        Assert.Null(await console.Services.GetRequiredService<ScheduledAudits>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task Valid_answers_are_reranked_and_invalid_ones_refused_with_the_reason()
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
            (
                new
                {
                    query = "x",
                    day = "2026-07-01",
                    offers = new[]
                    {
                        new { id = "a", organisation = "A", score = 1.0 },
                        new { id = "a", organisation = "B", score = 1.0 },
                    },
                },
                "offers[1].id"),
            (new { query = "x", day = "2026-07-01" }, "offers"),
            (
                new
                {
                    query = "x",
                    day = "2026-07-01",
                    offers = new[] { new { id = "a", organisation = "", score = 1.0 } },
                },
                "offers[0]"),
            (
                new
                {
                    query = "x",
                    day = "2026-07-01",
                    offers = new[]
                    {
                        new
                        {
                            id = "a",
                            organisation = "A",
                            score = 1.0,
                            features = Enumerable.Range(0, 51).ToDictionary(i => $"f{i}", _ => 1.0),
                        },
                    },
                },
                "offers[0].features"),
            (new { query = new string('a', 3000), day = "2026-07-01", offers = Array.Empty<object>() }, "query"),
        })
        {
            using var refused = await client.PostAsJsonAsync("/api/v1/neutrality/rerank", body, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(expected, await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reranked_answers_are_counted_by_group_in_the_ledger()
    {
        using var client = await console.WithTokenAsync(Scopes.Rerank);
        using var answer = await client.PostAsJsonAsync("/api/v1/neutrality/rerank", Request(200), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var auditor = await console.WithTokenAsync(Scopes.Audit);
        var ledger = JsonDocument.Parse(
            await auditor.GetStringAsync("/api/v1/neutrality/ledger", Cancellation)).RootElement;
        Assert.True(ledger.GetProperty("requests").GetInt64() >= 1);
        Assert.True(ledger.GetProperty("groups").TryGetProperty("size=small", out _));
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("controller")]
    [InlineData("funder")]
    public async Task Accounts_without_the_role_cannot_open_the_pages(string role)
    {
        using var client = await console.SignInAsync(role);
        foreach (var path in new[]
        {
            "/api/v1/neutrality/audits",
            "/api/v1/neutrality/why?query=x&offer=y",
            "/neutrality/audits/x/report.html",
        })
        {
            using var answer = await client.GetAsync(path, Cancellation);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Found, $"{path}: {answer.StatusCode}");
        }
    }
}
