using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>A value beside those of peers.</summary>
/// <param name="Value">As it was measured.</param>
/// <param name="Count">Dossiers behind it.</param>
/// <param name="Low">5 % of the peers are below.</param>
/// <param name="High">5 % of the peers are above.</param>
/// <param name="Distance">Towards the suspicious side, in standard deviations; NaN where it is not computable.</param>
public readonly record struct Comparison(
    double Value, double Count, double Low, double Median, double High, int Peers, double Distance)
{
    public bool IsComputable => double.IsFinite(Distance);
}

/// <summary>Every certification beside its peers, feature by feature.</summary>
public sealed class PeerComparison
{
    /// <summary>Dossiers of 90 days: of fewer, nothing is said.</summary>
    public const int LeastDossiers = 30;

    private readonly Dictionary<string, Comparison[]> _comparisons = [];

    public PeerComparison(FeatureSet set)
    {
        Set = set;
        IsWarm = [.. set.Certifications.Select(one => one.Dossiers >= LeastDossiers)];
        Groups = [.. PeerGroup.Of(set, [.. IsWarm])];
        foreach (var feature in FeatureCatalogue.All)
        {
            _comparisons[feature.Id] = Compare(set, feature);
        }
    }

    public FeatureSet Set { get; }

    /// <summary>By place: enough dossiers. What is not warm is not scored.</summary>
    public ImmutableArray<bool> IsWarm { get; }

    public ImmutableArray<PeerGroup> Groups { get; }

    public Comparison this[string feature, int certification] => _comparisons[feature][certification];

    private Comparison[] Compare(FeatureSet set, Feature feature)
    {
        var (values, counts) = (set.Values[feature.Id], set.Counts[feature.Id]);
        var spreads = new Dictionary<PeerGroup, PeerSpread?>(ReferenceEqualityComparer.Instance);
        PeerSpread? all = null;
        return [.. Enumerable.Range(0, set.Certifications.Length).Select(place =>
        {
            var (value, count) = (values[place], counts[place]);
            if (!double.IsFinite(value) || !(count > 0) || !IsWarm[place])
            {
                return new Comparison(value, count, double.NaN, double.NaN, double.NaN, 0, double.NaN);
            }

            if (!spreads.TryGetValue(Groups[place], out var spread))
            {
                spreads[Groups[place]] = spread = Spread(feature, values, counts, Groups[place].Members);
            }

            // Where a feature says something of few peers only, all certifications are its peers.
            spread ??= all ??= Spread(
                feature, values, counts, [.. Enumerable.Range(0, values.Length).Where(one => IsWarm[one])], least: 1);
            return new Comparison(
                value, count, spread!.Low, spread.Median, spread.High, spread.Count, spread.Distance(value, count));
        })];
    }

    private static PeerSpread? Spread(Feature feature,
        double[] values, double[] counts, ImmutableArray<int> members, int least = PeerGroup.LeastMembers)
    {
        var known = members.Where(one => double.IsFinite(values[one]) && counts[one] > 0)
            .Select(one => (values[one], counts[one])).ToList();
        return known.Count >= least ? new PeerSpread(feature, known) : null;
    }
}
