using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>Counts the events that come in and hands each closed minute to the partitions. Thread-safe.</summary>
/// <remarks>
/// At a clean stop the open minutes are saved and taken up at the next start, so that no accepted event is lost. The saved state is
/// used once: after a kill there is none, and the minutes that began before the new process are not reported, because nobody knows
/// what came in them. The same holds for minutes that a longer stop touched.
/// </remarks>
internal sealed class TransactionIntake(
    TransactionSettings settings,
    Intake intake,
    IngestHealth health,
    WorkerStateStore states,
    TimeProvider time,
    ILogger<TransactionIntake> log) : BackgroundService
{
    private const string StateName = "transactions";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly IngestSource _source = health.Source(IngestHealth.Transactions);
    private readonly Dictionary<TransactionGroup, TransactionSeries> _series = [];
    private readonly Lock _lock = new();
    private TransactionAggregator _aggregator = new(settings.Options, time.GetUtcNow().ToUnixTimeMilliseconds());

    public TransactionVerdict Add(in TransactionEvent transaction)
    {
        lock (_lock)
        {
            return _aggregator.Add(transaction);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await states.LoadAsync(StateName, cancellationToken) is { } saved)
        {
            Restore(saved);
            await states.DeleteAsync(StateName, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await states.SaveAsync(StateName, Snapshot(), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await HandOverAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is closed but not handed over is part of the saved state.
        }
    }

    private async Task HandOverAsync(CancellationToken stoppingToken)
    {
        var batch = intake.Batch();
        var count = Gather(batch);
        if (count == 0)
        {
            return;
        }

        try
        {
            await intake.SubmitAsync(batch, _source, stoppingToken);
        }
        catch (OverloadedException)
        {
            // The minutes stay where they are and are handed over again at the next tick.
            return;
        }

        lock (_lock)
        {
            _aggregator.Taken(count);
        }
    }

    private int Gather(IntakeBatch batch)
    {
        lock (_lock)
        {
            _aggregator.Close((time.GetUtcNow() - settings.Grace).ToUnixTimeMilliseconds());
            foreach (var minute in _aggregator.Closed)
            {
                if (!_series.TryGetValue(minute.Group, out var series))
                {
                    _series[minute.Group] = series = new TransactionSeries(minute.Group);
                }

                series.Add(minute, batch);
            }

            return _aggregator.Closed.Count;
        }
    }

    /// <summary>Eight bytes of the time of saving, then the aggregator's state.</summary>
    private byte[] Snapshot()
    {
        var state = new ArrayBufferWriter<byte>();
        state.Write(BitConverter.GetBytes(time.GetUtcNow().ToUnixTimeMilliseconds()));
        lock (_lock)
        {
            _aggregator.Snapshot(state);
        }

        return state.WrittenSpan.ToArray();
    }

    private void Restore(byte[] saved)
    {
        try
        {
            var savedAt = BitConverter.ToInt64(saved);
            var restored = TransactionAggregator.Restore(settings.Options, saved.AsSpan(sizeof(long)));
            var now = time.GetUtcNow();
            if (now.ToUnixTimeMilliseconds() - savedAt > (long)settings.Grace.TotalMilliseconds)
            {
                // Longer than senders are waited for: what they had to say in the meantime may never come.
                restored.Close(savedAt);
                restored.Forget(now.ToUnixTimeMilliseconds());
            }

            _aggregator = restored;
        }
        catch (Exception reason) when (reason is ModelFormatException or ArgumentException)
        {
            log.StateUnreadable(StateName, reason.Message);
        }
    }
}
