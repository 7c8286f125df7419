using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Durations;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Scores single transactions once the series of their minute are scored, and keeps examples of
/// incidents.</summary>
internal sealed class TransactionJudge(
    SingleTransactions transactions,
    Estate estate, IncidentExampleStore store, SourceOffsets offsets, ILogger<TransactionJudge> log) : BackgroundService
{
    private const string StateName = "single-transactions";

    /// <summary>An alert opens some minutes after its deviation began: examples of its incident are searched this far
    /// back.</summary>
    private const long Before = 15 * 60_000;

    private static readonly TransactionMetric Volume =
        TransactionMetric.All.Single(metric => metric.Name == TransactionMetric.VolumeName);
    private static readonly TransactionMetric[] Durations =
        [.. TransactionMetric.All.Where(metric => metric.Name == TransactionMetric.DurationName)];

    private readonly Dictionary<string, Queue<ScoredTransaction>> _recent = new(StringComparer.Ordinal);
    private DurationTails _tails = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _tails = Restore(await offsets.LoadAsync(StateName, cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var minutes = new List<TransactionMinute>();
        while (await transactions.Reader.WaitToReadAsync(stoppingToken))
        {
            minutes.Clear();
            while (transactions.Reader.TryRead(out var minute))
            {
                minutes.Add(minute);
            }

            try
            {
                await JudgeAsync(minutes, stoppingToken);
                await KeepAsync(minutes.Select(minute => minute.Group.Service).Distinct().ToList(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.TransactionsNotJudged(log, minutes.Count, exception);
            }
        }
    }

    private async Task JudgeAsync(List<TransactionMinute> minutes, CancellationToken cancellationToken)
    {
        foreach (var operation in minutes.GroupBy(minute => minute.Group))
        {
            var settings = await SettingsAsync(operation.Key, [.. operation], cancellationToken);
            if (!_recent.TryGetValue(operation.Key.Service, out var recent))
            {
                _recent[operation.Key.Service] = recent = new Queue<ScoredTransaction>();
            }

            foreach (var minute in operation)
            {
                foreach (var judged in _tails.ScoreAndLearn(minute, settings[minute.Minute]))
                {
                    recent.Enqueue(judged);
                }

                while (recent.TryPeek(out var oldest) && oldest.Transaction.End < minute.Minute - Before)
                {
                    recent.Dequeue();
                }
            }
        }

        var state = new ArrayBufferWriter<byte>();
        _tails.Snapshot(state);
        offsets.Advance(StateName, state.WrittenSpan.ToArray());
    }

    /// <summary>What the operation's own series expected of each minute, by the minute.</summary>
    private async Task<Dictionary<long, TransactionContext>> SettingsAsync(
        TransactionGroup group, IReadOnlyList<TransactionMinute> minutes, CancellationToken cancellationToken)
    {
        var (from, to) = (minutes.Min(minute => minute.Minute), minutes.Max(minute => minute.Minute) + 1);
        var points = await estate.HistoryAsync(
            [.. Durations.Prepend(Volume).Select(
                metric => new PointWindow(TransactionSeries.Identity(group, metric).Id, from, to))], cancellationToken);
        var volume = points[0].ToDictionary(point => point.Timestamp, point => point.Expected);
        var median = points[1].ToDictionary(point => point.Timestamp, point => point.Expected);
        var abnormal = points.Skip(1)
            .SelectMany(series => series).Where(point => point.Flagged).Select(point => point.Timestamp).ToHashSet();
        return minutes.DistinctBy(minute => minute.Minute)
            .ToDictionary(minute => minute.Minute, minute => new TransactionContext(
            median.GetValueOrDefault(minute.Minute, float.NaN),
            minute.Count,
            volume.GetValueOrDefault(minute.Minute, float.NaN),
            abnormal.Contains(minute.Minute)));
    }

    private async Task KeepAsync(List<string> services, CancellationToken cancellationToken)
    {
        foreach (var incident in await store.FindOngoingAsync(services, cancellationToken))
        {
            var kept = await store.FindAsync(incident.Id, cancellationToken);
            var merged = IncidentExample.Merge(
                kept, _recent[incident.Service].Where(judged => judged.Transaction.End >= incident.OpenedAt - Before)
                    .Select(IncidentExample.Of));
            if (!merged.SequenceEqual(kept))
            {
                await store.SaveAsync(incident.Id, merged, cancellationToken);
            }
        }
    }

    private DurationTails Restore(byte[]? state)
    {
        try
        {
            return state is null ? new DurationTails() : DurationTails.Restore(state);
        }
        catch (ModelFormatException reason)
        {
            Log.StateUnreadable(log, StateName, reason.Message);
            return new DurationTails();
        }
    }
}
