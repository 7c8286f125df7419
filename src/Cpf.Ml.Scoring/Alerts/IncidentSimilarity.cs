namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Finds similar past incidents by a weighted sum that can be explained.</summary>
/// <remarks>A quarter for the service, 35 % for the share of common series with the same direction, 20 % for common
/// tests, 20 % for size.</remarks>
public static class IncidentSimilarity
{
    /// <summary>Below this, two incidents have little more in common than their service.</summary>
    public const double MinSimilarity = 0.3;

    /// <summary>The most similar past incidents.</summary>
    /// <param name="incident">The incident to compare.</param>
    /// <param name="past">May contain <paramref name="incident"/> itself and incidents of other capabilities, which are
    /// left out.</param>
    /// <param name="count">Maximum number to return.</param>
    /// <returns>At most <paramref name="count"/>, the most similar first; of equals the newest.</returns>
    public static IReadOnlyList<SimilarPast> Closest(
        Incident incident, IReadOnlyCollection<IncidentOutline> past, int count)
    {
        if (past.Count == 0)
        {
            return [];
        }

        var outline = IncidentOutline.Of(incident);
        return
        [
            .. past
                .Where(other => other.Id != incident.Id && other.Capability == incident.Capability)
                .Select(other => Compare(outline, other))
                .Where(found => found.Incident.Similarity >= MinSimilarity)
                .OrderByDescending(found => found.Incident.Similarity)
                .ThenByDescending(found => found.Incident.OpenedAt)
                .Take(count),
        ];
    }

    /// <summary>The similarity of two incidents, in [0, 1], with its explanation.</summary>
    /// <param name="incident">The incident to compare.</param>
    /// <param name="other">The past one.</param>
    public static SimilarPast Compare(IncidentOutline incident, IncidentOutline other)
    {
        var service = incident.Service == other.Service;
        var series = incident.Traits.SeriesInCommon(other.Traits);
        var tests = incident.Traits.TestsInCommon(other.Traits);
        var size = SizeRatio(incident.Traits.Size, other.Traits.Size);
        var similarity = (service ? 0.25 : 0) + 0.35 * series + 0.2 * tests + 0.2 * size;
        return new SimilarPast(
            new SimilarIncident(other.Id, other.OpenedAt, Math.Round(similarity, 2), other.Title, other.Verdict),
            Why(incident.Capability, service, series, tests, size));
    }

    /// <summary>1 when equal; 0 when either is unknown.</summary>
    private static double SizeRatio(double left, double right) =>
        left > 0 && right > 0 ? Math.Min(left, right) / Math.Max(left, right) : 0;

    private static Text Why(Capability capability, bool service, double series, double tests, double size)
    {
        var subjects = CapabilityWords.Subjects(capability);
        var reasons = new List<Text>();
        if (service)
        {
            reasons.Add(new("même service", "same service"));
        }

        if (series > 0)
        {
            reasons.Add(series >= 1
                ? new($"mêmes {subjects.Fr}, même sens", $"same {subjects.En}, same direction")
                : new($"{subjects.Fr} en commun", $"{subjects.En} in common"));
        }

        if (tests > 0)
        {
            reasons.Add(tests >= 1 ? new("mêmes tests", "same tests") : new("tests en commun", "tests in common"));
        }

        if (size >= 0.5)
        {
            reasons.Add(new("ampleur proche", "similar size"));
        }

        return new(string.Join(", ", reasons.Select(reason => reason.Fr)),
            string.Join(", ", reasons.Select(reason => reason.En)));
    }
}

/// <summary>A similar past incident.</summary>
/// <param name="Incident">The past incident with its similarity.</param>
/// <param name="Why">What the two have in common.</param>
public sealed record SimilarPast(SimilarIncident Incident, Text Why);
