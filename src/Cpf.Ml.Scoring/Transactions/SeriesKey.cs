using System.Text;

namespace Cpf.Ml.Scoring.Transactions;

/// <summary>The canonical key of a series, the same in the Worker, in its store and in a trained model.</summary>
public static class SeriesKey
{
    /// <summary>The key of a series.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="labels">Its labels, in any order.</param>
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
