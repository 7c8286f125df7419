using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>How far a certification has moved in a year, beyond how others have: what it always was is nobody's doing.</summary>
internal static class OwnPast
{
    /// <summary>Of fewer dossiers then, nothing is known of the past.</summary>
    private const double LeastCount = 5;

    /// <summary>Dossiers for which a move is believed by half: a share of n dossiers wanders by about ½√n⁻¹ on its scale.</summary>
    private const double HalfBelievedShare = 30;
    private const double HalfBelieved = 10;
    private const double MadToDeviation = 1.4826;

    /// <summary>Features that are a move already, or a fact that the past does not excuse.</summary>
    private static readonly string[] Without = ["F04", "F10", "F11", "F12", "F14", "F19", "F21", "F22", "F23", "F24"];

    public static bool Applies(Feature feature) => !Without.Contains(feature.Id);

    /// <returns>One a certification, in standard deviations towards the suspicious side; NaN where there is no past.</returns>
    public static double[] Distances(Feature feature, FeatureSet now, FeatureSet then, IReadOnlyList<bool> isWarm)
    {
        if (!Applies(feature))
        {
            return [.. now.Certifications.Select(_ => double.NaN)];
        }

        var places = then.Certifications.Index().ToDictionary(one => one.Item.Id, one => one.Index);
        var moves = now.Certifications.Select((one, place) => isWarm[place] && places.TryGetValue(one.Id, out var before) ? Move(feature, now, place, then, before) : double.NaN).ToArray();
        var known = moves.Where(double.IsFinite).Order().ToArray();
        if (known.Length < PeerGroup.LeastMembers)
        {
            return [.. moves.Select(_ => double.NaN)];
        }

        var median = known[known.Length / 2];
        var spread = Math.Max(feature.LeastSpread, MadToDeviation * known.Select(move => Math.Abs(move - median)).Order().ElementAt(known.Length / 2));
        return [.. moves.Select(move => Math.Clamp((move - median) / spread, -PeerSpread.Farthest, PeerSpread.Farthest))];
    }

    private static double Move(Feature feature, FeatureSet now, int place, FeatureSet then, int before)
    {
        var (value, count) = (now.Values[feature.Id][place], now.Counts[feature.Id][place]);
        var (valueThen, countThen) = (then.Values[feature.Id][before], then.Counts[feature.Id][before]);
        if (!double.IsFinite(value + valueThen) || !(count > 0 && countThen > LeastCount))
        {
            return double.NaN;
        }

        var both = 2 / ((1 / count) + (1 / countThen));
        return feature.Direction * (Scale(feature, value) - Scale(feature, valueThen)) * Math.Sqrt(both / (both + (feature.Kind == FeatureKind.Share ? HalfBelievedShare : HalfBelieved)));
    }

    /// <summary>On which a move means the same everywhere: arcsine of the root for shares, logarithm for ratios.</summary>
    private static double Scale(Feature feature, double value) => feature.Kind switch
    {
        FeatureKind.Share => Math.Asin(Math.Sqrt(Math.Clamp(value, 0, 1))),
        FeatureKind.Ratio => Math.Log(Math.Max(value, 1e-6)),
        _ => value,
    };
}
