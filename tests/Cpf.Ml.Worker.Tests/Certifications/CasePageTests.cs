using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Tests.Console;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Certifications;

/// <summary>Queue and case file as a controller sees them, and as nobody else does.</summary>
public sealed partial class CasePageTests(CasePageTests.WithCases console) : IClassFixture<CasePageTests.WithCases>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "fr", "par dommage attendu", "RNCP34 · Technicien en sécurité incendie", "au prix du solde du titulaire",
        "Lecture à l'aveugle : dites d'abord")]
    [InlineData(
        "en", "by expected harm", "RNCP34 · Technicien en sécurité incendie", "priced at the holder's balance",
        "Blind reading: state your opinion")]
    public Task Queue_shows_cases_by_harm_with_their_reasons(string language, params string[] words) =>
        LookAsync(language, "certifications", "/certifications", words);

    [Theory]
    [InlineData("fr", "Indices sérieux parmi les dossiers tranchés", "tiré au sort", "Part, intervalle à 95 %", "0,31")]
    [InlineData("en", "Serious indications among decided cases", "drawn at random", "Share, 95% interval", "0.31")]
    public Task Quality_page_gives_the_share_of_serious_cases_by_origin(string language, params string[] words) =>
        LookAsync(language, "certifications-quality", "/certifications/quality", words);

    [Theory]
    [InlineData("fr", "62 %, contre 0,4 % à 3,1 %", "255 dossiers derrière ce motif", "Rang 12 sur 1 440")]
    [InlineData("en", "62%, against 0.4% to 3.1%", "255 dossiers behind this reason", "Rank 12 of 1,440")]
    public Task Case_file_shows_reasons_with_their_evidence(string language, params string[] words) =>
        LookAsync(language, "case", "/certifications/cases/case-RNCP34", words);

    [Theory]
    [InlineData("fr", "Ce dossier a été tiré au sort.", "Votre avis", "les raisons du modèle s'affichent ensuite")]
    [InlineData("en", "This case was drawn at random.", "Your opinion", "the model's reasons are shown afterwards")]
    public Task Blind_case_asks_for_an_opinion_first(string language, params string[] words) =>
        LookAsync(language, "case-blind", "/certifications/cases/case-RNCP77", words);

    [Theory]
    [InlineData("fr", "Dossier inconnu", "Aucun dossier n'a cet identifiant.")]
    [InlineData("en", "Unknown case", "No case has this identifier.")]
    public Task Unknown_case_shows_that_it_is_unknown(string language, params string[] words) =>
        LookAsync(language, "case-unknown", "/certifications/cases/none", words);

    [Fact]
    public async Task Controller_takes_and_decides_a_case_which_then_waits_for_a_second_reader()
    {
        var page = await console.OpenAsync("/certifications", new Screen("fr", 1280), "controller");
        await page.GetByRole(AriaRole.Link, new() { Name = "RNCP12 ·" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Prendre le dossier" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Vous tenez ce dossier.")).ToBeVisibleAsync();
        await page.GetByLabel("indices sérieux").CheckAsync();
        await page.GetByLabel("Motif").FillAsync("Le prix suit le solde.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Décider" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Décision enregistrée.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Second lecteur" })).ToBeVisibleAsync();

        // Whoever decided does not confirm.
        await page.GetByLabel("Votre motif").FillAsync("oui");
        await page.GetByRole(AriaRole.Button, new() { Name = "Je confirme" }).ClickAsync();
        await Assertions.Expect(
            page.GetByText("Un second lecteur est une autre personne que celle qui a décidé.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_case_is_found_by_words_and_its_evidence_names_dossiers_and_linked_companies()
    {
        var page = await console.OpenAsync("/certifications?q=rncp34", new Screen("fr", 1280), "controller");
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "RNCP34 ·" }).ClickAsync();
        await page.GetByText("255 dossiers derrière ce motif").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "710000" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("401234567 – 481234567"))
            .ToContainTextAsync("même dirigeant, même compte bancaire");
        await Assertions.Expect(page.GetByText("un contrôle en confirmerait environ 72")).ToBeVisibleAsync();
        await new Screen("fr", 1280).LookAsync(page, "case-evidence");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_document_is_added_on_the_page_and_comes_back_as_a_file_to_save()
    {
        var page = await console.OpenAsync("/certifications/cases/case-RNCP34", new Screen("fr", 1280), "controller");
        await page.GetByLabel("Ajouter un document").SetInputFilesAsync(
            new FilePayload
            {
                Name = "relevés <b>.html",
                MimeType = "text/html",
                Buffer = "<script>alert(1)</script>"u8.ToArray(),
            });
        await Assertions.Expect(page.GetByText("Document ajouté.")).ToBeVisibleAsync();
        var link = page.GetByRole(AriaRole.Link, new() { Name = "relevés <b>.html" });
        await Assertions.Expect(link).ToBeVisibleAsync();
        using var client = await console.WithTokenAsync(Scopes.Control);
        using var read = await client.GetAsync(await link.GetAttributeAsync("href"), Cancellation);
        Assert.Equal(
            ("attachment", "application/octet-stream"),
            (read.Content.Headers.ContentDisposition!.DispositionType, read.Content.Headers.ContentType!.MediaType));
        Assert.Equal("<script>alert(1)</script>", await read.Content.ReadAsStringAsync(Cancellation));
        await page.Context.CloseAsync();

        using var large = await client.PostAsync(
            "/api/v1/certifications/cases/case-RNCP55/documents?name=a.txt",
            new ByteArrayContent(new byte[CaseAttachment.MaxBytes]),
            Cancellation);
        Assert.Equal(HttpStatusCode.OK, large.StatusCode);
        using var tooLarge = new HttpRequestMessage(
            HttpMethod.Post,
            "/api/v1/certifications/cases/case-RNCP55/documents?name=a.txt")
        {
            Content = new ByteArrayContent(
                new byte[CaseAttachment.MaxBytes + 1]),
            Headers = { ExpectContinue = true }
        };
        using var refused = await client.SendAsync(tooLarge, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        using var other = await console.SignInAsync("operator");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await other.GetAsync("/api/v1/certifications/cases/case-RNCP34/documents/1", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_case_is_read_and_decided_by_keyboard_and_letters_in_fields_stay_letters()
    {
        var page = await console.OpenAsync("/certifications/cases/case-RNCP34", new Screen("fr", 1280), "controller");
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(
            page.GetByRole(AriaRole.Heading, new() { Name = "au prix du solde" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "710000" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(
            page.GetByRole(AriaRole.Heading, new() { Name = "sans habilitation" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(
            page.GetByRole(AriaRole.Heading, new() { Name = "au prix du solde" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.GetByLabel("indices sérieux")).ToBeFocusedAsync();
        await page.GetByLabel("Nouvelle note").FocusAsync();
        await page.Keyboard.TypeAsync("jkde");
        await Assertions.Expect(page.GetByLabel("Nouvelle note")).ToHaveValueAsync("jkde");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_queue_as_a_spreadsheet_is_what_the_page_shows_and_keeps_blind_cases_blind()
    {
        using var client = await console.SignInAsync("controller");
        var csv = await client.GetStringAsync("/certifications.csv?q=incendie", Cancellation);
        Assert.StartsWith("dossier;certification;titre;", csv.TrimStart('\uFEFF'), StringComparison.Ordinal);
        var blind = csv.Split("\r\n").Single(line => line.Contains("RNCP77", StringComparison.Ordinal)).Split(';');
        Assert.Equal(("", ""), (blind[4], blind[6]));
        using var other = await console.SignInAsync("operator");
        Assert.DoesNotContain(
            "RNCP34",
            await (await other.GetAsync("/certifications.csv", Cancellation)).Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blind_case_shows_its_reasons_only_after_a_first_opinion()
    {
        var page = await console.OpenAsync("/certifications/cases/case-RNCP88", new Screen("fr", 1280), "controller");
        await Assertions.Expect(page.GetByText("au prix du solde")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("Rang 12")).ToHaveCountAsync(0);
        await page.GetByLabel("Votre avis").FillAsync("Semble conforme.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer l'avis" }).ClickAsync();
        await Assertions.Expect(page.GetByText("au prix du solde")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("fr", "Dossier contradictoire")]
    [InlineData("en", "Adversarial file")]
    public async Task Adversarial_file_is_one_page_that_a_browser_prints(string language, string title)
    {
        var page = await console.OpenAsync("/accessibility", new Screen(language, 1280), "controller");
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await page.GotoAsync($"/api/v1/certifications/cases/case-RNCP34/file?language={language}");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(title);
        await new Screen(language, 1280).LookAsync(page, "case-file");
        var pdf = Repository.In($"artifacts/screens/case-file-{language}.pdf");
        await page.PdfAsync(new() { Path = pdf, PreferCSSPageSize = true });

        Assert.All(
            asked,
            path => Assert.True(path.EndsWith("/file", StringComparison.Ordinal) || path == "/favicon.ico", path));
        Assert.StartsWith("%PDF-", await File.ReadAllTextAsync(pdf, Cancellation), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Rationale_is_escaped_in_the_file_and_a_blind_case_has_no_file()
    {
        using var client = await console.SignInAsync("controller");
        using var noted = await client.PostAsJsonAsync(
            "/api/v1/certifications/cases/case-RNCP55/decision",
            new { outcome = "serious", motive = "<script>alert(1)</script>" },
            Cancellation);
        Assert.Equal(HttpStatusCode.OK, noted.StatusCode);
        var html = await client.GetStringAsync("/api/v1/certifications/cases/case-RNCP55/file", Cancellation);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);

        using var blind = await client.GetAsync("/api/v1/certifications/cases/case-RNCP77/file", Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, blind.StatusCode);
    }

    [Fact]
    public async Task Documents_of_a_case_are_listed_in_its_file_with_their_hash()
    {
        using var client = await console.SignInAsync("controller");
        const string Case = "/api/v1/certifications/cases/case-RNCP12";
        Assert.Contains(
            "<p>None.</p>", await client.GetStringAsync($"{Case}/file?language=en", Cancellation),
            StringComparison.Ordinal);

        using var content = new ByteArrayContent([1, 2, 3]);
        using var added = await client.PostAsync($"{Case}/documents?name=<relevés>.pdf", content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        var html = await client.GetStringAsync($"{Case}/file?language=en", Cancellation);
        Assert.Contains("&lt;relev&#233;s&gt;.pdf", html, StringComparison.Ordinal);
        Assert.Contains(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1, 2, 3])), html,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("funder")]
    [InlineData("auditor")]
    [InlineData("administrator")]
    public async Task Accounts_without_the_controller_role_see_no_case(string role)
    {
        using var client = await console.SignInAsync(role);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/certifications/cases", Cancellation)).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await client.GetAsync("/api/v1/certifications/cases/case-RNCP34", Cancellation)).StatusCode);
        Assert.DoesNotContain(
            "RNCP34",
            await (
                await client.GetAsync(
                    "/certifications/cases/case-RNCP34", Cancellation)).Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_the_api_a_blind_case_has_no_reasons_and_the_log_is_intact()
    {
        using var client = await console.WithTokenAsync(Scopes.Control);
        var item = JsonDocument.Parse(
            await client.GetStringAsync("/api/v1/certifications/cases/case-RNCP77", Cancellation)).RootElement;
        Assert.True(item.GetProperty("isBlind").GetBoolean());
        Assert.Equal(0, item.GetProperty("document").GetProperty("reasons").GetArrayLength());
        Assert.Equal(0, item.GetProperty("document").GetProperty("rank").GetInt32());

        var log = JsonDocument.Parse(
            await client.GetStringAsync("/api/v1/certifications/log", Cancellation)).RootElement;
        Assert.True(log.GetProperty("isIntact").GetBoolean());
        using var refused = await client.PostAsJsonAsync(
            "/api/v1/certifications/cases/case-RNCP34/decision",
            new { outcome = "guilty", motive = "x" },
            Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Decisions_are_exported_as_the_controls_table_of_platform_data()
    {
        using var client = await console.WithTokenAsync(Scopes.Control);
        using var decided = await client.PostAsJsonAsync(
            "/api/v1/certifications/cases/case-RNCP99/decision",
            new { outcome = "nothing", motive = "conforme" },
            Cancellation);
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        var csv = await client.GetStringAsync("/api/v1/certifications/controls.csv", Cancellation);

        Assert.StartsWith("certification_id,opened_on,decided_on,selection,outcome\n", csv, StringComparison.Ordinal);
        Assert.Contains("RNCP99,2026-07-01,", csv, StringComparison.Ordinal);
        Assert.Contains(",top,legitimate\n", csv, StringComparison.Ordinal);
    }

    private Task LookAsync(string language, string name, string path, string[] words) =>
        console.LookAsync(language, name, path, Roles.Controller, words);
}
