using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>Every page and state, in each language, width and theme: nothing for axe to find, nothing wider than the screen.</summary>
public sealed class PageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    public static TheoryData<Screen> Screens =>
    [
        new Screen("fr", 1280),
        new Screen("en", 1280, "dark"),
        new Screen("fr", 320),
        new Screen("en", 320),
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public Task The_sign_in_page_is_accessible(Screen screen) => LookAsync(screen, "sign-in", "/sign-in", null);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task An_empty_estate_says_what_to_do(Screen screen) => LookAsync(screen, "estate-empty", "/estate", "operator");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_list_without_an_incident_proves_nothing_before_there_are_data(Screen screen) =>
        LookAsync(screen, "incidents-empty", "/incidents", "operator");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task An_unknown_series_says_so(Screen screen) => LookAsync(screen, "series-unknown", "/series/0123456789abcdef", "operator");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task The_accessibility_statement_is_accessible(Screen screen) => LookAsync(screen, "accessibility", "/accessibility", null);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_role_without_the_right_is_told_so(Screen screen) => LookAsync(screen, "no-right", "/estate", "funder");

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_page_of_ones_own_account_is_accessible_to_every_role(Screen screen)
    {
        // It is a plain form, which never goes live: one comes to it from a page that does.
        var page = await console.OpenAsync("/accessibility", screen, "funder");
        await page.GotoAsync("/account");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(screen.Language == "fr" ? "Mon compte" : "My account");
        await screen.LookAsync(page, "account");
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_wrong_address_is_told_so(Screen screen) => LookAsync(screen, "not-found", "/nowhere", "operator");

    private async Task LookAsync(Screen screen, string name, string path, string? role)
    {
        var page = await console.OpenAsync(path, screen, role);
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        await screen.LookAsync(page, name);
        await page.Context.CloseAsync();
    }
}
