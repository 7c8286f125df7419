using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>
/// Lets the imagined platform live: weeks of history at once, then a live part that begins in the past, runs faster
/// than the clock until it has caught up, and keeps its pace. Where it has got to is kept.
/// </summary>
internal sealed class DemoReplay(
    DemoSettings settings, SeriesCatalog catalog,
    Intake intake, IngestHealth health, SourceOffsets places, TimeProvider time, ILogger<DemoReplay> log)
    : BackgroundService
{
    public const string SourceName = "demonstration";

    private const string StateName = "demonstration";
    private const long Minute = 60_000;
    private const int MinutesPerBatch = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ReplayClock _clock = new();
    private TransactionSeries[] _series = [];

    private IngestSource Source => health.Source(SourceName);

    /// <summary>Where the live part begins and what is next, Unix milliseconds. Known before the first series is
    /// judged.</summary>
    private (long LiveStart, long Next) _place;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Enabled)
        {
            _place = await LoadAsync(cancellationToken);
            _series = [.. DemoOperation.All.Select(
                operation => new TransactionSeries(operation.Group, _clock, _place.LiveStart))];
            foreach (var target in _series.SelectMany(series => series.Targets))
            {
                catalog.Attach(target.Series);
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

        var platform = new DemoPlatform(settings.Seed, _place.LiveStart);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LearnAsync(platform, stoppingToken);
                await LiveAsync(platform, stoppingToken);
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                // An imagined platform must not stop the watch over a real one.
                Source.Fail(reason.Message);
                log.LoopFailed(SourceName, reason.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // The place is kept: the next try, like the next start, goes on from there.
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LearnAsync(DemoPlatform platform, CancellationToken stoppingToken)
    {
        if (_place.Next < _place.LiveStart)
        {
            log.DemoHistory(settings.HistoryWeeks);
        }

        while (_place.Next < _place.LiveStart)
        {
            await SubmitAsync(
                platform, Math.Min(_place.LiveStart, _place.Next + (MinutesPerBatch * Minute)), stoppingToken);
        }
    }

    private async Task LiveAsync(DemoPlatform platform, CancellationToken stoppingToken)
    {
        log.DemoLive(settings.Speed);
        var pace = new ReplayPace(time, _place.Next, settings.Speed, bounded: true);
        while (true)
        {
            // A minute is known when it has ended.
            await pace.WaitAsync(_place.Next + Minute, stoppingToken);
            await SubmitAsync(platform, _place.Next + Minute, stoppingToken);
        }
    }

    /// <summary>Everything from the place reached until before <paramref name="to"/>.</summary>
    private async Task SubmitAsync(DemoPlatform platform, long to, CancellationToken stoppingToken)
    {
        var batch = intake.Batch();
        for (var minute = _place.Next; minute < to; minute += Minute)
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
        _place.Next = to;
        places.Reach(StateName, [.. BitConverter.GetBytes(_place.LiveStart), .. BitConverter.GetBytes(to)]);
    }

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
