using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>Name and labels of a metric, with the key and id that follow from them: the same on every machine and after
/// any restart.</summary>
internal sealed class SeriesIdentity
{
    public SeriesIdentity(string name, IEnumerable<KeyValuePair<string, string>> labels)
    {
        Name = name;
        Labels = labels.ToImmutableSortedDictionary(StringComparer.Ordinal);
        Key = SeriesKey.Of(name, Labels);
        Id = unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Key)));
    }

    /// <summary>XxHash3 of <see cref="Key"/>.</summary>
    public long Id { get; }

    /// <summary>As <see cref="SeriesKey"/> has it.</summary>
    public string Key { get; }

    public string Name { get; }

    public ImmutableSortedDictionary<string, string> Labels { get; }

    /// <summary>The id as 16 hexadecimal digits, as URLs and alerts show it.</summary>
    public static string Hex(long id) => id.ToString("x16", CultureInfo.InvariantCulture);

    public static bool TryReadHex(string text, out long id) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
}
