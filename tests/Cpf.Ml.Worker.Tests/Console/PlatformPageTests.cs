using Cpf.Ml.Worker.Access;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>The pages with data on them, in each language, width and theme.</summary>
[Collection(nameof(PlatformFixture))]
public sealed class PlatformPageTests(PlatformFixture console)
{
    public static TheoryData<Screen> Screens => PageTests.Screens;

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Incidents_are_accessible(Screen screen) => LookAsync(screen, "incidents", "/incidents");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Closed_incidents_are_accessible(Screen screen) => LookAsync(screen, "incidents-closed", "/incidents?state=closed");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_filter_without_a_match_says_so(Screen screen) => LookAsync(screen, "incidents-filtered", "/incidents?q=introuvable");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task An_incident_is_accessible(Screen screen) => LookAsync(screen, "incident", $"/incidents/{console.Incident}");

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task An_incident_without_data_is_accessible(Screen screen) =>
        await LookAsync(screen, "incident-no-data", $"/incidents/{await console.RaiseAsync("réservation")}");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task An_unknown_incident_says_so(Screen screen) => LookAsync(screen, "incident-unknown", "/incidents/0123");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task The_estate_is_accessible(Screen screen) => LookAsync(screen, "estate", "/estate?open=achat");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task The_estate_by_place_is_accessible(Screen screen) => LookAsync(screen, "estate-places", "/estate?view=place");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_series_is_accessible(Screen screen) => LookAsync(screen, "series", $"/series/{console.Series}");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Silences_are_accessible(Screen screen) => LookAsync(screen, "silences", "/silences");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Ingestion_is_accessible(Screen screen) => LookAsync(screen, "sources", "/admin/sources");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Publishing_is_accessible(Screen screen) => LookAsync(screen, "publishers", "/admin/publishers");

    [Theory]
    [MemberData(nameof(Screens))]
    public Task People_are_accessible(Screen screen) => LookAsync(screen, "people", "/admin/people", Roles.Administrator);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Tokens_are_accessible(Screen screen) => LookAsync(screen, "tokens", "/admin/tokens", Roles.Administrator);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task The_audit_log_is_accessible(Screen screen) => LookAsync(screen, "audit-log", "/admin/audit-log", Roles.Administrator);

    [Fact]
    public async Task At_200_percent_zoom_the_main_pages_lose_nothing()
    {
        // A window of 1280 pixels at 200 % is one of 640.
        var zoomed = new Screen("fr", 640);
        await LookAsync(zoomed, "incidents-zoomed", "/incidents?state=closed");
        await LookAsync(zoomed, "incident-zoomed", $"/incidents/{console.Incident}");
        await LookAsync(zoomed, "estate-zoomed", "/estate?open=achat");
        await LookAsync(zoomed, "series-zoomed", $"/series/{console.Series}");
    }

    private async Task LookAsync(Screen screen, string name, string path, string role = Roles.Operator)
    {
        var page = await console.OpenAsync(path, screen, role);
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        await screen.LookAsync(page, name);
        await page.Context.CloseAsync();
    }
}
