using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Scoring.Tests.Matching;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Console;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Matching;

/// <summary>Search, card and perimeters as a funder sees them.</summary>
public sealed class MatchingPageTests(
    MatchingPageTests.WithRegister console) : IClassFixture<MatchingPageTests.WithRegister>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "fr", "Thème « transition écologique », Bretagne",
        "4 certifications pour 3 métiers : 3 par un lien déclaré, 1 par un lien estimé", "RNCP101")]
    [InlineData(
        "en", "Theme “ecological transition”, Bretagne",
        "4 certifications for 3 jobs: 3 by a declared link, 1 by an estimated one", "RNCP101")]
    public Task Search_shows_jobs_and_certifications_with_their_tier(string language, params string[] words) =>
        LookAsync(language, "matching", "/matching?q=transition%20%C3%A9cologique%20en%20Bretagne", words);

    [Theory]
    [InlineData("fr", "Aucun métier connu sous ces mots.", "Essayez un intitulé, un code ROME")]
    [InlineData("en", "No job is known by these words.", "Try a title, a ROME")]
    public Task Search_for_an_unknown_word_says_that_no_job_is_known(string language, params string[] words) =>
        LookAsync(language, "matching-unknown", "/matching?q=qqqq", words);

    [Theory]
    [InlineData(
        "fr", "RNCP103 · Technicien de traitement des eaux", "Les métiers auxquels elle mène",
        "moins de dix dossiers", "Un seul organisme la propose.")]
    [InlineData(
        "en", "RNCP103 · Technicien de traitement des eaux", "The jobs that it leads to", "fewer than ten dossiers",
        "A single organisation sells it.")]
    public Task Card_shows_certification_jobs_and_market(string language, params string[] words) =>
        LookAsync(language, "matching-card", "/matching/certifications/RNCP103", words);

    [Theory]
    [InlineData("fr", "Aucune certification RNCP9 dans le répertoire lu.")]
    [InlineData("en", "No certification RNCP9 in the register that was read.")]
    public Task Unknown_certification_is_called_unknown(string language, params string[] words) =>
        LookAsync(language, "matching-card-unknown", "/matching/certifications/RNCP9", words);

    [Theory]
    [InlineData(
        "fr", "Passeport de compétences", "Métier visé (intitulé ou code ROME)",
        "Rien de ce qui est saisi n'est gardé.")]
    [InlineData("en", "Skills passport", "Target job (title or ROME code)", "Nothing that is typed is kept.")]
    public Task Passport_asks_for_job_and_skills(string language, params string[] words) =>
        LookAsync(language, "matching-passport", "/matching/passport", words);

    [Theory]
    [InlineData(
        "fr", "Nouveau périmètre", "Métiers : K2301 Distribution et assainissement d'eau, K2306",
        "Créer le périmètre")]
    [InlineData(
        "en", "New perimeter", "Jobs: K2301 Distribution et assainissement d'eau, K2306", "Create the perimeter")]
    public Task New_perimeter_holds_the_jobs_of_the_search(string language, params string[] words) =>
        LookAsync(language, "perimeter-new", "/perimeters/new?q=eau&job=K2301&job=K2306", words);

    [Theory]
    [InlineData(
        "fr", "brouillon · version 1 · token:test", "Métiers : I1306",
        "2 métiers sur 2 ont au moins une certification.")]
    [InlineData("en", "draft · version 1 · token:test", "Jobs: I1306", "2 of 2 jobs have a certification at least.")]
    public async Task Perimeter_shows_its_jobs_and_what_is_covered(string language, params string[] words)
    {
        using var client = await console.WithTokenAsync(Scopes.Fund);
        var perimeter = await CreateAsync(client, "Froid");
        await LookAsync(language, "perimeter", $"/perimeters/{perimeter.GetProperty("id").GetString()}", words);
    }

    [Theory]
    [InlineData("fr", "Froid", "version 1 · 2 métiers", "brouillon", "token:test")]
    [InlineData("en", "Froid", "version 1 · 2 jobs", "draft", "token:test")]
    public async Task List_of_perimeters_gives_state_size_and_author(string language, params string[] words)
    {
        using var client = await console.WithTokenAsync(Scopes.Fund);
        await CreateAsync(client, "Froid");
        await LookAsync(language, "perimeters", "/perimeters", words);
    }

    [Fact]
    public async Task A_funder_types_a_job_completes_it_and_follows_a_certification_to_its_reasons()
    {
        var page = await console.OpenAsync("/matching", new Screen("fr", 1280), "funder");
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Métier, code, thème ou tension" });
        await search.PressSequentiallyAsync("frigo");
        await Assertions.Expect(page.Locator("datalist option")).ToHaveCountAsync(2);
        await search.PressSequentiallyAsync("riste");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Intitulé exact.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByText("2 certifications pour 1 métier : 1 par un lien déclaré, 1 par un lien "
            + "estimé ; 1 du répertoire spécifique.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "RS201" }).ClickAsync();
        await Assertions.Expect(page.GetByText("38 des 45 certifications de formacode")).ToBeVisibleAsync();
        await page.GetByText("Donner un avis sur ce lien").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "À écarter" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Dites pourquoi vous l'écartez.")).ToBeVisibleAsync();
        await page.GetByLabel("Raison").FillAsync("réservé aux techniciens");
        await page.GetByRole(AriaRole.Button, new() { Name = "À écarter" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Avis enregistré.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_search_becomes_a_perimeter_that_another_person_approves()
    {
        var page = await console.OpenAsync("/matching?q=m%C3%A9tiers%20de%20l%27eau", new Screen("fr", 1280), "funder");
        await page.GetByRole(AriaRole.Link, new() { Name = "En faire un périmètre" }).ClickAsync();
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Eau 2027");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inclure" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Donnez le code d'une certification")).ToBeVisibleAsync();
        await page.GetByLabel("Certification").FillAsync("rs202");
        await page.GetByLabel("Raison").FillAsync("demandé par la branche");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inclure" }).ClickAsync();
        await Assertions.Expect(page.GetByText("incluse : RS202")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer le périmètre" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 certifications" }))
            .ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Proposer à l'approbation" }).ClickAsync();
        await Assertions.Expect(page.GetByText("une autre personne doit en décider")).ToBeVisibleAsync();
        var id = new Uri(page.Url).Segments[^1];
        await page.Context.CloseAsync();

        using var other = await console.SignInAsync("administrator");
        var revision =
            JsonDocument.Parse(await other.GetStringAsync($"/api/v1/perimeters/{id}", Cancellation)).RootElement
                .GetProperty("revision").GetInt64();
        using var approved = await other.PostAsJsonAsync(
            $"/api/v1/perimeters/{id}/decision?revision={revision}", new { agrees = true }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        var csv = await other.GetStringAsync($"/api/v1/perimeters/{id}/certifications.csv", Cancellation);
        Assert.Contains("RS202;Souder au plomb;;;à la main;demandé par la branche;Eau 2027;1;approved",
            csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_answers_as_the_page_does_and_marks_what_is_estimated()
    {
        using var client = await console.WithTokenAsync(Scopes.Fund);
        var answer = JsonDocument.Parse(
            await client.GetStringAsync("/api/v1/matching/certifications?q=frigoriste", Cancellation)).RootElement;
        Assert.Equal(["RNCP101", "RS201"], answer.GetProperty("certifications")
            .EnumerateArray().Select(element => element.GetProperty("certification").GetString()));
        Assert.False(answer.GetProperty("certifications")[0].TryGetProperty("probability", out var none)
            && none.ValueKind == JsonValueKind.Number);
        Assert.Equal(0.92, answer.GetProperty("certifications")[1].GetProperty("probability").GetDouble());
        Assert.Equal("I1306", JsonDocument.Parse(await client.GetStringAsync(
            "/api/v1/matching/suggestions?q=monteu", Cancellation)).RootElement[0].GetProperty("job").GetString());
        Assert.StartsWith(
            "certification;titre", (await client.GetStringAsync("/matching.csv?q=frigoriste", Cancellation))
                .TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_shows_price_supply_and_success_of_ten_people_or_more()
    {
        using var client = await console.WithTokenAsync(Scopes.Fund);
        var card = JsonDocument.Parse(await client.GetStringAsync(
            "/api/v1/matching/certifications/RNCP101", Cancellation)).RootElement.GetProperty("market");
        Assert.Equal((100, 1000, 0.8), (card.GetProperty("dossiers").GetInt32(),
            card.GetProperty("price").GetProperty("middle").GetDouble(), card.GetProperty("success").GetDouble()));
        var few = await client.GetStringAsync("/api/v1/matching/certifications/RNCP103", Cancellation);
        Assert.DoesNotContain("500", few, StringComparison.Ordinal);

        var page = await console.OpenAsync("/matching/certifications/RNCP103", new Screen("fr", 1280), "funder");
        await Assertions.Expect(page.GetByText("moins de dix dossiers")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Un seul organisme la propose.")).ToBeVisibleAsync();
        await page.GotoAsync("/matching/certifications/RNCP101");
        await Assertions.Expect(page.GetByText("médiane 1 000 €, sur 100 dossiers")).ToBeVisibleAsync();
        await new Screen("fr", 1280).LookAsync(page, "matching-card-market");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Search_filters_of_region_price_and_modality_stay_in_the_address()
    {
        var page =
            await console.OpenAsync("/matching?q=transition%20%C3%A9cologique", new Screen("fr", 1280), "funder");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bretagne" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByText("1 000 € (médiane de 100 dossiers)")).ToBeVisibleAsync();
        Assert.Contains("region=53", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "au plus 500 €" }).ClickAsync();
        await Assertions.Expect(page.GetByText("0 certification pour")).ToBeVisibleAsync();
        await page.GotoAsync("/matching?q=transition%20%C3%A9cologique&order=price");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("RNCP101");
        await Assertions.Expect(page.GetByText("répertoire du 1er févr. 2026")).ToBeVisibleAsync();
        await page.Context.CloseAsync();

        using var client = await console.WithTokenAsync(Scopes.Fund);
        var answer = JsonDocument.Parse(await client.GetStringAsync(
            "/api/v1/matching/certifications?q=transition%20%C3%A9cologique&remote=true&order=dossiers",
            Cancellation)).RootElement;
        Assert.Equal(["RNCP101"], answer.GetProperty("certifications")
            .EnumerateArray().Select(element => element.GetProperty("certification").GetString()));
        Assert.Equal("2026-02-01", answer.GetProperty("understood").GetProperty("registerOn").GetString());
        using var wrong = await client.GetAsync("/api/v1/matching/certifications?q=x&order=best", Cancellation);
        Assert.Contains("link, price, success, dossiers",
            await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passport_is_answered_and_leaves_nothing_in_the_address()
    {
        var page = await console.OpenAsync("/matching/passport", new Screen("fr", 1280), "funder");
        await page.GetByLabel("Métier visé").FillAsync("frigoriste");
        await page.GetByLabel("Ce que la personne sait faire").FillAsync("relever une mesure électrique");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comparer" }).ClickAsync();
        await Assertions.Expect(page.GetByText("saisi : 1 sur 2")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Installer un circuit frigorifique").Last).ToBeVisibleAsync();
        Assert.EndsWith("/matching/passport", page.Url, StringComparison.Ordinal);
        await new Screen("fr", 1280).LookAsync(page, "matching-passport-answer");
        await page.Context.CloseAsync();

        using var client = await console.WithTokenAsync(Scopes.Fund);
        using var unknown =
            await client.PostAsJsonAsync("/api/v1/matching/passport", new { job = "Z9999" }, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var tooMuch = await client.PostAsJsonAsync(
            "/api/v1/matching/passport", new { job = "I1306", skills = new[] { new string('a', 501) } }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("😀")]
    [InlineData("'; drop table perimeter_version; --")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Absurd_queries_are_answered(string query)
    {
        using var client = await console.WithTokenAsync(Scopes.Fund);
        using var answer =
            await client.GetAsync($"/api/v1/matching/certifications?q={Uri.EscapeDataString(query)}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var longer = await client.GetAsync(
            $"/api/v1/matching/jobs?q={Uri.EscapeDataString(query + new string('a', 6000))}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, longer.StatusCode);
        using var wrong = await client.GetAsync("/api/v1/matching/certifications?q=x&tier=best", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("controller")]
    [InlineData("auditor")]
    public async Task Accounts_without_the_role_cannot_open_the_pages(string role)
    {
        using var client = await console.SignInAsync(role);
        foreach (var path in new[] { "/api/v1/matching/certifications?q=frigoriste",
            "/api/v1/perimeters", "/matching.csv?q=frigoriste" })
        {
            using var answer = await client.GetAsync(path, Cancellation);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Found, $"{path}: {answer.StatusCode}");
        }
    }

    private static async Task<JsonElement> CreateAsync(HttpClient client, string name)
    {
        using var created = await client.PostAsJsonAsync("/api/v1/perimeters",
            new { name, query = "frigoriste", jobs = new[] { "I1306", "K2301" }, rule = "sure" }, Cancellation);
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync(Cancellation));
        return JsonDocument.Parse(await created.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }

    private Task LookAsync(string language, string name, string path, string[] words) =>
        console.LookAsync(language, name, path, Roles.Funder, words);

    /// <summary>The whole service with the imagined register.</summary>
    public sealed class WithRegister : ConsoleFixture
    {
        private readonly TemporaryFolder _model = new();
        private readonly TemporaryFolder _data = new();

        protected override Dictionary<string, string> Settings =>
            new(base.Settings) { ["Matching:Model"] = _model.Path, ["Matching:Data"] = _data.Path };

        public override async ValueTask InitializeAsync()
        {
            MatchingSample.Write(_model.Path);
            MarketSample.Write(_data.Path);
            await base.InitializeAsync();
        }
    }
}
