using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>How far a certification has moved in a year, beyond how others have: what it always was is nobody's
/// doing.</summary>
internal static class OwnPast
{
    /// <summary>Of fewer dossiers then, nothing is known of the past.</summary>
    private const double MinCount = 5;

    /// <summary>Variance that counting alone gives to a move of a share, for each dossier of either side: that of an
    /// arcsine of a root.</summary>
    private const double Counting = 0.25;
    private const double MadToDeviation = 1.4826;

    /// <summary>Features that are a move already, or a fact that the past does not excuse.</summary>
    private static readonly string[] Excluded =
        ["F04", "F10", "F11", "F12", "F14", "F19", "F21", "F22", "F23", "F24", "F47", "F48", "F49"];

    public static bool Applies(Feature feature) => !Excluded.Contains(feature.Id);

    /// <returns>One a certification, in standard deviations towards the suspicious side; NaN where there is no
    /// past.</returns>
    public static double[] Distances(Feature feature, FeatureSet now, FeatureSet then, IReadOnlyList<bool> isWarm)
    {
        if (!Applies(feature))
        {
            return [.. now.Certifications.Select(_ => double.NaN)];
        }

        var indexes = then.Certifications.Index()
            .ToDictionary(certification => certification.Item.Id, certification => certification.Index);
        var moves = now.Certifications.Select((certification, index) => isWarm[index] && indexes.TryGetValue(
            certification.Id, out var before) ? Move(feature, now, index, then, before) : Nothing).ToArray();
        var known = moves.Where(move => double.IsFinite(move.Size)).OrderBy(move => move.Noise).ToArray();
        if (known.Length < 2 * PeerGroup.MinMembers)
        {
            return [.. moves.Select(_ => double.NaN)];
        }

        var median = Median(known.Select(move => move.Size));
        var (own, counting) = Variances(feature, known, median);
        return [.. moves.Select(move => Math.Clamp((move.Size - median) / Math.Sqrt(own + (counting * move.Noise)),
            -PeerSpread.MaxDistance, PeerSpread.MaxDistance))];
    }

    /// <summary>What moves have in common, and what few dossiers add for each: from the half of few and the half of
    /// many. Excluded it small certifications would be flagged for being small.</summary>
    private static (double Own, double Counting) Variances(
        Feature feature, (double Size, double Noise)[] byNoise, double median)
    {
        var (many, few) = (byNoise[..(byNoise.Length / 2)], byNoise[(byNoise.Length / 2)..]);
        double Variance((double Size, double Noise)[] half) =>
            Math.Pow(MadToDeviation * Median(half.Select(move => Math.Abs(move.Size - median))), 2);
        double Noise((double Size, double Noise)[] half) => Median(half.Select(move => move.Noise));
        var apart = Noise(few) - Noise(many);
        var counting = apart > 0 ? Math.Max(0, (Variance(few) - Variance(many)) / apart) : 0;
        counting = feature.Kind == FeatureKind.Share ? Math.Max(Counting, counting) : counting;
        return (Math.Max(feature.MinSpread * feature.MinSpread, Variance(many) - (counting * Noise(many))),
            counting);
    }

    private static (double Size, double Noise) Nothing => (double.NaN, double.NaN);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <returns>Towards the suspicious side; and how much of it may be counting, in 1 ÷ dossiers.</returns>
    private static (double Size, double Noise) Move(
        Feature feature, FeatureSet now, int index, FeatureSet then, int before)
    {
        var (value, count) = (now.Values[feature.Id][index], now.Counts[feature.Id][index]);
        var (valueThen, countThen) = (then.Values[feature.Id][before], then.Counts[feature.Id][before]);
        return double.IsFinite(value + valueThen) && count > 0 && countThen > MinCount
            ? (feature.Direction * (Scale(feature, value) - Scale(feature, valueThen)), (1 / count) + (1 / countThen))
            : Nothing;
    }

    /// <summary>On which a move means the same everywhere: arcsine of the root for shares, logarithm for
    /// ratios.</summary>
    private static double Scale(Feature feature, double value) => feature.Kind switch
    {
        FeatureKind.Share => Math.Asin(Math.Sqrt(Math.Clamp(value, 0, 1))),
        FeatureKind.Ratio => Math.Log(Math.Max(value, 1e-6)),
        _ => value,
    };
}
