using System.Net;
using System.Net.Http.Headers;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>What people change, each done by its buttons, and kept with who and when.</summary>
[Collection(nameof(PlatformFixture))]
public sealed class ActionTests(PlatformFixture console)
{
    private static readonly Screen French = new("fr", 1280);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_is_assigned_and_unassigned()
    {
        var id = await console.RaiseAsync("archives");
        var page = await console.OpenAsync($"/incidents/{id}", French);
        await page.GetByLabel("Confier à").SelectOptionAsync("operator");
        await Expect(Said(page)).ToContainTextAsync("L'incident est confié à operator.");
        await Expect(page.Locator(".incident-head")).ToContainTextAsync("confié à operator");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("operator a confié l'incident à operator");

        await page.GetByLabel("Confier à").SelectOptionAsync("");
        await Expect(Said(page)).ToContainTextAsync("n'est plus confié à personne");
        await KeptAsync(id, ("incident.assign", "\"operator\"", null), ("incident.assign", null, "\"operator\""));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Refused_assignment_shows_the_assignee_of_before()
    {
        var page = await console.OpenAsync($"/incidents/{await console.RaiseAsync("courrier")}", French);
        await console.AccountAsync("administrator");
        await Expect(page.GetByLabel("Confier à")).ToContainTextAsync("Confié à operator");
        await console.RunAsync("alter table incident_event rename to incident_event_away");
        try
        {
            await page.GetByLabel("Confier à").SelectOptionAsync("operator");
            await Expect(
                page.GetByRole(AriaRole.Alert)
                    .Filter(new() { HasText = "Rien n'a été enregistré" })).ToBeVisibleAsync();
            await Expect(page.GetByLabel("Confier à")).ToHaveValueAsync("");
        }
        finally
        {
            await console.RunAsync("alter table incident_event_away rename to incident_event");
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Verdict_is_given_changed_and_withdrawn()
    {
        var id = await console.RaiseAsync("annuaire");
        var page = await console.OpenAsync($"/incidents/{id}", French);
        var (useful, noise) = (Button(page, "Utile"), Button(page, "Bruit"));
        await noise.ClickAsync();
        await Expect(noise).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("operator juge que c'est du bruit");

        await useful.ClickAsync();
        await Expect(useful).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(noise).ToHaveAttributeAsync("aria-pressed", "false");

        await useful.ClickAsync();
        await Expect(Said(page)).ToContainTextAsync("Votre avis est retiré.");
        await Expect(useful).ToHaveAttributeAsync("aria-pressed", "false");
        await KeptAsync(
            id,
            ("incident.verdict", "\"noise\"", null),
            ("incident.verdict", "\"useful\"", "\"noise\""),
            ("incident.verdict", null, "\"useful\""));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Incident_is_closed_after_a_confirmation_that_names_it()
    {
        var id = await console.RaiseAsync("messagerie");
        var page = await console.OpenAsync($"/incidents/{id}", French);
        await Button(page, "Clore…").ClickAsync();
        await Expect(page.GetByText("Clore l'incident de messagerie")).ToBeVisibleAsync();
        await French.LookAsync(page, "incident-closing");
        await Button(page, "Le laisser ouvert").ClickAsync();
        await Expect(Button(page, "Clore l'incident")).ToHaveCountAsync(0);

        await Button(page, "Clore…").ClickAsync();
        await Button(page, "Clore l'incident").ClickAsync();
        await Expect(page.Locator(".incident-head")).ToContainTextAsync("clos");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("operator a clos l'incident");
        await Expect(Button(page, "Clore…")).ToHaveCountAsync(0);
        await AuditShowsAsync("incident.close", "operator", id);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Incident_is_silenced_with_a_reason()
    {
        var id = await console.RaiseAsync("impression");
        var page = await console.OpenAsync($"/incidents/{id}", French);
        await Button(page, "Faire taire…").ClickAsync();
        var form = page.Locator(
            "section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Faire taire" }) });
        await form.GetByLabel("Pendant").SelectOptionAsync("240");
        await form.GetByLabel("Pourquoi").FillAsync("Imprimeur en congé");
        await French.LookAsync(page, "incident-silencing");
        await form.GetByRole(AriaRole.Button, new() { Name = "Faire taire" }).ClickAsync();
        await Expect(page.Locator(".incident-head")).ToContainTextAsync("sous silence");
        await Expect(Said(page)).ToContainTextAsync("Silence jusqu'au");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Imprimeur en congé");

        await page.GotoAsync("/silences");
        await Expect(page.Locator("tr", new() { HasText = "Imprimeur en congé" })).ToContainTextAsync("operator");
        await AuditShowsAsync("silence.begin", "operator", "Imprimeur en congé");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Alert_budget_is_changed_within_its_limits()
    {
        var page = await console.OpenAsync("/silences", French);
        var box = page.GetByLabel("Alertes par jour");
        await box.FillAsync("2.5");
        await Button(page, "Changer le budget").ClickAsync();
        await Expect(Said(page)).ToContainTextAsync("2,5");
        Assert.Equal(2.5, console.Services.GetRequiredService<AlertBudget>().PerDay);
        var alerts = (
            await console.Services.GetRequiredService<IncidentSearchStore>().FindYieldAsync(
                AlertRules.Anomaly,
                console.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1),
                Cancellation)).Alerts;
        await French.LookAsync(page, "silences-budget");
        await Expect(page.GetByText($"Depuis un jour\u00a0: {alerts} alertes. Ce budget en met environ "
            + $"{Math.Round(250.0 / alerts)}\u00a0% au compte du hasard.")).ToBeVisibleAsync();

        // The browser refuses what lies outside; so does the service.
        await box.EvaluateAsync("element => element.form.noValidate = true");
        await box.FillAsync("5000");
        await Button(page, "Changer le budget").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Le budget va de" })).ToBeVisibleAsync();
        await box.FillAsync("1");
        await Button(page, "Changer le budget").ClickAsync();
        await Expect(Said(page)).ToContainTextAsync("1 fausse alerte par jour");
        await KeptAsync("alert-budget", ("setting.change", "2.5", null), ("setting.change", "1", "2.5"));
        await AuditShowsAsync("setting.change", "operator", "2.5");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Token_is_created_shown_once_used_and_revoked()
    {
        var page = await console.OpenAsync("/admin/tokens", French, Roles.Administrator);
        await page.GetByLabel("Ce qui s'en sert").FillAsync("tableau de bord");
        await page.GetByLabel("lire").CheckAsync();
        await Button(page, "Créer le jeton").ClickAsync();
        var secret = await page.Locator("#secret").TextContentAsync();
        await Screen.LookAtAllAsync(page, "tokens-secret", "fr");
        await page.SetViewportSizeAsync(French.Width, 900);
        Assert.Equal(HttpStatusCode.OK, await ReadWithAsync(secret!));
        await Button(page, "C'est noté, le masquer").ClickAsync();
        await Expect(page.Locator("#secret")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.DoesNotContain(secret!, await page.ContentAsync(), StringComparison.Ordinal);

        var row = page.Locator("tr", new() { HasText = "tableau de bord" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Révoquer…" }).ClickAsync();
        await Expect(page.GetByText("Révoquer le jeton")).ToContainTextAsync("tableau de bord");
        await page.GetByRole(AriaRole.Button, new() { Name = "Révoquer", Exact = true }).ClickAsync();
        await Expect(row).ToContainTextAsync("révoqué le");
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadWithAsync(secret!));
        await AuditShowsAsync("token.create", "administrator", "tableau de bord");
        await AuditShowsAsync("token.revoke", "administrator", "Jeton révoqué");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Dead_letter_is_sent_again()
    {
        var id = await console.RaiseAsync("bourse");
        await console.RunAsync("update outbox set dead_at = 1, attempts = 12, last_error = 'HTTP 410 Gone' where "
            + $"incident_id = '{id}' and publisher like '%astreinte'");
        var page = await console.OpenAsync("/admin/publishers", French);
        var row = page.Locator("tr", new() { Has = page.Locator($"a[href='/incidents/{id}']") });
        await Expect(row).ToContainTextAsync("astreinte");
        await French.LookAsync(page, "publishers-dead");
        await row.GetByRole(AriaRole.Button, new() { Name = "Renvoyer" }).ClickAsync();
        await Expect(Said(page)).ToContainTextAsync("Le message repart vers webhook-astreinte.");
        await Expect(row).ToHaveCountAsync(0);
        await AuditShowsAsync("publish.resend", "operator", "Message renvoyé");
        await page.Context.CloseAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static ILocator Said(IPage page) => page.Locator(".outcome[role=status] .notice-good");

    /// <summary>The audit log's lines of a subject, oldest first.</summary>
    private async Task KeptAsync(string subject, params (string Action, string? After, string? Before)[] expected)
    {
        var lines = await console.Services.GetRequiredService<AuditLog>()
            .ReadAsync(new AuditFilter(Subject: subject), Cancellation);
        Assert.Equal(
            expected, lines.Reverse().Select(line => (line.Action, line.After, line.Before)).TakeLast(expected.Length));
        Assert.All(
            lines,
            line => Assert.Equal(
                ("operator", "127.0.0.1"), (line.Actor, line.Source.Replace("::ffff:", "", StringComparison.Ordinal))));
        Assert.All(
            lines,
            line => Assert.InRange(
                console.Services.GetRequiredService<TimeProvider>().GetUtcNow() - line.At,
                TimeSpan.Zero,
                TimeSpan.FromMinutes(10)));
    }

    /// <summary>An administrator finds who did it on the page.</summary>
    private async Task AuditShowsAsync(string action, string actor, string words)
    {
        var page = await console.OpenAsync(
            $"/admin/audit-log?action={action}&actor={actor}", French, Roles.Administrator);
        await Expect(page.Locator("main tbody")).ToContainTextAsync(words);
        await page.Context.CloseAsync();
    }

    private async Task<HttpStatusCode> ReadWithAsync(string secret)
    {
        using var client = console.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await client.GetAsync(new Uri("api/v1/incidents", UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }
}
