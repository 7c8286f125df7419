using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>Where a value lies among those of its peers. All values are in the feature's unit.</summary>
/// <param name="Value">The value as it was measured.</param>
/// <param name="Count">Number of dossiers behind it.</param>
/// <param name="Low">5th percentile of the peers.</param>
/// <param name="Median">Median of the peers.</param>
/// <param name="High">95th percentile of the peers.</param>
/// <param name="Peers">Number of peers whose value is known; 0 where the value is not comparable.</param>
/// <param name="Distance">Distance towards the suspicious side, in standard deviations, in [−8, 8]; NaN where the value
/// is not comparable.</param>
public readonly record struct PeerPosition(
    double Value, double Count, double Low, double Median, double High, int Peers, double Distance)
{
    /// <summary>Whether the value is known and has been compared.</summary>
    public bool IsComputable => double.IsFinite(Distance);
}

/// <summary>Every certification among its peers, feature by feature.</summary>
public sealed class PeerComparison
{
    /// <summary>Dossiers of the window from which on a certification is compared.</summary>
    public const int MinDossiers = 30;

    private readonly Dictionary<string, PeerPosition[]> _comparisons = [];

    /// <summary>Compares all certifications of a set.</summary>
    /// <param name="set">Features of a window.</param>
    public PeerComparison(FeatureSet set)
    {
        Set = set;
        IsWarm = [.. set.Certifications.Select(certification => certification.Dossiers >= MinDossiers)];
        Groups = [.. PeerGroup.Build(set, [.. IsWarm])];
        foreach (var feature in FeatureCatalogue.All)
        {
            _comparisons[feature.Id] = Compare(set, feature);
        }
    }

    /// <summary>The features that were compared.</summary>
    public FeatureSet Set { get; }

    /// <summary>Whether each certification, in the order of the set, has enough dossiers to be compared and
    /// scored.</summary>
    public ImmutableArray<bool> IsWarm { get; }

    /// <summary>The peers of each certification, in the order of the set.</summary>
    public ImmutableArray<PeerGroup> Groups { get; }

    /// <summary>Where the value of a certification lies among its peers.</summary>
    /// <param name="feature">Id of the feature.</param>
    /// <param name="certification">Index of the certification in the set.</param>
    public PeerPosition this[string feature, int certification] => _comparisons[feature][certification];

    private PeerPosition[] Compare(FeatureSet set, Feature feature)
    {
        var (values, counts) = (set.Values[feature.Id], set.Counts[feature.Id]);
        var spreads = new Dictionary<PeerGroup, PeerSpread?>(ReferenceEqualityComparer.Instance);
        PeerSpread? all = null;
        return [.. Enumerable.Range(0, set.Certifications.Length).Select(position =>
        {
            var (value, count) = (values[position], counts[position]);
            if (!double.IsFinite(value) || !(count > 0) || !IsWarm[position])
            {
                return new PeerPosition(value, count, double.NaN, double.NaN, double.NaN, 0, double.NaN);
            }

            if (!spreads.TryGetValue(Groups[position], out var spread))
            {
                spreads[Groups[position]] = spread = Spread(feature, values, counts, Groups[position].Members);
            }

            // Where a feature is known of few peers only, all certifications are its peers.
            spread ??= all ??= Spread(
                feature,
                values, counts, [.. Enumerable.Range(0, values.Length).Where(index => IsWarm[index])], least: 1);
            return new PeerPosition(
                value, count, spread!.Low, spread.Median, spread.High, spread.Count, spread.Distance(value, count));
        })];
    }

    private static PeerSpread? Spread(Feature feature,
        double[] values, double[] counts, ImmutableArray<int> members, int least = PeerGroup.MinMembers)
    {
        var known = members.Where(member => double.IsFinite(values[member]) && counts[member] > 0)
            .Select(member => (values[member], counts[member])).ToList();
        return known.Count >= least ? new PeerSpread(feature, known) : null;
    }
}
