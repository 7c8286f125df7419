using System.Text;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>An NDJSON of transactions, counted by minute.</summary>
internal sealed class TransactionTrack(List<TransactionMinute> minutes, ReplayClock clock) : ReplayTrack
{
    private readonly Dictionary<TransactionGroup, TransactionSeries> _series =
        minutes.Select(minute => minute.Group)
            .Distinct().ToDictionary(group => group, group => new TransactionSeries(group, clock));

    public override int Count => minutes.Count;

    public IEnumerable<SeriesTarget> Targets => _series.Values.SelectMany(series => series.Targets);

    public override long TimestampAt(int index) => minutes[index].Minute;

    public override void AddTo(IntakeBatch batch, int index, long shift)
    {
        var minute = minutes[index];
        _series[minute.Group].Add(minute.ShiftedBy(shift), batch);
    }

    /// <exception cref="InvalidDataException">A line cannot be read, or there is none; the message names file and
    /// line.</exception>
    public static TransactionTrack Read(string path, TransactionSettings settings, ReplayClock clock)
    {
        var events = ReadEvents(path, settings);
        events.Sort((left, right) => left.End.CompareTo(right.End));
        var aggregator = new TransactionAggregator(settings.Options, 0);
        foreach (var transaction in events)
        {
            aggregator.Add(transaction);
            aggregator.Close(transaction.End);
        }

        aggregator.Close(long.MaxValue);
        return new TransactionTrack([.. aggregator.Closed], clock);
    }

    private static List<TransactionEvent> ReadEvents(string path, TransactionSettings settings)
    {
        var events = new List<TransactionEvent>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                events.Add(TransactionLine.Read(Encoding.UTF8.GetBytes(line), settings));
            }
            catch (Exception reason) when (reason is LineException or JsonException)
            {
                throw new InvalidDataException($"{path}, line {number}: {reason.Message}");
            }
        }

        return events.Count > 0 ? events : throw new InvalidDataException($"{path} holds no transaction.");
    }
}
