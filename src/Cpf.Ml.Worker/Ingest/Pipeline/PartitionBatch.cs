using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>A partition's share of a batch.</summary>
internal sealed class PartitionBatch(string source, List<Sample> samples)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly int[] _rejected = new int[Rejections.Names.Length];

    /// <summary>Name of the source that brought the samples.</summary>
    public string Source { get; } = source;

    public List<Sample> Samples { get; } = samples;

    /// <summary>Samples that were not scored, by <see cref="Rejection"/>. Final when <see cref="Done"/> is
    /// complete.</summary>
    public ReadOnlySpan<int> Rejected => _rejected;

    /// <summary>Counts a sample that is not scored.</summary>
    public void Reject(Rejection reason) => _rejected[(int)reason]++;

    /// <summary>Completes when every sample is scored and every alert that they raised is committed.</summary>
    public Task Done => _done.Task;

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
