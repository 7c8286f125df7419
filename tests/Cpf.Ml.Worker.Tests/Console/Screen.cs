using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>How a page is looked at.</summary>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="Width">In CSS pixels; 320 is what WCAG asks at least.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>, as the reader's system has it.</param>
public sealed record Screen(string Language, int Width, string Theme = "light")
{
    private const int Height = 900;

    private static readonly string Folder = Repository.In("artifacts/screens");

    /// <summary>Pictures take as long as the checks, and are for people: <c>CPFML_SCREENS=1</c> keeps them.</summary>
    private static readonly bool KeepsPictures = Environment.GetEnvironmentVariable("CPFML_SCREENS") == "1";

    /// <summary>Colours of grids fade over into another theme.</summary>
    private const string Settled =
        """
        () => Promise.allSettled(document.getAnimations().filter(animation => animation instanceof CSSTransition)
          .map(transition => transition.finished))
        """;

    private static readonly string[] ThemeRules = ["color-contrast"];

    /// <summary>Rules about what a narrow screen shows otherwise: its menu, and tables that become cards.</summary>
    private static readonly string[] WidthRules =
    [
        "aria-hidden-focus", "button-name", "landmark-unique", "link-name", "listitem", "scrollable-region-focusable",
        "summary-name",
    ];

    internal ViewportSize Viewport => new() { Width = Width, Height = Height };

    internal ColorScheme ColorScheme => Theme == "dark" ? ColorScheme.Dark : ColorScheme.Light;

    internal static Screen Wide(string language) => new(language, 1280);

    /// <summary>Fails when axe finds anything or the page is wider than the screen.</summary>
    internal Task LookAsync(IPage page, string name) => LookAsync(page, name, null);

    /// <summary>
    /// Looks at a page that is open on a wide, light screen; then in the dark and narrow, without loading it again.
    /// </summary>
    internal static async Task LookAtAllAsync(IPage page, string name, string language)
    {
        var wide = Wide(language);
        await wide.LookAsync(page, name);
        await (wide with { Theme = "dark" }).LookAsync(page, name, ThemeRules);
        await (wide with { Width = 320 }).LookAsync(page, name, WidthRules);
    }

    /// <param name="rules">Of axe; null for all.</param>
    private async Task LookAsync(IPage page, string name, string[]? rules)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme });
        await page.SetViewportSizeAsync(Width, Height);
        await page.EvaluateAsync(Settled);
        if (KeepsPictures)
        {
            await KeepPictureAsync(page, name);
        }

        var found = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = rules is null ? null : new RunOnlyOptions { Type = "rule", Values = [.. rules] },
        });
        Assert.True(
            found.Violations.Length == 0,
            $"axe on {name} {this}:\n" + string.Join('\n', found.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help}\n    "
                + string.Join("\n    ", violation.Nodes.Take(4).Select(node => node.Html)))));

        var excess = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(excess <= 0, $"{name} {this} is {excess} pixels wider than the screen.");
    }

    private async Task KeepPictureAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        var theme = Theme == "light" ? "" : "-" + Theme;
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Folder, $"{name}-{Language}-{Width}{theme}.png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
