using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>What people see when something is wrong with the console itself.</summary>
public sealed class FailureTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static readonly Screen French = new("fr", 1280);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_that_cannot_load_shows_an_error_and_a_loaded_one_shows_its_age()
    {
        var shown = await console.OpenAsync("/incidents", French);
        await console.RunAsync("alter table incident rename to incident_away");
        try
        {
            await Expect(shown.GetByText("Les données n'ont pas pu être relues depuis")).ToBeVisibleAsync();
            await Expect(shown.Locator("h1")).ToHaveTextAsync("Incidents");
            await French.LookAsync(shown, "incidents-stale");

            var failed = await console.OpenAsync("/incidents", French);
            await Expect(failed.Locator("h1")).ToHaveTextAsync("Cette page n'a pas pu être lue");
            await French.LookAsync(failed, "incidents-failed");
            await failed.Context.CloseAsync();
        }
        finally
        {
            await console.RunAsync("alter table incident_away rename to incident");
        }

        await Expect(shown.GetByText("Les données n'ont pas pu être relues depuis")).ToHaveCountAsync(0);
        await shown.Context.CloseAsync();
    }

    [Fact]
    public async Task Lost_connection_is_shown_and_input_survives_reconnection()
    {
        var page = await console.OpenAsync("/accessibility", French);
        var cut = false;
        IWebSocketRoute? line = null;
        await page.RouteWebSocketAsync(new Regex("/_blazor"), socket =>
        {
            if (!cut)
            {
                line = socket;
                socket.ConnectToServer();
            }
            else
            {
                _ = socket.CloseAsync();
            }
        });
        await page.RouteAsync(new Regex("/_blazor"), route => cut ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync("/silences");
        await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByLabel("Pourquoi").FillAsync("Mise à jour de nuit");

        cut = true;
        await line!.CloseAsync();
        await Expect(page.Locator(".connection-lost")).ToBeVisibleAsync();
        await Expect(page.Locator(".connection-time")).Not.ToBeEmptyAsync();
        await French.LookAsync(page, "connection-lost");

        cut = false;
        await Expect(page.Locator(".connection-lost")).ToBeHiddenAsync();
        await Expect(page.GetByLabel("Pourquoi")).ToHaveValueAsync("Mise à jour de nuit");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Expired_session_signs_in_again_and_returns_to_the_page()
    {
        var name = await console.AccountAsync("auditor");
        var page = await console.OpenAsync("/estate?view=place", French, "auditor");
        await console.Services.GetRequiredService<Accounts>()
            .SetPasswordAsync(Actor.System, name, "another long password", Cancellation);

        // The open page hears of it and leads there by itself.
        await Expect(page.Locator("h1")).ToHaveTextAsync("Se connecter");
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=password]", "another long password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/estate\\?view=place$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task People_change_their_own_password_and_stay_signed_in()
    {
        var name = await console.AccountAsync("controller");
        var page = await console.OpenAsync("/accessibility", French, "controller");
        await page.GetByRole(AriaRole.Link, new() { Name = "mon compte" }).ClickAsync();
        await page.GetByLabel("Mot de passe actuel").FillAsync("not this one");
        await TypeAsync(page, "a quiet river bends twice");
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "n'est pas le bon" })).ToBeVisibleAsync();
        await French.LookAsync(page, "account-refused");

        await page.GetByLabel("Mot de passe actuel").FillAsync(WorkerFixture.Password);
        await TypeAsync(page, "a quiet river bends twice");
        await Expect(
            page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Mot de passe changé" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Mon compte");
        Assert.NotNull(await console.Services.GetRequiredService<Accounts>()
            .VerifyAsync(Actor.System with { Name = name }, "a quiet river bends twice", Cancellation));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Revoked_role_leaves_open_pages_immediately_and_is_refused_by_stale_ones()
    {
        var name = await console.AccountAsync(Roles.Operator);
        var page = await console.OpenAsync($"/incidents/{await console.RaiseAsync("support")}", French);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Prendre en compte" });
        await Expect(button).ToBeVisibleAsync();

        var accounts = console.Services.GetRequiredService<Accounts>();
        await accounts.ChangeAsync(Actor.System, name, null, [Roles.Auditor], null, null, Cancellation);
        await Expect(button).ToHaveCountAsync(0);
        await accounts.ChangeAsync(Actor.System, name, null, [Roles.Operator], null, null, Cancellation);
        await Expect(button).ToBeVisibleAsync();

        // As another worker does it: this one hears of it when it asks.
        await console.RunAsync("update account set roles = 'auditor' where name = 'operator'");
        await button.ClickAsync();
        await Expect(
            page.GetByRole(AriaRole.Alert)
                .Filter(new() { HasText = "votre compte n'a plus ce droit" })).ToBeVisibleAsync();
        await Expect(page.Locator(".incident-head")).ToContainTextAsync("personne ne l'a pris");
        await Expect(button).ToHaveCountAsync(0);
        await console.RunAsync("update account set roles = 'operator' where name = 'operator'");
        await page.Context.CloseAsync();
    }

    private static async Task TypeAsync(IPage page, string password)
    {
        await page.Locator("[name=password]").FillAsync(password);
        await page.Locator("[name=repeated]").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }
}
