using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Data;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Matching.Data;

/// <summary>What there is to know of a published file before it is read for its meaning.</summary>
/// <param name="Name">Folder and file.</param>
/// <param name="Repeated">Rows beyond the first of those that are alike.</param>
/// <param name="OverLines">Values with a line break in them.</param>
/// <param name="DoubledQuotes">Values with <c>''</c> in them.</param>
/// <param name="Padded">Values with blanks or a tab around them.</param>
internal sealed record FileProfile(
    string Name, long Rows, long Repeated, long OverLines, long DoubledQuotes, long Padded)
{
    /// <summary>Of every CSV file in UTF-8 of a folder, by name.</summary>
    public static IEnumerable<FileProfile> Measure(string folder)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal).Where(IsUnicode))
        {
            var file = new ExportFile(connection, path, Delimiter(path));
            string Sum(string condition)
            {
                var terms = file.All.Select(column =>
                    $"coalesce(({string.Format(CultureInfo.InvariantCulture, condition, column)})::INTEGER, 0)");
                return $"coalesce(sum({string.Join(" + ", terms)}), 0)::BIGINT";
            }

            yield return connection.Query(
                $"SELECT count(*), count(*) - count(DISTINCT ({string.Join(", ", file.All)})), "
                    + $"{Sum("regexp_matches({0}, '[\\r\\n]')")}, {Sum("contains({0}, '''''')")}, "
                    + $"{Sum("{0} <> trim({0}, E' \\t')")} FROM {file.Source}",
                row => new FileProfile($"{Path.GetFileName(folder)}/{Path.GetFileName(path)}",
                    row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))).Single();
        }
    }

    /// <summary>Some are in Windows 1252, which their reader knows.</summary>
    private static bool IsUnicode(string path)
    {
        try
        {
            _ = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(File.ReadAllBytes(path));
            return true;
        }
        catch (System.Text.DecoderFallbackException)
        {
            return false;
        }
    }

    private static char Delimiter(string path)
    {
        var header = File.ReadLines(path).FirstOrDefault() ?? string.Empty;
        return header.Count(sign => sign == ';') >= header.Count(sign => sign == ',') ? ';' : ',';
    }
}
