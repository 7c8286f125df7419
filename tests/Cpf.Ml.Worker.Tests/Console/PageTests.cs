using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>Every page and state, in each language, width and theme: nothing for axe to find, nothing wider than the screen.</summary>
public sealed class PageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    public static TheoryData<Screen> Screens =>
    [
        new Screen("fr", 1280),
        new Screen("en", 1280),
        new Screen("fr", 320),
        new Screen("fr", 1280, "dark"),
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public Task The_sign_in_page_is_accessible(Screen screen) => LookAsync(screen, "sign-in", "/sign-in", null);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task An_empty_estate_says_what_to_do(Screen screen) => LookAsync(screen, "estate-empty", "/estate", "operator");

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
    public Task A_wrong_address_is_told_so(Screen screen) => LookAsync(screen, "not-found", "/nowhere", "operator");

    private async Task LookAsync(Screen screen, string name, string path, string? role)
    {
        var page = await console.OpenAsync(path, screen, role);
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        await screen.LookAsync(page, name);
        await page.Context.CloseAsync();
    }
}
