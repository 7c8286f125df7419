using Cpf.Ml.Worker.Hosting;
using Microsoft.Extensions.Time.Testing;
using Prometheus;

namespace Cpf.Ml.Worker.Tests.Hosting;

public sealed class PeriodicWorkTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _done = new(0);
    private readonly PeriodicWork _work;

    public PeriodicWorkTests() => _work = new PeriodicWork(_time, Metrics.WithCustomRegistry(_registry));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_round_runs_after_a_period_or_immediately()
    {
        var (later, atOnce) = (0, 0);

        _ = _work.EveryAsync("later", Minute, _ => Count(ref later), Unexpected, _stop.Token);
        _ = _work.NowAndEveryAsync("now", Minute, _ => Count(ref atOnce), Unexpected, _stop.Token);
        Assert.Equal((0, 1), (later, atOnce));

        await PassAsync(rounds: 2, already: 1);
        Assert.Equal((1, 2), (later, atOnce));
    }

    [Fact]
    public async Task Failed_round_is_reported_and_counted_and_the_next_one_is_run()
    {
        var reported = new List<string>();
        var rounds = 0;

        _ = _work.EveryAsync("audit", Minute, Fail, Report, _stop.Token);
        await PassAsync(rounds: 1);
        await PassAsync(rounds: 1);

        Assert.Equal(["round 1", "round 2"], reported);
        Assert.Contains("cpfml_periodic_work_failures_total{work=\"audit\"} 2", await MetricsAsync());

        Task Fail(CancellationToken stoppingToken)
        {
            throw new InvalidOperationException($"round {++rounds}");
        }

        void Report(Exception reason)
        {
            reported.Add(reason.Message);
            _done.Release();
        }
    }

    [Fact]
    public async Task Stop_during_a_round_ends_the_work_and_is_no_failure()
    {
        var running = _work.NowAndEveryAsync(
            "sleep", Minute, stop => Task.Delay(Timeout.Infinite, stop), Unexpected, _stop.Token);
        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.DoesNotContain("work=\"sleep\"", await MetricsAsync());
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _done.Dispose();
    }

    private static void Unexpected(Exception reason) => Assert.Fail(reason.Message);

    private Task Count(ref int rounds)
    {
        rounds++;
        _done.Release();
        return Task.CompletedTask;
    }

    /// <summary>Lets a period pass and waits for the rounds that are due.</summary>
    private async Task PassAsync(int rounds, int already = 0)
    {
        _time.Advance(Minute);
        for (var round = 0; round < rounds + already; round++)
        {
            Assert.True(await _done.WaitAsync(TimeSpan.FromMinutes(2), Cancel), "a round that was due was not run");
        }
    }

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, Cancel);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
