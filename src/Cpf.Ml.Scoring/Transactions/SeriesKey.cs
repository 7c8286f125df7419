using System.Text;

namespace Cpf.Ml.Scoring.Transactions;

/// <summary>How a series is called where it must be the same everywhere: in the Worker, in its store, in a trained
/// model.</summary>
public static class SeriesKey
{
    /// <returns><c>name{label="value",...}</c>, labels in ordinal order, quotes and backslashes escaped.</returns>
    public static string Of(string name, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var text = new StringBuilder(name).Append('{');
        foreach (var (label, value) in labels.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var separator = text[^1] == '{' ? "" : ",";
            text.Append(separator).Append(label).Append("=\"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        }

        return text.Append('}').ToString();
    }
}
