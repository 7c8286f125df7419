namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>Indices of features, and the inverse document frequency of each among the training rows.</summary>
internal sealed class FeatureSpace
{
    /// <summary>A feature of one row says nothing of another.</summary>
    private const int MinRows = 2;

    private readonly string[] _names;
    private readonly Dictionary<string, int> _places;
    private readonly float[] _rarity;

    private FeatureSpace(string[] names, float[] rarity) =>
        (_names, _places, _rarity) = (names, names.Index().ToDictionary(name => name.Item, name => name.Index), rarity);

    public int Count => _rarity.Length;

    /// <summary>What a feature is, as <see cref="FicheFeatures"/> names it.</summary>
    public string NameOf(int index) => _names[index];

    /// <param name="rows">Features of each row that teaches.</param>
    public static FeatureSpace Build(IReadOnlyCollection<IReadOnlyCollection<(string Group, string Feature)>> rows)
    {
        var counts = new Dictionary<string, int>();
        foreach (var feature in rows.SelectMany(row => row.Select(entry => entry.Feature).Distinct()))
        {
            counts[feature] = counts.GetValueOrDefault(feature) + 1;
        }

        var kept = counts.Where(count => count.Value >= MinRows)
            .OrderBy(count => count.Key, StringComparer.Ordinal).ToList();
        return new FeatureSpace([.. kept.Select(entry => entry.Key)],
            [.. kept.Select(entry => MathF.Log((1f + rows.Count) / (1 + entry.Value)) + 1)]);
    }

    internal static FeatureSpace Read(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var (names, rarity) = (new string[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            (names[i], rarity[i]) = (reader.ReadString(), reader.ReadSingle());
        }

        return new FeatureSpace(names, rarity);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        for (var i = 0; i < Count; i++)
        {
            writer.Write(_names[i]);
            writer.Write(_rarity[i]);
        }
    }

    /// <summary>(1 + ln n) times the rarity, each group made as long as its weight, the whole of length one; in order
    /// of places.</summary>
    public SparseRow Row(IEnumerable<(string Group, string Feature)> features)
    {
        var values = new SortedDictionary<int, float>();
        foreach (var group in features.GroupBy(feature => feature.Group))
        {
            var own = group.CountBy(row => row.Feature).Where(entry => _places.ContainsKey(entry.Key))
                .Select(entry => (Place: _places[entry.Key],
                    Value: (1 + MathF.Log(entry.Value)) * _rarity[_places[entry.Key]]))
                .OrderBy(row => row.Place).ToList();
            var length = MathF.Sqrt(own.Sum(row => row.Value * row.Value));
            foreach (var (index, value) in own)
            {
                values[index] = values.GetValueOrDefault(index) + (FicheFeatures.WeightOf(group.Key) * value / length);
            }
        }

        var whole = MathF.Sqrt(values.Values.Sum(value => value * value));
        return new SparseRow([.. values.Keys], [.. values.Values.Select(value => value / whole)]);
    }
}

/// <param name="Places">Of features, rising.</param>
/// <param name="Values">Of length one together; empty where nothing is known.</param>
internal sealed record SparseRow(int[] Places, float[] Values)
{
    /// <summary>Cosine: both are of length one.</summary>
    public float Times(SparseRow other)
    {
        var (sum, i, j) = (0f, 0, 0);
        while (i < Places.Length && j < other.Places.Length)
        {
            var order = Places[i] - other.Places[j];
            if (order == 0)
            {
                sum += Values[i++] * other.Values[j++];
            }
            else if (order < 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }
}
