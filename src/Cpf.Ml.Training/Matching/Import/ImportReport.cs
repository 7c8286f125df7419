using System.Collections.Immutable;
using System.Globalization;

namespace Cpf.Ml.Training.Matching.Import;

/// <summary>What an import has read, what it has mended and what it has left out.</summary>
internal sealed class ImportReport
{
    private const int Examples = 5;

    private readonly List<string> _lines = [];

    public ImmutableArray<string> Lines => [.. _lines];

    public void Read(FileProfile file)
    {
        string[] mended =
        [
            Said(file.Repeated, "repeated rows, taken once"), Said(file.OverLines, "values over several lines, joined"), Said(file.DoubledQuotes, "values with doubled apostrophes, mended"), Said(file.Padded, "values between blanks or tabs, trimmed"),
        ];
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {file.Rows} rows") + string.Concat(mended.Where(one => one.Length > 0).Select(one => "; " + one)));
    }

    /// <param name="what">The end of a sentence that begins with their number.</param>
    /// <param name="values">One a place where it was.</param>
    public void Count(string what, IEnumerable<string> values)
    {
        var all = values.ToList();
        if (all.Count > 0)
        {
            var distinct = all.Distinct().Order(StringComparer.Ordinal).ToList();
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {all.Count} {what}: {string.Join(", ", distinct.Take(Examples))}{(distinct.Count > Examples ? $" and {distinct.Count - Examples} more" : "")}"));
        }
    }

    public void Say(string line) => _lines.Add(line);

    private static string Said(long count, string what) => count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
}
