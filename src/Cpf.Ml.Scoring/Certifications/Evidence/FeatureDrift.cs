using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>How far the distribution of a feature over all certifications has moved within a year: what moved for
/// everybody is weak evidence against anybody.</summary>
/// <param name="Feature">Id of the feature.</param>
/// <param name="Psi">Population stability index over tenths of the earlier values, Σ (a − e) ln(a ∕ e): 0 where nothing
/// moved; above 0.2 is customarily called a shift.</param>
/// <remarks>Reference: Siddiqi (2006), <i>Credit Risk Scorecards</i>. Certifications with too few dossiers are left
/// out; so are features known of fewer than 100 on either side, whose index would be chance.</remarks>
public sealed record FeatureDrift(string Feature, double Psi)
{
    private const int Bins = 10;
    private const int MinCertifications = 100;

    /// <summary>Compares every feature that is known of at least 100 certifications on both sides.</summary>
    /// <param name="now">Features of the quarter.</param>
    /// <param name="then">Features of the quarter a year before.</param>
    /// <returns>By descending index, equal ones by id.</returns>
    public static ImmutableArray<FeatureDrift> Between(FeatureSet now, FeatureSet then) =>
    [
        .. FeatureCatalogue.All.Select(feature => (feature.Id, Now: Known(now, feature.Id),
            Then: Known(then, feature.Id)))
            .Where(entry => entry.Now.Length >= MinCertifications && entry.Then.Length >= MinCertifications)
            .Select(entry => new FeatureDrift(entry.Id, Index(entry.Now, entry.Then)))
            .OrderByDescending(drift => drift.Psi).ThenBy(drift => drift.Feature, StringComparer.Ordinal),
    ];

    /// <param name="now">Not empty.</param>
    /// <param name="then">Not empty, in order.</param>
    private static double Index(double[] now, double[] then)
    {
        // Many features are 0 for most: equal bounds are one, and a value at a bound is above it on both sides alike.
        double[] bounds =
            [.. Enumerable.Range(1, Bins - 1).Select(part => then[part * then.Length / Bins]).Distinct()];
        var (a, e) = (Shares(now, bounds), Shares(then, bounds));
        return a.Zip(e, (value, other) => (value - other) * Math.Log(value / other)).Sum();
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
        [.. set.Values[feature].Where((value, index) => double.IsFinite(value)
            && set.Certifications[index].Dossiers >= PeerComparison.MinDossiers).Order()];
}
