using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Console.Pages;

/// <param name="Now">The present of what the incident is about.</param>
/// <param name="Points">Three hours of the leading series; empty when it is not a watched series.</param>
/// <param name="From">Left end, Unix milliseconds.</param>
/// <param name="ReadAt">When the points were read.</param>
internal sealed record IncidentLine(
    Incident Incident, DateTimeOffset Now, IReadOnlyList<ScoredPoint> Points, long From, long To, MetricKind Kind, DateTimeOffset ReadAt);

/// <summary>Gives each incident of a list the small chart of its leading series.</summary>
internal sealed class IncidentLines(Estate estate, EstateReading reading, TimeProvider time)
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(3);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <param name="known">Lines of before, whose points are taken over while they are fresh.</param>
    public async Task<List<IncidentLine>> ReadAsync(
        IReadOnlyList<Incident> incidents, IReadOnlyList<IncidentLine> known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = known.ToDictionary(line => line.Incident.Id);
        var lines = new List<IncidentLine>(incidents.Count);
        foreach (var incident in incidents)
        {
            lines.Add(before.TryGetValue(incident.Id, out var line) && now - line.ReadAt < Fresh
                ? line with { Incident = incident, Now = reading.NowOf(incident) }
                : await ReadAsync(incident, now, cancellationToken));
        }

        return lines;
    }

    private async Task<IncidentLine> ReadAsync(Incident incident, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The newest hours of what is going on; of what is over, its begin.
        var present = reading.NowOf(incident);
        var end = incident.ClosedAt is null ? present : Earlier(present, incident.OpenedAt + Shown - TimeSpan.FromHours(1));
        var from = end - Shown;
        var line = new IncidentLine(
            incident, present, [], from.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), MetricKind.Gauge, now);
        if (incident.Alerts is not [var leading, ..] || !SeriesPage.TryReadId(leading.SeriesId, out var id) || estate.Find(id) is not { } series)
        {
            return line;
        }

        return line with { Points = await estate.HistoryAsync(id, from, end, cancellationToken), Kind = series.Series.Kind };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
