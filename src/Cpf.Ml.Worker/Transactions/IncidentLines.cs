using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <param name="Now">The present of what the incident is about.</param>
/// <param name="Points">Three hours of the leading series; empty when it is not a watched series.</param>
/// <param name="From">Left end, Unix milliseconds.</param>
/// <param name="ReadAt">When the points were read.</param>
internal sealed record IncidentLine(
    Incident Incident,
    DateTimeOffset Now, IReadOnlyList<ScoredPoint> Points, long From, long To, MetricKind Kind, DateTimeOffset ReadAt);

/// <summary>Gives each incident of a list the small chart of its leading series.</summary>
internal sealed class IncidentLines(Estate estate, EstateReading reading, TimeProvider time)
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(3);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <param name="known">Lines read before, whose points are reused while they are fresh.</param>
    public async Task<List<IncidentLine>> ReadAsync(
        IReadOnlyList<Incident> incidents, IReadOnlyList<IncidentLine> known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = known.ToDictionary(line => line.Incident.Id);
        var lines =
            incidents.Select(incident => before.TryGetValue(incident.Id, out var line) && now - line.ReadAt < Fresh
            ? line with { Incident = incident, Now = reading.NowOf(incident) }
            : Line(incident, now)).ToList();

        // One query for all of them.
        var empty = lines.Index().Where(line => line.Item.ReadAt == now)
            .Select(line => (line.Index, Series: SeriesOf(line.Item.Incident)?.Series))
            .Where(line => line.Series is not null).ToList();
        var points = await estate.HistoryAsync(
            [.. empty.Select(line => new PointWindow(
                line.Series!.Identity.Id, lines[line.Index].From, lines[line.Index].To))], cancellationToken);
        foreach (var ((index, series), found) in empty.Zip(points))
        {
            lines[index] = lines[index] with { Points = found, Kind = series!.Kind };
        }

        return lines;
    }

    /// <summary>Without its points: the newest hours of what is going on; of what is over, its begin.</summary>
    private IncidentLine Line(Incident incident, DateTimeOffset now)
    {
        var present = reading.NowOf(incident);
        var end =
            incident.ClosedAt is null ? present : Earlier(present, incident.OpenedAt + Shown - TimeSpan.FromHours(1));
        return new IncidentLine(
            incident,
            present, [], (end - Shown).ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), MetricKind.Gauge, now);
    }

    /// <summary>The leading series; null when the incident is not about a known series.</summary>
    private SeriesStatus? SeriesOf(Incident incident) =>
        incident.Alerts is [var leading, ..] && SeriesIdentity.TryReadHex(leading.SeriesId, out var id)
            ? estate.Find(id) : null;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
