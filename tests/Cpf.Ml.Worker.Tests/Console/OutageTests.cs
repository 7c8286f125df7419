using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console.Kit;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>The store goes away under people's hands, or their browser does.</summary>
public sealed class OutageTests(OutageTests.Fixture console) : IClassFixture<OutageTests.Fixture>
{
    private static readonly Screen French = new("fr", 1280);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Action_during_a_store_outage_reports_that_nothing_was_saved_and_keeps_the_input()
    {
        var page = await console.OpenAsync($"/incidents/{await console.RaiseAsync("support")}", French);
        await page.GetByLabel("Commentaire").FillAsync("La base est pleine.");
        await console.RunAsync("alter table incident_event rename to incident_event_away");
        try
        {
            await SendAsync(page);
            await Expect(
                page.GetByRole(AriaRole.Alert)
                    .Filter(new() { HasText = "Rien n'a été enregistré" })).ToBeVisibleAsync();
            await French.LookAsync(page, "incident-not-saved");

            await console.RunAsync("alter table incident rename to incident_away");
            await SendAsync(page);
            await Expect(page.GetByText("Les données n'ont pas pu être relues")).ToBeVisibleAsync();
            await Expect(
                page.GetByRole(AriaRole.Alert)
                    .Filter(new() { HasText = "Rien n'a été enregistré" })).ToBeVisibleAsync();
            await Expect(page.GetByLabel("Commentaire")).ToHaveValueAsync("La base est pleine.");
        }
        finally
        {
            await console.RunAsync("alter table incident_away rename to incident; alter table incident_event_away "
                + "rename to incident_event");
        }

        await SendAsync(page);
        await Expect(page.Locator(".timeline")).ToContainTextAsync("La base est pleine.");
        await Expect(page.GetByLabel("Commentaire")).ToHaveValueAsync("");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Store_outage_signs_nobody_out()
    {
        var page = await console.OpenAsync("/silences", French);
        await page.GetByLabel("Pourquoi").FillAsync("Mise à jour de nuit");
        await console.RunAsync("alter table account rename to account_away");
        try
        {
            await UntilAsync(
                () => console.Log.Text.Contains("A session could not be checked", StringComparison.Ordinal));
        }
        finally
        {
            await console.RunAsync("alter table account_away rename to account");
        }

        await page.GetByLabel("Début").FillAsync("4/3/2031 22:00");
        await page.GetByLabel("Fin").FillAsync("05/03/2031 2h00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Expect(page.Locator("tr", new() { HasText = "Mise à jour de nuit" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_with_a_disconnected_browser_is_not_present_and_does_not_refresh()
    {
        var incident = await console.RaiseAsync("paiement");
        var presence = console.Services.GetRequiredService<Presence>();
        var page = await console.OpenAsync("/accessibility", French);
        var cut = false;
        IWebSocketRoute? line = null;
        await page.RouteWebSocketAsync(new Regex("/_blazor"), socket =>
        {
            line = socket;
            if (!cut)
            {
                socket.ConnectToServer();
            }
        });
        await page.RouteAsync(new Regex("/_blazor"), route => cut ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync($"/incidents/{incident}");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await UntilAsync(() => presence.OthersAt(incident, "").Count == 1);

        cut = true;
        await line!.CloseAsync();
        await UntilAsync(() => presence.OthersAt(incident, "").Count == 0);

        // A change is announced to all pages that show the incident: the one in another browser refreshes, and fails.
        var list = await console.OpenAsync("/incidents", French);
        var told = (
            await console.Services.GetRequiredService<IncidentSearchStore>().FindAsync(incident, Cancellation))!;
        var failures = Failures("IncidentView");
        await console.RunAsync("alter table incident rename to incident_away");
        try
        {
            console.Services.GetRequiredService<IncidentFeed>().Raise([told]);
            await Expect(list.GetByText("Les données n'ont pas pu être relues")).ToBeVisibleAsync();
            Assert.Equal(failures, Failures("IncidentView"));
        }
        finally
        {
            await console.RunAsync("alter table incident_away rename to incident");
        }

        await console.Services.GetRequiredService<IncidentActions>()
            .CommentAsync(incident, "Le prestataire confirme.", Actor.System, Cancellation);
        cut = false;
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Le prestataire confirme.");
        await page.Context.CloseAsync();
        await list.Context.CloseAsync();
    }

    [Fact]
    public async Task Account_change_by_another_worker_reaches_open_pages()
    {
        var page = await console.OpenAsync($"/incidents/{await console.RaiseAsync("recherche")}", French, "operator");
        await console.RunAsync("update account set roles = 'auditor' where name = 'operator'");
        try
        {
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clore…" })).ToHaveCountAsync(0);
            await Expect(page.Locator("h1")).ToContainTextAsync("recherche");
        }
        finally
        {
            await console.RunAsync("update account set roles = 'operator' where name = 'operator'");
        }

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clore…" })).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    private static Task SendAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Ajouter le commentaire" }).ClickAsync();

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    private int Failures(string component) => Regex.Count(console.Log.Text, $"{component} could not read");

    public sealed class Fixture : ConsoleFixture
    {
        internal CapturedLog Log { get; } = new();

        protected override Dictionary<string, string> Settings =>
            new(base.Settings) { ["Access:SessionCheck"] = "00:00:01" };

        protected override void Configure(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(Log);
    }
}
