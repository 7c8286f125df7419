using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>What speaks against each certification in the dossiers of so many days, feature by feature.</summary>
internal sealed class WindowEvidence
{
    /// <summary>A third more than the rarest statistic can say.</summary>
    private const double Breach = 20;

    private readonly Dictionary<string, double[]> _evidence = [];

    /// <param name="now">What was measured.</param>
    /// <param name="then">What was usual a year before.</param>
    public WindowEvidence(FeatureSet now, FeatureSet then)
    {
        Peers = new PeerComparison(now);
        foreach (var feature in FeatureCatalogue.All)
        {
            var moves = OwnPast.Distances(feature, now, then, Peers.IsWarm);
            var distances = now.Certifications.Select((_, place) => Distance(feature, place, moves[place])).ToArray();
            var tail = new TailEvidence(distances);
            _evidence[feature.Id] = [.. distances.Select((distance, place) => !double.IsFinite(distance) ? 0
                : IsBreach(feature, place) ? Breach : tail.Of(distance))];
        }
    }

    public PeerComparison Peers { get; }

    /// <returns>−ln of how rare it is, from 0 (nothing) to 15; 20 where a law is broken.</returns>
    public double Of(string feature, int certification) => _evidence[feature][certification];

    private bool IsBreach(Feature feature, int place) =>
        feature.IsBreach && Peers[feature.Id, place].Value >= feature.Limit;

    /// <summary>Both against peers and against one's own past: two independent deviations together; who has always been
    /// so is half excused.</summary>
    private double Distance(Feature feature, int place, double move)
    {
        var comparison = Peers[feature.Id, place];
        if (!comparison.IsComputable)
        {
            return double.NaN;
        }

        if (comparison.Value < feature.Material
            || Peers.Set.Known.ContainsKey((Peers.Set.Certifications[place].Id, feature.Family)))
        {
            return 0;
        }

        return OwnPast.Applies(feature) ? (comparison.Distance + (double.IsFinite(move) ? move : 0)) / Math.Sqrt(2)
            : comparison.Distance;
    }
}
