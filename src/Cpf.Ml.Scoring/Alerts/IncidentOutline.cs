using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>As much of an incident as is needed to find those that looked alike.</summary>
public sealed record IncidentOutline(
    string Id,
    Capability Capability,
    string Service,
    DateTimeOffset OpenedAt,
    Text Title,
    string? Verdict,
    IncidentTraits Traits)
{
    public static IncidentOutline Of(Incident incident) => new(
        incident.Id,
        incident.Capability,
        incident.Service,
        incident.OpenedAt,
        incident.Title,
        incident.Verdict,
        IncidentTraits.Of(incident));
}

/// <summary>What of an incident is compared with others; small however many series it has.</summary>
/// <param name="Series">
/// Hashes of rule, series and direction, ascending. At most <see cref="MostSeries"/>, the smallest: a fair sample, and
/// the same one of the same series in every incident (Broder, A. (1997), <i>On the resemblance and containment of
/// documents</i>).
/// </param>
/// <param name="Tests">Name and direction of each test that fired.</param>
/// <param name="Size">Deviation of the leading alert in multiples of the usual noise, without sign; 0 when
/// unknown.</param>
public sealed record IncidentTraits(ImmutableArray<long> Series, ImmutableArray<string> Tests, double Size)
{
    public const int MostSeries = 256;

    public static IncidentTraits Of(Incident incident) => new(
        [.. incident.Alerts.Select(Hash).Distinct().Order().Take(MostSeries)],
        [.. incident.Alerts.SelectMany(alert => alert.Document.Tests)
            .Select(test => $"{test.Name} {test.Direction:+0;-0;0}").Distinct().Order(StringComparer.Ordinal)],
        Math.Abs(incident.Alerts[0].Document.DeviationNoise ?? 0));

    /// <summary>Share of the series of both that are in both; an estimate when there are more than
    /// <see cref="MostSeries"/>.</summary>
    public double SeriesInCommon(IncidentTraits other)
    {
        var all = Series.Union(other.Series).Order();
        var compared =
            Math.Max(Series.Length, other.Series.Length) < MostSeries ? all.ToList() : [.. all.Take(MostSeries)];
        return Share(compared.Intersect(Series).Intersect(other.Series).Count(), compared.Count);
    }

    public double TestsInCommon(IncidentTraits other) =>
        Share(Tests.Intersect(other.Tests).Count(), Tests.Union(other.Tests).Count());

    private static double Share(int common, int all) => all == 0 ? 0 : (double)common / all;

    private static long Hash(Alert alert)
    {
        var sign = Math.Sign(alert.Document.DeviationNoise ?? alert.Document.DeviationPercent ?? 0);
        var hash = XxHash64.Hash(Encoding.UTF8.GetBytes($"{alert.Rule} {alert.SeriesId} {sign:+0;-0;0}"));
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
