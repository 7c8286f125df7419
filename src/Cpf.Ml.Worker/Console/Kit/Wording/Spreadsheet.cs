using System.Globalization;
using System.Text;

namespace Cpf.Ml.Worker.Console.Kit.Wording;

/// <summary>CSV files for spreadsheets: separated by semicolons in French, by commas in English.</summary>
internal static class Spreadsheet
{
    public static string Write(Ui ui, IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows)
    {
        var separator = ui.IsFrench ? ';' : ',';
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heads))
        {
            text.AppendJoin(separator, row.Select(field => Field(field, separator))).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>The byte order mark tells spreadsheets that the file is UTF-8.</summary>
    public static IResult File(string text, string name) => Results.File(
        (byte[])[.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)], "text/csv; charset=utf-8", name);

    /// <summary>
    /// Quoted where necessary. A value that a spreadsheet would run as a formula is escaped, because names come from
    /// senders; a number stays a number.
    /// </summary>
    private static string Field(string value, char separator)
    {
        var runs = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]
            && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var text = runs ? "'" + value : value;
        return text.AsSpan().ContainsAny(separator, '"', '\n') || text.Contains('\r', StringComparison.Ordinal)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
