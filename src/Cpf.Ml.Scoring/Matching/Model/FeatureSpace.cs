namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>Numbers of features, and how rare each is among the rows that taught.</summary>
internal sealed class FeatureSpace
{
    /// <summary>A feature of one row says nothing of another.</summary>
    private const int Fewest = 2;

    private readonly string[] _names;
    private readonly Dictionary<string, int> _places;
    private readonly float[] _rarity;

    private FeatureSpace(string[] names, float[] rarity) =>
        (_names, _places, _rarity) = (names, names.Index().ToDictionary(one => one.Item, one => one.Index), rarity);

    public int Count => _rarity.Length;

    /// <summary>What a feature is, as <see cref="FicheFeatures"/> names it.</summary>
    public string NameOf(int place) => _names[place];

    /// <param name="rows">Features of each row that teaches.</param>
    public static FeatureSpace Of(IReadOnlyCollection<IReadOnlyCollection<(string Group, string Feature)>> rows)
    {
        var counts = new Dictionary<string, int>();
        foreach (var feature in rows.SelectMany(row => row.Select(one => one.Feature).Distinct()))
        {
            counts[feature] = counts.GetValueOrDefault(feature) + 1;
        }

        var kept = counts.Where(one => one.Value >= Fewest).OrderBy(one => one.Key, StringComparer.Ordinal).ToList();
        return new FeatureSpace([.. kept.Select(one => one.Key)],
            [.. kept.Select(one => MathF.Log((1f + rows.Count) / (1 + one.Value)) + 1)]);
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
        foreach (var group in features.GroupBy(one => one.Group))
        {
            var own = group.CountBy(one => one.Feature).Where(one => _places.ContainsKey(one.Key))
                .Select(one => (Place: _places[one.Key], Value: (1 + MathF.Log(one.Value)) * _rarity[_places[one.Key]]))
                .OrderBy(one => one.Place).ToList();
            var length = MathF.Sqrt(own.Sum(one => one.Value * one.Value));
            foreach (var (place, value) in own)
            {
                values[place] = values.GetValueOrDefault(place) + (FicheFeatures.WeightOf(group.Key) * value / length);
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
