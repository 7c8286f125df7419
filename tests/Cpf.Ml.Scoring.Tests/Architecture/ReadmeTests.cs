using System.Text.RegularExpressions;

namespace Cpf.Ml.Scoring.Tests.Architecture;

/// <summary>The page of each capability names what is there, all of it and nothing else.</summary>
public sealed partial class ReadmeTests
{
    private const int LinesOfAPage = 80;

    public static TheoryData<string> Capabilities => ["Transactions", "Certifications", "Matching", "Neutrality"];

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void Files_that_a_page_names_exist(string capability)
    {
        var names = Quoted().Matches(Page(capability)).Select(match => match.Groups[1].Value)
            .Where(name => name.EndsWith(".cs", StringComparison.Ordinal)
                || name.EndsWith(".sql", StringComparison.Ordinal) && name.Length > ".sql".Length
                || IsDocument(name))
            .ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(
            File.Exists(IsDocument(name) ? Repository.In(name) : Path.Combine(Folder(capability), name)),
            $"{capability}/README.md names {name}, which does not exist."));
    }

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void Table_of_rooms_is_that_of_the_folders(string capability) => Assert.Equal(
        Directory.EnumerateDirectories(Folder(capability))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any())
            .Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Room().Matches(Page(capability)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void Types_that_a_drawing_names_exist(string capability)
    {
        var types = typeof(Score).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Cpf.Ml.Scoring", StringComparison.Ordinal) == true)
            .Select(type => type.Name).ToHashSet();
        var drawing = Page(capability).Split("```")[1];

        Assert.All(Compound().Matches(drawing), match => Assert.Contains(match.Value, types));
    }

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void Page_is_one_page(string capability) =>
        Assert.InRange(Page(capability).Split('\n').Length, 20, LinesOfAPage);

    private static bool IsDocument(string name) => name.StartsWith("docs/", StringComparison.Ordinal);

    private static string Folder(string capability) => Repository.In($"src/Cpf.Ml.Scoring/{capability}");

    private static string Page(string capability) => File.ReadAllText(Path.Combine(Folder(capability), "README.md"));

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    /// <summary>A row of the table of rooms.</summary>
    [GeneratedRegex(@"^\| `([A-Z]\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Room();

    /// <summary>A word of at least two words written together is a type.</summary>
    [GeneratedRegex(@"\b(?:[A-Z][a-z]+){2,}\b")]
    private static partial Regex Compound();
}
