using System.Collections.Immutable;
using static System.FormattableString;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>What an import has read, what it has repaired and what it has left out.</summary>
internal sealed class ImportReport
{
    private const int Examples = 5;

    private readonly List<string> _lines = [];

    public ImmutableArray<string> Lines => [.. _lines];

    public void Read(FileProfile file)
    {
        (long Count, string What)[] repairs =
        [
            (file.Repeated, "repeated rows, read once"),
            (file.OverLines, "values over several lines, joined"),
            (file.DoubledQuotes, "values with doubled apostrophes, repaired"),
            (file.Padded, "values between blanks or tabs, trimmed"),
        ];
        _lines.Add(Invariant($"{file.Name}: {file.Rows} rows") + string.Concat(
            repairs.Where(repair => repair.Count > 0).Select(repair => Invariant($"; {repair.Count} {repair.What}"))));
    }

    /// <param name="what">The end of a sentence that begins with their number.</param>
    /// <param name="values">One for each occurrence.</param>
    public void Count(string what, IEnumerable<string> values)
    {
        var all = values.ToList();
        if (all.Count > 0)
        {
            var distinct = all.Distinct().Order(StringComparer.Ordinal).ToList();
            var more = distinct.Count > Examples ? Invariant($" and {distinct.Count - Examples} more") : "";
            _lines.Add(Invariant($"  {all.Count} {what}: {string.Join(", ", distinct.Take(Examples))}{more}"));
        }
    }

    public void Add(string line) => _lines.Add(line);
}
