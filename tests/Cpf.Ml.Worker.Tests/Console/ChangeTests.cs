using Cpf.Ml.Worker.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>What changed on the platform, and that it is here to stay.</summary>
[Collection(nameof(PlatformFixture))]
public sealed class ChangeTests(PlatformFixture console)
{
    [Theory]
    [InlineData("fr", 1280, "Déploiement 4.2", "4.2, 3 min avant")]
    [InlineData("en", 320, "Deployment 4.2", "4.2, 3 min before")]
    public async Task A_deployment_is_on_the_chart_in_words_below_it_and_among_the_reasons(
        string language, int width, string words, string reason)
    {
        var page = await console.OpenAsync($"/incidents/{console.Incident}", new Screen(language, width));

        await Expect(page.Locator(".plot .mark").First).ToContainTextAsync(words);
        await Expect(page.Locator(".marks")).ToContainTextAsync(words);
        await Expect(page.Locator(".facts").First).ToContainTextAsync(reason);
        await page.GotoAsync($"/series/{console.Series}");
        await Expect(page.Locator(".marks")).ToContainTextAsync(words);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(
        "fr",
        1280,
        "Nouvelle normale…",
        "Pourquoi",
        "Déclarer la nouvelle normale",
        "Nouvelle normale déclarée",
        "operator déclare une nouvelle normale")]
    [InlineData(
        "en",
        320,
        "New normal…",
        "Why",
        "Declare the new normal",
        "New normal declared",
        "operator declares a new normal")]
    public async Task A_new_normal_is_declared_with_a_reason_by_keyboard_and_told(
        string language, int width, string open, string why, string declare, string done, string told)
    {
        var screen = new Screen(language, width);
        var page = await console.OpenAsync($"/incidents/{console.Incident}", screen);
        await page.GetByRole(AriaRole.Button, new() { Name = open }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var reason = page.GetByLabel(why, new() { Exact = true });
        await screen.LookAsync(page, "incident-new-normal");

        // Without a reason nothing is declared, and the field says so.
        await reason.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await reason.EvaluateAsync<bool>("field => field.matches(':user-invalid')"));
        await page.Keyboard.TypeAsync("nouveau moteur");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = done })).ToBeVisibleAsync();
        await Expect(page.Locator(".timeline")).ToContainTextAsync(told);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = declare })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_the_page_of_a_series_it_is_declared_too_and_shown_on_its_chart()
    {
        var screen = new Screen("fr", 1280);
        var page = await console.OpenAsync($"/series/{console.Series}", screen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Nouvelle normale…" }).ClickAsync();
        await page.GetByLabel("Pourquoi", new() { Exact = true }).FillAsync("bascule");
        await page.GetByRole(AriaRole.Button, new() { Name = "Déclarer la nouvelle normale" }).ClickAsync();

        await Expect(
            page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Nouvelle normale déclarée" })).ToBeVisibleAsync();
        await Expect(page.Locator(".marks")).ToContainTextAsync("Nouvelle normale\u00a0: bascule");
        await screen.LookAsync(page, "series-new-normal");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("fr", 1280, "Une alerte se ferme après", "Comparer", "Alertes\u00a0:", "les deux premiers jours")]
    [InlineData("en", 320, "An alert closes after", "Compare", "Alerts:", "the first two days train")]
    public async Task Other_settings_are_compared_over_the_past_of_a_series(
        string language, int width, string quiet, string compare, string alerts, string limits)
    {
        var screen = new Screen(language, width);
        var page = await console.OpenAsync($"/series/{console.Series}", screen, Roles.Auditor);
        await page.GetByLabel(quiet).FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = compare }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = alerts })).ToBeVisibleAsync();
        await Expect(page.GetByText(limits)).ToBeVisibleAsync();
        await screen.LookAsync(page, "series-what-if");

        await page.GetByLabel(quiet).FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = compare }).ClickAsync();
        await Expect(page.Locator("input:invalid")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(
        "fr", 1280, "Marquer importante", "Série marquée importante.", "série importante", "N'est plus importante")]
    [InlineData(
        "en", 320, "Mark as important", "Series marked as important.", "important series", "No longer important")]
    public async Task A_series_is_marked_as_important_by_keyboard_and_unmarked(
        string language, int width, string mark, string done, string fact, string unmark)
    {
        var screen = new Screen(language, width);
        var page = await console.OpenAsync($"/series/{console.Series}", screen);
        await Expect(
            page.GetByText(
                language == "fr" ? "l'heure et le jour expliquent" : "hour and day explain")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = mark }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = done })).ToBeVisibleAsync();
        await Expect(page.Locator(".facts").First).ToContainTextAsync(fact);
        await screen.LookAsync(page, "series-important");
        await page.GetByRole(AriaRole.Button, new() { Name = unmark }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = mark })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_auditor_reads_and_declares_nothing()
    {
        var page = await console.OpenAsync($"/incidents/{console.Incident}", new Screen("fr", 1280), Roles.Auditor);
        await Expect(page.Locator(".timeline li").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Nouvelle normale…" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }
}
