namespace Cpf.Ml.Worker.Alerts;

/// <summary>Wakes every dispatcher when something was put into the outbox. Thread-safe.</summary>
internal sealed class OutboxSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Set"/>. Take it before looking into the outbox, so that nothing is
    /// missed between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
