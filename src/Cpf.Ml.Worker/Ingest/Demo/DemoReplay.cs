using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>
/// Lets the imagined platform live: weeks of history at once, then a live part that begins in the past, runs faster than the clock until
/// it has caught up, and keeps its pace. Where it has got to is kept.
/// </summary>
internal sealed class DemoReplay(
    DemoSettings settings, SeriesCatalog catalog, Intake intake, IngestHealth health, SourcePlaces places, TimeProvider time, ILogger<DemoReplay> log)
    : BackgroundService
{
    public const string SourceName = "demonstration";

    private const string StateName = "demonstration";
    private const long Minute = 60_000;
    private const int MinutesPerBatch = 60;

    private readonly TransactionSeries[] _series = [.. DemoOperation.All.Select(operation => new TransactionSeries(operation.Group))];
    private readonly ReplayClock _clock = new();
    private IngestSource Source => health.Source(SourceName);

    /// <summary>Where the live part begins and what is next, Unix milliseconds. Known before the first series is judged.</summary>
    private (long LiveStart, long Next) _place;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Enabled)
        {
            _place = await LoadAsync(cancellationToken);
            foreach (var target in _series.SelectMany(series => series.Targets))
            {
                target.Clock = _clock;
                target.AlertsFrom = _place.LiveStart;
                target.Attach(catalog);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Enabled)
        {
            return;
        }

        try
        {
            var (liveStart, next) = _place;
            var platform = new DemoPlatform(settings.Seed, liveStart);
            if (next < liveStart)
            {
                log.DemoHistory(settings.HistoryWeeks);
                next = await LearnAsync(platform, next, liveStart, stoppingToken);
            }

            log.DemoLive(settings.Speed);
            await LiveAsync(platform, liveStart, next, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The place is kept; the next start goes on from there.
        }
    }

    private async Task<long> LearnAsync(DemoPlatform platform, long next, long liveStart, CancellationToken stoppingToken)
    {
        while (next < liveStart)
        {
            var to = Math.Min(liveStart, next + (MinutesPerBatch * Minute));
            await SubmitAsync(platform, next, to, stoppingToken);
            next = to;
            Reach(liveStart, next);
        }

        return next;
    }

    private async Task LiveAsync(DemoPlatform platform, long liveStart, long next, CancellationToken stoppingToken)
    {
        var pace = new ReplayPace(time, next, settings.Speed, bounded: true);
        while (true)
        {
            // A minute is known when it has ended.
            await pace.WaitAsync(next + Minute, stoppingToken);
            await SubmitAsync(platform, next, next + Minute, stoppingToken);
            next += Minute;
            Reach(liveStart, next);
        }
    }

    private async Task SubmitAsync(DemoPlatform platform, long from, long to, CancellationToken stoppingToken)
    {
        var batch = intake.Batch();
        for (var minute = from; minute < to; minute += Minute)
        {
            for (var i = 0; i < _series.Length; i++)
            {
                if (platform.Of(DemoOperation.All[i], i, minute) is { } known)
                {
                    _series[i].Add(known, batch);
                }
            }
        }

        await intake.InsistAsync(batch, Source, stoppingToken);

        // Only now: a clock that runs ahead of points on their way would make their series look silent.
        _clock.Advance(to);
    }

    private void Reach(long liveStart, long next) =>
        places.Reach(StateName, [.. BitConverter.GetBytes(liveStart), .. BitConverter.GetBytes(next)]);

    private async Task<(long LiveStart, long Next)> LoadAsync(CancellationToken stoppingToken)
    {
        if (await places.LoadAsync(StateName, stoppingToken) is { Length: 2 * sizeof(long) } saved)
        {
            return (BitConverter.ToInt64(saved), BitConverter.ToInt64(saved, sizeof(long)));
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var liveStart = (now - (settings.LiveDays * 1440 * Minute)) / Minute * Minute;
        return (liveStart, liveStart - (settings.HistoryWeeks * 7 * 1440 * Minute));
    }
}
