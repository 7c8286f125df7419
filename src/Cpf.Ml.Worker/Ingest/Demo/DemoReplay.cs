using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>
/// Plays the imagined platform: weeks of history immediately, then a live part that begins in the past, runs faster
/// than the clock until it has caught up, and then keeps its pace. Its offset survives a restart.
/// </summary>
internal sealed class DemoReplay(
    DemoSettings settings, SeriesCatalog catalog,
    Intake intake, IngestHealth health, SourceOffsets offsets, TimeProvider time, ILogger<DemoReplay> log)
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
    private (long LiveStart, long Next) _offset;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Enabled)
        {
            _offset = await LoadAsync(cancellationToken);
            _series = [.. DemoOperation.All.Select(
                operation => new TransactionSeries(operation.Group, _clock, _offset.LiveStart))];
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

        var platform = new DemoPlatform(settings.Seed, _offset.LiveStart);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LearnAsync(platform, stoppingToken);
                await LiveAsync(platform, stoppingToken);
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                // A failure of the demonstration must not stop the service.
                Source.Fail(reason.Message);
                Log.DemonstrationFailed(log, reason.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // The offset is kept: the next attempt, like the next start, resumes from there.
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LearnAsync(DemoPlatform platform, CancellationToken stoppingToken)
    {
        if (_offset.Next < _offset.LiveStart)
        {
            Log.LearningHistory(log, settings.HistoryWeeks);
        }

        while (_offset.Next < _offset.LiveStart)
        {
            await SubmitAsync(
                platform, Math.Min(_offset.LiveStart, _offset.Next + (MinutesPerBatch * Minute)), stoppingToken);
        }
    }

    private async Task LiveAsync(DemoPlatform platform, CancellationToken stoppingToken)
    {
        Log.Live(log, settings.Speed);
        var pace = new ReplayPace(time, _offset.Next, settings.Speed, bounded: true);
        while (true)
        {
            // A minute is complete when it has ended.
            await pace.WaitAsync(_offset.Next + Minute, stoppingToken);
            await SubmitAsync(platform, _offset.Next + Minute, stoppingToken);
        }
    }

    /// <summary>Submits the minutes from the current offset to <paramref name="to"/>, exclusive.</summary>
    private async Task SubmitAsync(DemoPlatform platform, long to, CancellationToken stoppingToken)
    {
        var batch = intake.Batch();
        for (var minute = _offset.Next; minute < to; minute += Minute)
        {
            for (var i = 0; i < _series.Length; i++)
            {
                if (platform.Minute(DemoOperation.All[i], i, minute) is { } known)
                {
                    _series[i].Add(known, batch);
                }
            }
        }

        await intake.SubmitWithRetryAsync(batch, Source, stoppingToken);

        // Only now: a clock that runs ahead of points on their way would make their series look silent.
        _clock.Advance(to);
        _offset.Next = to;
        offsets.Advance(StateName, [.. BitConverter.GetBytes(_offset.LiveStart), .. BitConverter.GetBytes(to)]);
    }

    private async Task<(long LiveStart, long Next)> LoadAsync(CancellationToken stoppingToken)
    {
        if (await offsets.LoadAsync(StateName, stoppingToken) is { Length: 2 * sizeof(long) } saved)
        {
            return (BitConverter.ToInt64(saved), BitConverter.ToInt64(saved, sizeof(long)));
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var liveStart = (now - (settings.LiveDays * 1440 * Minute)) / Minute * Minute;
        return (liveStart, liveStart - (settings.HistoryWeeks * 7 * 1440 * Minute));
    }
}
