using Prometheus;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>Runs background work at a fixed period.</summary>
internal sealed class PeriodicWork(TimeProvider time, IMetricFactory metrics)
{
    private readonly Counter _failures = metrics.CreateCounter("cpfml_periodic_work_failures_total",
        "Rounds of periodic work that failed; the next round is still run.", ["work"]);

    /// <summary>Runs a round at the end of every period until the service stops.</summary>
    /// <param name="work">Name of the work, the label of its count of failures.</param>
    /// <param name="period">Positive. A round that takes longer delays the next one.</param>
    /// <param name="failed">Called after a failed round; the next one is still run.</param>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public async Task EveryAsync(string work, TimeSpan period,
        Func<CancellationToken, Task> round, Action<Exception> failed, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(work, round, failed, stoppingToken);
        }
    }

    /// <summary>The same, with a first round immediately.</summary>
    /// <inheritdoc cref="EveryAsync"/>
    public async Task NowAndEveryAsync(string work, TimeSpan period,
        Func<CancellationToken, Task> round, Action<Exception> failed, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        do
        {
            await TryAsync(work, round, failed, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(string work,
        Func<CancellationToken, Task> round, Action<Exception> failed, CancellationToken stoppingToken)
    {
        try
        {
            await round(stoppingToken);
        }
        catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
        {
            _failures.WithLabels(work).Inc();
            failed(reason);
        }
    }
}
