using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>How far the values of a feature, over all certifications, have moved from those of a year before: what
/// moved for everybody says less of anybody.</summary>
/// <param name="Psi">Population stability index over tenths of the earlier values, Σ (a − e) ln(a ∕ e): 0 where nothing
/// moved; above 0.2 it is usually said to have.</param>
/// <remarks>Reference: Siddiqi (2006), <i>Credit Risk Scorecards</i>. Certifications of too few dossiers are left out;
/// so are features known of fewer than 100 on either side, whose index would be of chance.</remarks>
public sealed record FeatureDrift(string Feature, double Psi)
{
    private const int Parts = 10;
    private const int Fewest = 100;

    /// <summary>Of each feature that can be compared, the furthest first.</summary>
    public static ImmutableArray<FeatureDrift> Between(FeatureSet now, FeatureSet then) =>
    [
        .. FeatureCatalogue.All.Select(feature => (feature.Id, Now: Known(now, feature.Id),
            Then: Known(then, feature.Id))).Where(one => one.Now.Length >= Fewest && one.Then.Length >= Fewest)
            .Select(one => new FeatureDrift(one.Id, Index(one.Now, one.Then)))
            .OrderByDescending(one => one.Psi).ThenBy(one => one.Feature, StringComparer.Ordinal),
    ];

    /// <param name="now">Not empty.</param>
    /// <param name="then">Not empty, in order.</param>
    private static double Index(double[] now, double[] then)
    {
        // Many features are 0 for most: equal bounds are one, and a value at a bound is above it on both sides alike.
        double[] bounds =
            [.. Enumerable.Range(1, Parts - 1).Select(part => then[part * then.Length / Parts]).Distinct()];
        var (a, e) = (Shares(now, bounds), Shares(then, bounds));
        return a.Zip(e, (one, other) => (one - other) * Math.Log(one / other)).Sum();
    }

    /// <summary>Half a certification more in each part: an empty one is rare and not impossible.</summary>
    private static double[] Shares(double[] values, double[] bounds)
    {
        var counts = new double[bounds.Length + 1];
        Array.Fill(counts, 0.5);
        foreach (var value in values)
        {
            counts[bounds.Count(bound => value >= bound)]++;
        }

        return Array.ConvertAll(counts, count => count / (values.Length + (counts.Length / 2.0)));
    }

    private static double[] Known(FeatureSet set, string feature) =>
        [.. set.Values[feature].Where((value, place) => double.IsFinite(value)
            && set.Certifications[place].Dossiers >= PeerComparison.LeastDossiers).Order()];
}
