using System.Globalization;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>What people come to do.</summary>
[Collection(nameof(PlatformFixture))]
public sealed class TaskTests(PlatformFixture console)
{
    private const int MostTabs = 80;

    private static readonly Screen French = new("fr", 1280);

    [Fact]
    public async Task Incident_is_opened_acknowledged_and_commented_by_keyboard()
    {
        var page = await console.OpenAsync("/incidents?q=achat", French);
        await TabToAsync(page, $"a[href='/incidents/{console.Incident}']");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(console.Incident));

        await TabToAsync(page, "button:text('Prendre en compte')");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Vous avez pris l'incident en compte.")).ToBeVisibleAsync();

        await TabToAsync(page, "textarea");
        await page.Keyboard.TypeAsync("Je regarde la base.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("operator\u00a0: Je regarde la base.");
        await Expect(page.Locator("textarea")).ToHaveValueAsync("");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("fr", 1280, "achat en 9,83 s, d'ordinaire 1,12 s", "1 transaction sur 100 000 ou plus rare", "échec")]
    [InlineData("en", 320, "achat in 9.83 s, usually 1.12 s", "1 transaction in 100,000 or rarer", "failed")]
    public async Task Incident_page_lists_slow_transactions(
        string language, int width, string title, string rarity, string failed)
    {
        var screen = new Screen(language, width);
        var page = await console.OpenAsync($"/incidents/{console.Incident}", screen);
        var card = page.Locator("section.card").Filter(new() { Has = page.Locator(".cards tbody code") });
        await Expect(card.GetByRole(AriaRole.Heading)).ToContainTextAsync(title);
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(card.Locator("tbody tr").First).ToContainTextAsync(rarity);
        await Expect(card.Locator("tbody tr").Nth(1)).ToContainTextAsync(failed);
        await card.ScrollIntoViewIfNeededAsync();
        await screen.LookAsync(page, "incident-transactions");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task New_incident_is_announced_behind_a_counter_without_moving_the_list()
    {
        // In an empty list there is nothing to move: it shows what comes at once.
        await console.RaiseAsync("support");
        var page = await console.OpenAsync("/incidents", French);
        var rows = await page.Locator(".incident").CountAsync();
        await console.RaiseAsync("paiement");

        // Sooner than the page looks by itself.
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 nouveau" }))
            .ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Expect(page.Locator(".incident")).ToHaveCountAsync(rows);

        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher" }).ClickAsync();
        await Expect(page.Locator(".incident")).ToHaveCountAsync(rows + 1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Input_on_one_incident_is_not_carried_to_the_next()
    {
        var page = await console.OpenAsync($"/incidents/{console.Incident}", French);
        await page.GetByLabel("Commentaire").FillAsync("Pour cet incident seulement.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clore…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Faire taire…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clore l'incident" })).ToBeVisibleAsync();

        var other = await console.RaiseAsync("facturation");
        await page.GetByRole(AriaRole.Combobox).Or(page.GetByRole(AriaRole.Searchbox)).First.FillAsync("facturation");
        await page.Locator($".search-results a[href='/incidents/{other}']").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("facturation");
        await Expect(page.GetByLabel("Commentaire")).ToHaveValueAsync("");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clore l'incident" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Faire taire" })).ToHaveCountAsync(0);

        // Others see where one is, and no longer where one was.
        var presence = console.Services.GetRequiredService<Presence>();
        Assert.Equal(["operator"], presence.OthersAt(other, ""));
        Assert.Empty(presence.OthersAt(console.Incident, ""));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Zoom_is_in_the_address_by_link_and_by_key()
    {
        var page = await console.OpenAsync($"/series/{console.Series}", French);
        await page.GetByRole(AriaRole.Link, new() { Name = "Zoom avant" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("from=\\d+&to=\\d+"));
        var wide = Range(page);

        await Expect(page.Locator("[data-chart]")).ToHaveAttributeAsync("data-from", $"{wide.From}");
        await page.Locator("[data-chart]").FocusAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(page).Not.ToHaveURLAsync(new Regex($"from={wide.From}&"));
        var narrow = Range(page);

        Assert.Equal((wide.To - wide.From) / 2.0, narrow.To - narrow.From, 2.0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Chart_is_read_point_by_point_and_as_a_table()
    {
        var page = await console.OpenAsync($"/series/{console.Series}?hours=1", French);
        await page.Locator("[data-chart]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator(".chart-readout")).ToContainTextAsync("observé");

        await page.GetByRole(AriaRole.Button, new() { Name = "Voir en tableau" }).ClickAsync();
        await Expect(page.Locator("table caption").First).ToContainTextAsync("points signalés");
        await French.LookAsync(page, "series-table");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Language_switch_returns_to_the_same_view()
    {
        var page = await console.OpenAsync("/estate?view=place", French);
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Estate");
        await Expect(page).ToHaveURLAsync(new Regex("/estate\\?view=place$"));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Sign_in_returns_to_the_requested_page()
    {
        var name = await console.AccountAsync(Roles.Auditor);
        var page = await console.OpenAsync("/incidents?state=closed", French, role: null);
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=password]", WorkerFixture.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/incidents\\?state=closed$"));

        // An auditor reads, and changes nothing.
        await page.GotoAsync($"/incidents/{console.Incident}");
        await Expect(page.Locator("h1")).ToContainTextAsync("achat_duree_p95");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clore…" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Search_box_finds_an_incident_and_a_series_on_every_page()
    {
        var page = await console.OpenAsync("/silences", French);
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("achat_duree");
        await Expect(page.Locator(".search-results a[href^='/incidents/']").First).ToBeVisibleAsync();
        await Expect(page.Locator(".search-results a[href^='/series/']").First).ToBeVisibleAsync();
        await French.LookAsync(page, "search");

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/incidents/"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Silence_is_planned_listed_and_cancelled()
    {
        var page = await console.OpenAsync("/silences", French);
        await page.GetByLabel("Service").SelectOptionAsync("recherche");
        await page.GetByLabel("Début").FillAsync("4/3/2031 22:00");
        await page.GetByLabel("Fin").FillAsync("05/03/2031 2h00");
        await page.GetByLabel("Pourquoi").FillAsync("Mise à jour du moteur de recherche");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        var row = page.Locator("tr", new() { HasText = "Mise à jour du moteur de recherche" });
        await Expect(row).ToContainTextAsync(
            "4 mars 2031, 22 h 00".Replace(" mars ", "\u00a0mars\u00a0", StringComparison.Ordinal)
                .Replace(" h ", "\u00a0h\u00a0", StringComparison.Ordinal));
        await French.LookAsync(page, "silences-planned");

        await row.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(page.GetByText("Fin du silence")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("operator, annulé par operator");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Refused_change_of_roles_says_why_and_resets_the_checkbox()
    {
        var page = await console.OpenAsync("/admin/people", French, Roles.Administrator);
        var box = page.GetByRole(
            AriaRole.Group, new() { Name = "Rôles de administrator" }).GetByLabel("administration");
        await box.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "administrator" })).ToBeVisibleAsync();
        await Expect(box).ToBeCheckedAsync();
        await French.LookAsync(page, "people-refused");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Console_loads_nothing_from_other_hosts()
    {
        var elsewhere = new List<string>();
        var page = await console.OpenAsync("/accessibility", French);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(console.Address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };
        foreach (var path in new[] { "/incidents", "/estate", $"/series/{console.Series}" })
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        }

        Assert.Empty(elsewhere);
        await page.Context.CloseAsync();
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        var wanted = page.Locator(selector).First;
        await wanted.WaitForAsync();
        for (var tab = 0; tab < MostTabs; tab++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} cannot be reached with {MostTabs} presses of Tab.");
    }

    private static (long From, long To) Range(IPage page)
    {
        var range = Regex.Match(page.Url, "from=(\\d+)&to=(\\d+)");
        return (
            long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture));
    }
}
