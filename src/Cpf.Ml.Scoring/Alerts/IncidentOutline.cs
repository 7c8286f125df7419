using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>The part of an incident that the search for similar ones needs.</summary>
/// <param name="Id">Id of the incident.</param>
/// <param name="Capability">The capability of its alerts.</param>
/// <param name="Service">The service of its alerts.</param>
/// <param name="OpenedAt">When it opened, UTC.</param>
/// <param name="Title">Its title.</param>
/// <param name="Verdict"><c>useful</c>, <c>noise</c>, or null without a verdict.</param>
/// <param name="Traits">What is compared.</param>
public sealed record IncidentOutline(
    string Id,
    Capability Capability,
    string Service,
    DateTimeOffset OpenedAt,
    Text Title,
    string? Verdict,
    IncidentTraits Traits)
{
    /// <summary>The outline of an incident.</summary>
    /// <param name="incident">With at least one alert.</param>
    public static IncidentOutline Of(Incident incident) => new(
        incident.Id,
        incident.Capability,
        incident.Service,
        incident.OpenedAt,
        incident.Title,
        incident.Verdict,
        IncidentTraits.Of(incident));
}

/// <summary>The traits by which incidents are compared; of bounded size however many series they have.</summary>
/// <param name="Series">
/// Hashes of rule, series and direction, ascending. At most <see cref="MaxSeries"/>, the smallest: a fair sample, and
/// the same one of the same series in every incident (Broder, A. (1997), <i>On the resemblance and containment of
/// documents</i>).
/// </param>
/// <param name="Tests">Name and direction of each test that fired.</param>
/// <param name="Size">Deviation of the leading alert in standard deviations of the noise, without sign; 0
/// when unknown.</param>
public sealed record IncidentTraits(ImmutableArray<long> Series, ImmutableArray<string> Tests, double Size)
{
    /// <summary>Maximum number of hashes.</summary>
    public const int MaxSeries = 256;

    /// <summary>The traits of an incident.</summary>
    /// <param name="incident">With at least one alert.</param>
    public static IncidentTraits Of(Incident incident) => new(
        [.. incident.Alerts.Select(Hash).Distinct().Order().Take(MaxSeries)],
        [.. incident.Alerts.SelectMany(alert => alert.Document.Tests)
            .Select(test => $"{test.Name} {test.Direction:+0;-0;0}").Distinct().Order(StringComparer.Ordinal)],
        Math.Abs(incident.Alerts[0].Document.DeviationNoise ?? 0));

    /// <summary>Jaccard similarity of the series, in [0, 1]; an estimate when there are more than
    /// <see cref="MaxSeries"/>.</summary>
    /// <param name="other">The traits of another incident.</param>
    public double SeriesInCommon(IncidentTraits other)
    {
        var all = Series.Union(other.Series).Order();
        var compared =
            Math.Max(Series.Length, other.Series.Length) < MaxSeries ? all.ToList() : [.. all.Take(MaxSeries)];
        return Share(compared.Intersect(Series).Intersect(other.Series).Count(), compared.Count);
    }

    /// <summary>Jaccard similarity of the tests that fired, in [0, 1].</summary>
    /// <param name="other">The traits of another incident.</param>
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
