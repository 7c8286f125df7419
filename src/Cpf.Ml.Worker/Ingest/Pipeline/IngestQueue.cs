using System.Threading.Channels;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Queues samples for the partitions that score them. Bounded: a sender that is too fast waits, then is asked
/// to retry.</summary>
internal sealed class IngestQueue
{
    private readonly Channel<PartitionBatch>[] _partitions;

    public IngestQueue(IngestSettings settings) =>
        _partitions = [.. Enumerable.Range(0, settings.Partitions).Select(_ => Channel.CreateBounded<PartitionBatch>(
            new BoundedChannelOptions(settings.QueueLength) { SingleReader = true }))];

    public int Partitions => _partitions.Length;

    /// <summary>Batches waiting at all partitions together.</summary>
    public int Waiting => _partitions.Sum(partition => partition.Reader.Count);

    public ChannelReader<PartitionBatch> Reader(int partition) => _partitions[partition].Reader;

    /// <summary>Number of the partition that scores a series: the same for as long as their count.</summary>
    public int PartitionOf(long seriesId) => (int)((ulong)seriesId % (ulong)_partitions.Length);

    /// <summary>
    /// Completes when every sample is scored and every alert that they raised is committed: only then may the sender be
    /// told that its data are safe. Samples of one series are scored in the order given.
    /// </summary>
    /// <param name="source">Name of the source that brought them.</param>
    /// <param name="samples">In the order in which they are to be scored.</param>
    /// <returns>How many of them were not scored, by <see cref="Rejection"/>.</returns>
    /// <exception cref="OperationCanceledException">No room in time; nothing more of the batch is queued.</exception>
    public async Task<int[]> SubmitAsync(
        string source, IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        var shares = new List<Sample>?[_partitions.Length];
        foreach (var sample in samples)
        {
            (shares[PartitionOf(sample.Series.Identity.Id)] ??= []).Add(sample);
        }

        var pending = new List<PartitionBatch>(shares.Length);
        for (var partition = 0; partition < shares.Length; partition++)
        {
            if (shares[partition] is { } share)
            {
                var batch = new PartitionBatch(source, share);
                await _partitions[partition].Writer.WriteAsync(batch, cancellationToken);
                pending.Add(batch);
            }
        }

        await Task.WhenAll(pending.Select(batch => batch.Done)).WaitAsync(cancellationToken);
        var rejected = new int[Rejections.Names.Length];
        foreach (var batch in pending)
        {
            for (var reason = 0; reason < rejected.Length; reason++)
            {
                rejected[reason] += batch.Rejected[reason];
            }
        }

        return rejected;
    }

    /// <summary>Accepts no more samples; what is queued is still scored.</summary>
    public void Close()
    {
        foreach (var partition in _partitions)
        {
            partition.Writer.TryComplete();
        }
    }
}
