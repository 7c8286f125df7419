namespace Cpf.Ml.Worker.Alerts;

/// <summary>Wakes every dispatcher when a message was queued in the outbox. Thread-safe.</summary>
internal sealed class OutboxSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Set"/>. Read it before reading the outbox, so that no message between
    /// the two is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
