using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Closes incidents whose hold is over, and follows silences that begin and end.</summary>
internal sealed class IncidentSweeper(
    IncidentStore store,
    IncidentSearchStore search,
    SilenceStore silences,
    AlertSettings settings,
    PeriodicWork periodic,
    TimeProvider time,
    ILogger<IncidentSweeper> log) : BackgroundService
{
    private string _active = "";

    /// <summary>Versions of incidents when they were last checked against the active silences.</summary>
    private Dictionary<string, long> _checked = new(StringComparer.Ordinal);

    /// <summary>Checks every incident that is not closed, and reads it whole only where it may have to
    /// change.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var active = await silences.FindActiveAsync(now, cancellationToken);
        var ids = string.Join(' ', active.Select(silence => silence.Id));
        var unclosed = await search.FindUnclosedOutlinesAsync(cancellationToken);

        // Checked without the writer's lock first: most of the time there is nothing to do.
        var concerned = unclosed.Where(incident => IsOver(incident, now) || MayBeSilenced(incident, ids))
            .Select(incident => incident.Id).ToList();
        var changing = (await search.FindAsync(concerned, cancellationToken))
            .Where(incident => IncidentLife.Pass(incident, active, settings.Hold, now) is not null)
            .Select(incident => incident.Id)
            .ToList();
        if (changing.Count > 0)
        {
            await store.ChangeAsync(
                async transaction =>
                {
                    await transaction.PassAsync(changing, settings.Hold, now);
                    return true;
                },
                cancellationToken);
        }

        (_active, _checked) = (ids,
            unclosed.ToDictionary(incident => incident.Id, incident => incident.Version, StringComparer.Ordinal));
    }

    private bool IsOver(UnclosedIncident incident, DateTimeOffset now) =>
        incident.HeldFrom is { } since && now.ToUnixTimeMilliseconds() - since >= settings.Hold.TotalMilliseconds;

    private bool MayBeSilenced(UnclosedIncident incident, string active) =>
        (active.Length > 0 || incident.SilencedBy is not null)
        && (active != _active || !_checked.TryGetValue(incident.Id, out var version) || version != incident.Version);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(IncidentSweeper),
        settings.SweepEvery,
        SweepAsync,
        reason => Log.SweepFailed(log, reason),
        stoppingToken);
}
