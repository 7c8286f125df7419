using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>A feature and its peers at the end of a quarter.</summary>
/// <param name="At">The day after it.</param>
/// <param name="Value">Null where it was not computable, as are the others.</param>
/// <param name="Low">5 % of the peers were below.</param>
/// <param name="High">5 % of the peers were above.</param>
public sealed record PastComparison(DateOnly At, double? Value, double? Low, double? Median, double? High);

/// <summary>How features of certifications went over two years, each quarter beside the peers of that
/// quarter.</summary>
public static class PeerHistory
{
    private const int Quarters = 8;

    /// <param name="cutoff">End of the last quarter; nothing of this day or later is looked at.</param>
    /// <returns>By certification and feature, the oldest quarter first.</returns>
    public static ILookup<(string Certification, string Feature), PastComparison> Read(
        PlatformData data, DateOnly cutoff, IReadOnlySet<(string Certification, string Feature)> wanted) =>
        Enumerable.Range(0, Quarters)
            .Select(quarter => cutoff.AddMonths(3 * (quarter + 1 - Quarters))).SelectMany(day =>
        {
            var peers = new PeerComparison(FeatureQuery.Measure(data, day, CertificationMeasures.DaysOfQuarter));
            var places = peers.Set.Certifications.Index().ToDictionary(one => one.Item.Id, one => one.Index);
            return wanted.Select(one => (Key: one, Past: places.TryGetValue(one.Certification, out var place)
                ? At(day, peers[one.Feature, place]) : new PastComparison(day, null, null, null, null))).ToList();
        }).ToLookup(one => one.Key, one => one.Past);

    private static PastComparison At(DateOnly day, Comparison one) =>
        new(day, Finite(one.Value), Finite(one.Low), Finite(one.Median), Finite(one.High));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
