using System.Threading.Channels;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Minutes whose series are scored and whose single transactions are still to be judged.
/// Thread-safe.</summary>
/// <remarks>Examples are best effort: when they arrive faster than they are scored, the oldest are dropped.</remarks>
internal sealed class SingleTransactions
{
    private const int MaxWaitingMinutes = 20_000;

    private readonly Channel<TransactionMinute> _minutes =
        Channel.CreateBounded<TransactionMinute>(new BoundedChannelOptions(
            MaxWaitingMinutes)
        { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<TransactionMinute> Reader => _minutes.Reader;

    public void Offer(IEnumerable<TransactionMinute> minutes)
    {
        foreach (var minute in minutes)
        {
            _minutes.Writer.TryWrite(minute);
        }
    }
}
