using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Ingest.Pull;

/// <summary>One configured query: where it has got to, and the next piece of it.</summary>
/// <remarks>
/// History and present are fetched the same way, range by range behind a cursor that moves only when a range is scored. So a first
/// start fills the detectors, a restart closes its gap, and nothing is asked twice.
/// </remarks>
internal sealed class PullQuery(
    PullSettings settings,
    PrometheusClient prometheus,
    MetricNaming naming,
    SeriesCatalog catalog,
    Intake intake,
    IngestSource source,
    WorkerStateStore states,
    TimeProvider time)
{
    /// <summary>Prometheus allows 11 000 points a series; fewer keep answers with many series small.</summary>
    private const int PointsPerRange = 2_000;

    /// <summary>A point is asked for this long after its time, when the scrapes that it needs have been stored.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>A range that ends earlier than this before now is history and alerts nobody.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly Dictionary<string, SeriesTarget> _targets = new(StringComparer.Ordinal);
    private readonly long _step = (long)settings.Step.TotalMilliseconds;
    private long? _cursor;

    public string Name => settings.Name;

    public IngestSource Source => source;

    /// <summary>Fetches everything up to now.</summary>
    /// <exception cref="PullException">The source does not answer.</exception>
    /// <exception cref="OverloadedException">The points cannot be scored now.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var cursor = _cursor ??= await LoadAsync(cancellationToken);
        for (var newest = Newest(); cursor < newest; newest = Newest())
        {
            var to = Math.Min(EndOfHistory(cursor, newest), cursor + (PointsPerRange * _step));
            await FetchAsync(cursor + _step, to, cancellationToken);
            await states.SaveAsync(StateName, BitConverter.GetBytes(to), cancellationToken);
            _cursor = cursor = to;
        }

        source.Recover();
    }

    /// <summary>Until the next point can be asked for.</summary>
    public TimeSpan UntilNext() =>
        DateTimeOffset.FromUnixTimeMilliseconds(Newest() + _step) + Settling - time.GetUtcNow();

    /// <summary>History and present are fetched apart, because only the present may raise alerts.</summary>
    private long EndOfHistory(long cursor, long newest)
    {
        var end = Align(newest - (2 * (long)Recent.TotalMilliseconds));
        return cursor < end ? end : newest;
    }

    private string StateName => $"pull:{settings.Name}";

    /// <summary>Points lie on multiples of the step, as Prometheus itself aligns them in graphs.</summary>
    private long Newest() => Align((time.GetUtcNow() - Settling).ToUnixTimeMilliseconds());

    private long Align(long timestamp) => timestamp / _step * _step;

    private async Task<long> LoadAsync(CancellationToken cancellationToken) =>
        await states.LoadAsync(StateName, cancellationToken) is { Length: sizeof(long) } saved
            ? Align(BitConverter.ToInt64(saved))
            : Align((time.GetUtcNow() - settings.Backfill).ToUnixTimeMilliseconds());

    private async Task FetchAsync(long from, long to, CancellationToken cancellationToken)
    {
        var answer = await prometheus.RangeAsync(settings, settings.Query, from, to, cancellationToken);
        var volumes = settings.VolumeQuery.Length == 0
            ? []
            : Volumes(await prometheus.RangeAsync(settings, settings.VolumeQuery, from, to, cancellationToken));
        var batch = intake.Batch();
        var isHistory = time.GetUtcNow().ToUnixTimeMilliseconds() - to > (long)Recent.TotalMilliseconds;
        foreach (var series in answer)
        {
            var target = Target(series.Labels);
            target.AlertsFrom = isHistory ? to + 1 : target.AlertsFrom;
            target.Attach(catalog);
            foreach (var (timestamp, value) in series.Points)
            {
                var volume = volumes.GetValueOrDefault((target.Identity.Id, timestamp), double.NaN);

                // 0 ÷ 0 is how PromQL says that nothing was measured.
                batch.Count(double.IsNaN(value) ? batch.AddMissing(target, timestamp, volume) : batch.Add(target, timestamp, value, volume));
            }
        }

        await intake.SubmitAsync(batch, source, cancellationToken);
    }

    private Dictionary<(long Series, long Timestamp), double> Volumes(IReadOnlyList<PulledSeries> answer)
    {
        var volumes = new Dictionary<(long, long), double>();
        foreach (var series in answer)
        {
            var id = Target(series.Labels).Identity.Id;
            foreach (var (timestamp, value) in series.Points)
            {
                volumes[(id, timestamp)] = value;
            }
        }

        return volumes;
    }

    private SeriesTarget Target(KeyValuePair<string, string>[] labels)
    {
        var key = string.Join('\n', labels.Select(label => $"{label.Key}={label.Value}"));
        if (!_targets.TryGetValue(key, out var target))
        {
            var service = settings.Service.Length > 0 ? settings.Service : naming.ServiceOf(labels);
            _targets[key] = target = new SeriesTarget(new SeriesIdentity(settings.Name, labels), settings.Kind, settings.Unit, service);
        }

        return target;
    }
}
