using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>How a page is looked at.</summary>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="Width">In CSS pixels; 320 is what WCAG asks at least.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>.</param>
public sealed record Screen(string Language, int Width, string Theme = "light")
{
    private static readonly string Folder = Repository.In("artifacts/screens");

    /// <summary>Keeps the picture, and fails when axe finds anything or the page is wider than the screen.</summary>
    internal async Task LookAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        var theme = Theme == "light" ? "" : "-" + Theme;
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Folder, $"{name}-{Language}-{Width}{theme}.png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"axe on {name} {this}:\n" + string.Join('\n', found.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}\n    " + string.Join("\n    ", violation.Nodes.Take(4).Select(node => node.Html)))));
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name} {this} is {tooWide} pixels wider than the screen.");
    }
}
