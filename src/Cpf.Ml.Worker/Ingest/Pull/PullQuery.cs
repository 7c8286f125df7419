using System.IO.Hashing;
using System.Text;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Pull;

/// <summary>One configured query with its offset.</summary>
/// <remarks>
/// History and present are fetched the same way, range by range, behind an offset that is saved when a checkpoint
/// contains the range. So a first start fills the detectors, a restart closes its gap, and a kill costs a repetition. A
/// query whose meaning has changed restarts with its series; a series whose history should be known and is not gets it
/// at the next start.
/// </remarks>
internal sealed class PullQuery(
    PullSettings settings,
    PrometheusClient prometheus,
    MetricNaming naming,
    SeriesCatalog catalog,
    Intake intake,
    IngestSource source,
    SourceOffsets offsets,
    TimeProvider time)
{
    /// <summary>Prometheus allows 11 000 points a series; fewer keep answers with many series small.</summary>
    private const int PointsPerRange = 2_000;

    /// <summary>A point is fetched this long after its time, when the scrapes that it needs have been stored.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>A range that ends longer ago than this is history and raises no alert.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly TargetCache<string, SeriesTarget> _targets = new(catalog, target => [target]);
    private readonly long _step = (long)settings.Step.TotalMilliseconds;

    /// <summary>Hash of what determines the values: when it changes, series of the same name are different
    /// series.</summary>
    private readonly long _queryHash = unchecked((long)XxHash3.HashToUInt64(
        Encoding.UTF8.GetBytes($"{settings.Query}\n{settings.VolumeQuery}\n{settings.Step}")));

    private readonly HashSet<long> _withoutHistory = [];
    private long? _cursor;

    /// <summary>Offset of the previous process; what is fetched again up to there is only for series without
    /// history.</summary>
    private long _before;

    /// <summary>As <see cref="SeriesDescriptor.Generation"/>: 1 when the detectors were trained on another
    /// query.</summary>
    private int _generation;

    /// <summary>As <see cref="SeriesDescriptor.AlertsFrom"/>: the end of the history fetched so far.</summary>
    private long _alertsFrom;

    public string Name => settings.Name;

    public IngestSource Source => source;

    /// <summary>Fetches everything up to now.</summary>
    /// <exception cref="PullException">The source does not answer.</exception>
    /// <exception cref="OverloadedException">The points cannot be scored now.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var cursor = _cursor ??= await BeginAsync(cancellationToken);
        for (var newest = Newest(); cursor < newest; newest = Newest())
        {
            var to = Math.Min(EndOfHistory(cursor, newest), cursor + (PointsPerRange * _step));
            await FetchAsync(cursor + _step, to, cancellationToken);
            offsets.Advance(StateName, [.. BitConverter.GetBytes(to), .. BitConverter.GetBytes(_queryHash)]);
            _cursor = cursor = to;
        }

        source.Recover();
    }

    /// <summary>Time until the next point can be fetched.</summary>
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

    /// <returns>Offset to resume from, Unix milliseconds.</returns>
    private async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        var start = Align((time.GetUtcNow() - settings.Backfill).ToUnixTimeMilliseconds());
        var offset = await offsets.LoadAsync(StateName, cancellationToken);
        if (offset is not { Length: sizeof(long) or 2 * sizeof(long) })
        {
            return start;
        }

        // An offset without the hash was saved by a version that did not check.
        if (offset.Length > sizeof(long) && BitConverter.ToInt64(offset, sizeof(long)) != _queryHash)
        {
            _generation = 1;
            return start;
        }

        _before = Align(BitConverter.ToInt64(offset));
        await FindWithoutHistoryAsync(_before, cancellationToken);
        return _withoutHistory.Count > 0 ? Math.Min(start, _before) : _before;
    }

    /// <summary>Series that had values in the last range and are still unknown: they were refused or lost.</summary>
    private async Task FindWithoutHistoryAsync(long at, CancellationToken cancellationToken)
    {
        foreach (var series in await prometheus.RangeAsync(settings, settings.Query, at, at, cancellationToken))
        {
            var id = Target(series.Labels).Identity.Id;
            if (series.Points.Any(point => !double.IsNaN(point.Value)) && catalog.Find(id) is null)
            {
                _withoutHistory.Add(id);
            }
        }
    }

    private async Task FetchAsync(long first, long to, CancellationToken cancellationToken)
    {
        var answer = await prometheus.RangeAsync(settings, settings.Query, first, to, cancellationToken);
        var volumes = settings.VolumeQuery.Length == 0
            ? []
            : Volumes(await prometheus.RangeAsync(settings, settings.VolumeQuery, first, to, cancellationToken));
        var batch = intake.Batch();
        if (time.GetUtcNow().ToUnixTimeMilliseconds() - to > (long)Recent.TotalMilliseconds)
        {
            _alertsFrom = to + 1;
        }

        foreach (var series in answer)
        {
            var known = Target(series.Labels);
            var target = known with { Series = known.Series with { AlertsFrom = _alertsFrom } };
            var id = target.Identity.Id;
            var from = _withoutHistory.Contains(id) ? 0 : _before;
            foreach (var (timestamp, value) in series.Points.Where(point => point.Timestamp > from))
            {
                var volume = volumes.GetValueOrDefault((id, timestamp), double.NaN);

                // NaN, a missing point: 0 ÷ 0 is how PromQL says that nothing was measured.
                batch.Count(batch.Add(target, timestamp, value, volume));
            }
        }

        await intake.SubmitAsync(batch, source, cancellationToken);
        if (to >= _before)
        {
            _withoutHistory.Clear();
        }
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
        return _targets.GetOrAdd(key, _ =>
        {
            var service = settings.Service.Length > 0 ? settings.Service : naming.ServiceOf(labels);
            return new SeriesTarget(
                new SeriesDescriptor(new SeriesIdentity(settings.Name, labels), settings.Kind, settings.Unit, service)
                {
                    Generation = _generation,
                });
        });
    }
}
