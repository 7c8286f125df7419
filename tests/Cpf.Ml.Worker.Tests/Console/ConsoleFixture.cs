using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>The whole service, and one browser in front of it.</summary>
public class ConsoleFixture : WorkerFixture
{
    /// <summary>
    /// In milliseconds. A wait ends when its condition holds, so that only a failing test takes this long; two cores
    /// run several servers.
    /// </summary>
    private const int Patience = 120_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly ConcurrentDictionary<string, string> _sessions = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args = Arguments,
        });
    }

    /// <summary>Only what a test sends is on the pages.</summary>
    protected override Dictionary<string, string> Settings =>
        new() { ["Ingest:Self:Enabled"] = "false", ["Transactions:JointSeries"] = "0" };

    /// <summary>A page in a browser profile of its own, drawn and connected.</summary>
    /// <param name="role">Who is signed in; null for nobody.</param>
    internal async Task<IPage> OpenAsync(string path, Screen screen, string? role = "operator")
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            StorageState = role is null ? null : await SessionAsync(role),
            ViewportSize = screen.Viewport,
            ColorScheme = screen.ColorScheme,
            Locale = screen.Language == "en" ? "en-GB" : "fr-FR",
            TimezoneId = "Europe/Paris",
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync(
            [new() { Name = "cpfml-language", Value = screen.Language, Url = Address.ToString() }]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(path);
        if (role is not null)
        {
            await page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        return page;
    }

    /// <summary>A page shows what it promises, and is accessible in both themes, wide and narrow.</summary>
    /// <param name="name">Of its pictures, and of the page where something is wrong.</param>
    /// <param name="role">Who is signed in; null for nobody.</param>
    /// <param name="words">That this page shows in this state, and no other does.</param>
    internal async Task LookAsync(string language, string name, string path, string? role, string[] words)
    {
        var page = await OpenAsync(path, Screen.Wide(language), role);
        await LookAsync(page, language, name, words);
        await page.Context.CloseAsync();
    }

    /// <inheritdoc cref="LookAsync(string, string, string, string?, string[])"/>
    internal static async Task LookAsync(IPage page, string language, string name, string[] words)
    {
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        foreach (var expected in words)
        {
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(expected, new() { UseInnerText = true });
        }

        await Screen.LookAtAllAsync(page, name, language);
    }

    /// <summary>An incident of a service that has gone silent.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> RaiseAsync(string service)
    {
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var alert = new Alert
        {
            Id = AlertId.Of(AlertRules.NoData, service, now),
            Capability = Capability.Transactions,
            Rule = AlertRules.NoData,
            SeriesId = service,
            SeriesName = new(service, service),
            Service = service,
            Severity = Severity.Warning,
            OpenedAt = now,
            UpdatedAt = now,
            Document = new AlertDocument
            {
                Sentence = new($"{service}\u00a0: aucune donnée", $"{service}: no data"),
                Since = now,
            },
        };
        await Services.GetRequiredService<AlertPipeline>()
            .ProcessAsync([new AlertChange(AlertTransition.Open, alert)], TestContext.Current.CancellationToken);
        var found = await Services.GetRequiredService<IncidentSearchStore>()
            .FindAsync(
                new IncidentQuery(Service: service, Sort: IncidentSort.Newest), TestContext.Current.CancellationToken);
        return found.Items[0].Id;
    }

    /// <summary>Runs statements on the service's store.</summary>
    internal async Task RunAsync(string sql)
    {
        await using var connection = await Services.GetRequiredService<Database>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Cookies of somebody who signed in by the form; once a role, because a password is slow to check on purpose.
    /// </summary>
    private async Task<string> SessionAsync(string role)
    {
        if (_sessions.TryGetValue(role, out var session))
        {
            return session;
        }

        var name = await AccountAsync(role);
        await using var context = await _browser!.NewContextAsync(new() { BaseURL = Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=%2Faccessibility");
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("main form button");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/accessibility$"));
        return _sessions[role] = await context.StorageStateAsync();
    }
}
