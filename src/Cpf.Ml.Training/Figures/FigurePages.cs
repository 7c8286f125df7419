using System.Text.RegularExpressions;

namespace Cpf.Ml.Training.Figures;

/// <summary>
/// The pages that show figures, as the result files have them: <c>docs/figures.md</c> as a whole, others between
/// markers such as <c>&lt;!-- figure transactions/nab/best-standard --&gt;76.5&lt;!-- /figure --&gt;</c>.
/// </summary>
internal static partial class FigurePages
{
    private const string Tables = "docs/figures.md";

    /// <param name="root">Root of the source tree.</param>
    /// <returns>Pages that differ from the result files, relative to the root, with their correct text.</returns>
    public static IEnumerable<(string Page, string Text)> Stale(string root)
    {
        var book = FigureBook.Read(root);
        return Marked(root).Select(page => (Page: page, Text: Mark(Read(root, page), book)))
            .Prepend((Page: Tables, Text: FigureTables.Write(book)))
            .Where(written => Read(root, written.Page) != written.Text);
    }

    /// <summary>Pages whose figures stand between markers.</summary>
    public static IEnumerable<string> Marked(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md")
            .Select(path => "docs/" + Path.GetFileName(path))
            .Where(page => page != Tables)
            .Order(StringComparer.Ordinal)
            .Prepend("models/README.md")
            .Prepend("README.md");

    private static string Read(string root, string page) =>
        Path.Combine(root, page) is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private static string Mark(string text, FigureBook book) =>
        Marker().Replace(text, marker =>
            $"<!-- figure {marker.Groups[1].Value} -->{book.Text(marker.Groups[1].Value)}<!-- /figure -->");

    [GeneratedRegex("<!-- figure (\\S+) -->.*?<!-- /figure -->", RegexOptions.Singleline)]
    internal static partial Regex Marker();
}
