namespace Cpf.Ml.Worker.Ingest;

/// <summary>A partition's share of what one sender sent together.</summary>
internal sealed class PartitionBatch(List<Sample> samples)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Sample> Samples { get; } = samples;

    /// <summary>Completes when every sample is scored and every alert that they raised is committed.</summary>
    public Task Done => _done.Task;

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
