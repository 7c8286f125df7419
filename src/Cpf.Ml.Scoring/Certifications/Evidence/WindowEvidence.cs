using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>The evidence against each certification in the dossiers of a window, feature by feature.</summary>
internal sealed class WindowEvidence
{
    /// <summary>A third more than the rarest statistic can say.</summary>
    private const double Breach = 20;

    private readonly Dictionary<string, double[]> _evidence = [];

    /// <param name="now">Features of the window.</param>
    /// <param name="then">Features of the quarter a year before.</param>
    public WindowEvidence(FeatureSet now, FeatureSet then)
    {
        Peers = new PeerComparison(now);
        foreach (var feature in FeatureCatalogue.All)
        {
            var moves = OwnPast.Distances(feature, now, then, Peers.IsWarm);
            var distances = now.Certifications.Select((_, index) => Distance(feature, index, moves[index])).ToArray();
            var tail = new TailEvidence(distances);
            _evidence[feature.Id] = [.. distances.Select((distance, index) => !double.IsFinite(distance) ? 0
                : IsBreach(feature, index) ? Breach : tail.Surprisal(distance))];
        }
    }

    public PeerComparison Peers { get; }

    /// <returns>−ln of how rare it is, from 0 (nothing) to 15; 20 where a law is broken.</returns>
    public double Surprisal(string feature, int certification) => _evidence[feature][certification];

    private bool IsBreach(Feature feature, int index) =>
        feature.IsBreach && Peers[feature.Id, index].Value >= feature.Limit;

    /// <summary>Both against peers and against one's own past: two independent deviations together; who has always been
    /// so is half excused.</summary>
    private double Distance(Feature feature, int index, double move)
    {
        var comparison = Peers[feature.Id, index];
        if (!comparison.IsComputable)
        {
            return double.NaN;
        }

        if (comparison.Value < feature.Material
            || Peers.Set.Known.ContainsKey((Peers.Set.Certifications[index].Id, feature.Family)))
        {
            return 0;
        }

        return OwnPast.Applies(feature) ? (comparison.Distance + (double.IsFinite(move) ? move : 0)) / Math.Sqrt(2)
            : comparison.Distance;
    }
}
