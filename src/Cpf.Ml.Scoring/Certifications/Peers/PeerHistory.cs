using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Certifications.Peers;

/// <summary>Where a value lay among those of its peers in a past quarter. What is null was not computable; all values
/// are in the feature's unit.</summary>
/// <param name="At">The day after the quarter.</param>
/// <param name="Value">The value as it was measured.</param>
/// <param name="Low">5th percentile of the peers.</param>
/// <param name="Median">Median of the peers.</param>
/// <param name="High">95th percentile of the peers.</param>
public sealed record PastPosition(DateOnly At, double? Value, double? Low, double? Median, double? High);

/// <summary>Features of certifications over two years, each quarter among the peers of that quarter.</summary>
public static class PeerHistory
{
    private const int Quarters = 8;

    /// <summary>Measures the last eight quarters.</summary>
    /// <param name="data">Platform data; temporary tables are made in its connection.</param>
    /// <param name="cutoff">The day after the last quarter; nothing of this day or later is read.</param>
    /// <param name="wanted">Pairs of certification code and feature id.</param>
    /// <returns>Eight positions of each pair, the oldest first.</returns>
    public static ILookup<(string Certification, string Feature), PastPosition> Read(
        PlatformData data, DateOnly cutoff, IReadOnlySet<(string Certification, string Feature)> wanted) =>
        Enumerable.Range(0, Quarters)
            .Select(quarter => cutoff.AddMonths(3 * (quarter + 1 - Quarters))).SelectMany(day =>
        {
            var peers = new PeerComparison(FeatureQuery.Measure(data, day, CertificationMeasures.DaysOfQuarter));
            var indexes = peers.Set.Certifications.Index()
                .ToDictionary(certification => certification.Item.Id, certification => certification.Index);
            return wanted.Select(entry => (Key: entry, Past: indexes.TryGetValue(entry.Certification, out var index)
                ? At(day, peers[entry.Feature, index]) : new PastPosition(day, null, null, null, null))).ToList();
        }).ToLookup(entry => entry.Key, entry => entry.Past);

    private static PastPosition At(DateOnly day, PeerPosition position) =>
        new(day, Finite(position.Value), Finite(position.Low), Finite(position.Median), Finite(position.High));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
