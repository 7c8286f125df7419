using System.Data.Common;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Delivers the outbox: one loop a publisher, so that one that is down delays only its own messages.</summary>
internal sealed class OutboxDispatcher(
    IEnumerable<IPublisher> publishers,
    OutboxStore store,
    OutboxSignal signal,
    PublishMetrics metrics,
    PublishSettings settings,
    PeriodicWork periodic,
    TimeProvider time,
    ILogger<OutboxDispatcher> log) : BackgroundService
{
    private const int MaxMessagesPerDelivery = 50;

    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    /// <summary>A message can wait for an older one of its incident: the outbox is not polled again
    /// immediately.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            publishers.Select(publisher => DispatchAsync(publisher, stoppingToken)).Append(PruneAsync(stoppingToken)));

    private async Task DispatchAsync(IPublisher publisher, CancellationToken stoppingToken)
    {
        // A seed of its own for each, so that publishers that failed together do not retry in step.
        var backOff = new BackOff(settings, publisher.Name);
        var failures = 0;
        while (true)
        {
            var woken = signal.Next;
            try
            {
                var reachable = await DispatchOnceAsync(publisher, backOff, stoppingToken);
                var pause = await PauseAsync(publisher, stoppingToken);
                failures = reachable ? 0 : failures + 1;
                if (failures == 0)
                {
                    await Task.WhenAny(woken, Task.Delay(pause, time, stoppingToken));
                    stoppingToken.ThrowIfCancellationRequested();
                    continue;
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever the reason, the loop must not end.
                Log.OutboxFailed(log, exception, publisher.Name);
                failures++;
            }

            await Task.Delay(backOff.After(failures), time, stoppingToken);
        }
    }

    /// <summary>Time until the next message may be retried, at most the polling interval.</summary>
    private async Task<TimeSpan> PauseAsync(IPublisher publisher, CancellationToken stoppingToken)
    {
        var (count, notBefore) = await store.FindWaitingAsync(publisher.Name, stoppingToken);
        metrics.Pending(publisher.Name, count);
        var next = notBefore - time.GetUtcNow() ?? settings.PollEvery;
        return next < MinPause ? MinPause : next < settings.PollEvery ? next : settings.PollEvery;
    }

    /// <returns>False when the receiver does not answer: delivery then backs off.</returns>
    private async Task<bool> DispatchOnceAsync(IPublisher publisher, BackOff backOff, CancellationToken stoppingToken)
    {
        while (true)
        {
            var due = await store.FindDueAsync(publisher.Name, MaxMessagesPerDelivery, stoppingToken);
            foreach (var message in due)
            {
                if (!await DeliverAsync(publisher, message, backOff, stoppingToken))
                {
                    return false;
                }
            }

            if (due.Count == 0)
            {
                return true;
            }
        }
    }

    private async Task<bool> DeliverAsync(
        IPublisher publisher, OutboxMessage message, BackOff backOff, CancellationToken stoppingToken)
    {
        try
        {
            var delivery = await publisher.DeliverAsync(message, stoppingToken);
            if (delivery.Error is null)
            {
                await store.DeliveredAsync(message, delivery.Late);
                metrics.Delivered(publisher.Name, time.GetUtcNow() - message.CreatedAt);
                return true;
            }

            await RefuseAsync(publisher, message, delivery, backOff, stoppingToken);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            var error = exception is HttpRequestException ? exception.Message
                : $"No answer within {settings.Timeout.TotalSeconds:0.#} s.";
            metrics.Failed(publisher.Name);
            Log.Unreachable(log, publisher.Name, message.Id, error);
            await store.DelayedAsync(message, error, stoppingToken);
            return false;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DbException))
        {
            // A message that cannot be serialised must not block the others.
            await RefuseAsync(
                publisher, message, new Delivery(exception.Message, Permanent: false), backOff, stoppingToken);
            return true;
        }
    }

    private async Task RefuseAsync(
        IPublisher publisher,
        OutboxMessage message, Delivery delivery, BackOff backOff, CancellationToken stoppingToken)
    {
        var (error, attempt) = (delivery.Error!, message.Attempts + 1);
        metrics.Failed(publisher.Name);
        if (delivery.Permanent || attempt >= settings.MaxAttempts)
        {
            Log.GivenUp(log, publisher.Name, message.Id, message.IncidentId, error);
            metrics.GivenUp(publisher.Name);
            await store.BuryAsync(message, error, stoppingToken);
            return;
        }

        Log.Refused(log, publisher.Name, message.Id, attempt, error);
        await store.FailedAsync(message, error, time.GetUtcNow() + backOff.After(attempt), stoppingToken);
    }

    private Task PruneAsync(CancellationToken stoppingToken) => periodic.NowAndEveryAsync(
        nameof(OutboxDispatcher), PruneEvery,
        stop => store.PruneAsync(time.GetUtcNow() - settings.KeepDelivered, stop),
        reason => Log.OutboxFailed(log, reason, "prune"), stoppingToken);
}
