using System.Text.RegularExpressions;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Tests;

/// <summary>What the pages for readers say is so, and no figure in them is typed by hand.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>Pages that a program writes from the code, where constants of the code stand.</summary>
    private static readonly string[] Generated =
        ["docs/figures.md", "docs/platform-data.md", "docs/search-log.md", "docs/certification-features.md"];

    [Fact]
    public void Pages_show_what_the_result_files_give() =>
        Assert.Equal([], FigurePages.Stale(Repository.Root).Select(stale => $"{stale.Page}: run ./cpf-ml figures"));

    /// <summary>Decimal numbers and percentages stand between figure markers, or as constants in code.</summary>
    [Fact]
    public void Figures_outside_their_markers_are_refused() => Assert.Equal([], Pages().Except(Generated)
        .SelectMany(page => UnmarkedFigures(Prose(page)).Select(figure => $"{page}: {figure}")));

    [Theory]
    [InlineData("Found are 0.61 of the faults.", "0.61")]
    [InlineData("Recall is 0.61.", "0.61")]
    [InlineData("| recall | 82 % |", "82 %")]
    [InlineData("Found are <!-- figure a/b/c -->0.61<!-- /figure --> of `0.99`.", "")]
    [InlineData("Version 0.1.0 of 3 400 at [NAB](https://example.org/1.2), 127.0.0.1:5080", "")]
    public void Figure_is_distinguished_from_marked_numbers_and_constants(string text, string figures) =>
        Assert.Equal(figures, string.Concat(UnmarkedFigures(Unmarked(text))));

    [Fact]
    public void Files_that_pages_name_exist() => Assert.Equal([], Pages().SelectMany(page => Named(page)
        .Where(file => !Path.Exists(file)).Select(file => $"{page}: {Path.GetRelativePath(Repository.Root, file)}")));

    [Fact]
    public void Lines_of_pages_end_before_column_121() => Assert.Equal([], Wrapped().SelectMany(page =>
        CodeBlock().Replace(File.ReadAllText(Repository.In(page)), "").Split('\n')
            .Where(line => line.Length > 120 && !line.StartsWith('|')).Select(line => $"{page}: {line}")));

    [Fact]
    public void Front_page_has_at_most_150_lines() =>
        Assert.InRange(File.ReadAllLines(Repository.In("README.md")).Length, 1, 150);

    [Fact]
    public void Types_and_files_that_the_glossary_names_exist()
    {
        var sources = Directory.EnumerateFiles(Repository.In("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal));
        var types = sources.SelectMany(path => DeclaredType().Matches(File.ReadAllText(path)))
            .Select(type => type.Groups[1].Value).ToHashSet();
        var named = File.ReadLines(Repository.In("docs/glossary.md"))
            .Where(line => line.StartsWith('|') && line.Contains('`', StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line.TrimEnd('|', ' ').Split('|')[^1]))
            .Select(word => word.Groups[1].Value).ToList();

        Assert.True(named.Count > 60, $"{named.Count} names in the last column.");
        Assert.Equal([], named.Where(name => !types.Contains(name) && !File.Exists(Repository.In(name))));
    }

    private static IEnumerable<string> Pages() => FigurePages.Marked(Repository.Root).Append("docs/figures.md");

    private static IEnumerable<string> Wrapped() =>
        Directory.EnumerateFiles(Repository.In("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Concat(["README.md", "CHANGELOG.md", "models/README.md", "data/README.md"]);

    private static string Prose(string page) =>
        Unmarked(CodeBlock().Replace(File.ReadAllText(Repository.In(page)), ""));

    private static string Unmarked(string text) =>
        Link().Replace(Code().Replace(FigurePages.Marker().Replace(text, ""), ""), "");

    private static IEnumerable<string> UnmarkedFigures(string text) =>
        UnmarkedFigure().Matches(text).Select(figure => figure.Value.Trim());

    /// <summary>Targets of links, relative to the page; paths in code, relative to the root.</summary>
    private static IEnumerable<string> Named(string page)
    {
        var text = File.ReadAllText(Repository.In(page));
        var folder = Path.GetDirectoryName(Repository.In(page))!;
        return Link().Matches(text).Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => Path.GetFullPath(Path.Combine(folder, target.Split('#')[0])))
            .Concat(NamedFile().Matches(text).Select(file => Repository.In(file.Groups[1].Value)));
    }

    [GeneratedRegex(@"(?<![\w.:/-])\d[\d ]*(?:[.,]\d+(?!\w|\.\d)|(?:[.,]\d+)? ?%)")]
    private static partial Regex UnmarkedFigure();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|docs|tests|deploy|data|notebooks)/(?:[\w.-]+/)*[\w-]+\.(?:md|cs|json|yml|csv|py))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|enum|interface) ([A-Z]\w+)")]
    private static partial Regex DeclaredType();
}
