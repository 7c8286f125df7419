using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A round that fails in a way nobody foresaw (here: nothing that it needs is there) is told, and the next one comes.</summary>
public sealed class FailedRoundTests
{
    [Fact]
    public Task A_look_for_silence_that_fails_unexpectedly_is_told_and_tried_again() => FailTwiceAsync(
        (time, logs) => new NoDataWatch(null!, null!, null!, null!, new TransactionsSettings(), null!, null!, time, logs.CreateLogger<NoDataWatch>()),
        "silent could not be told");

    [Fact]
    public Task Joint_evidence_that_fails_unexpectedly_is_told_and_tried_again() => FailTwiceAsync(
        (time, logs) => new JointWatch(null!, null!, null!, null!, time, logs.CreateLogger<JointWatch>()),
        "What series say together could not be judged");

    private static async Task FailTwiceAsync(Func<FakeTimeProvider, ILoggerFactory, BackgroundService> create, string message)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (time, captured) = (new FakeTimeProvider(), new CapturedLog());
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(captured));
        using var watch = create(time, logs);
        await watch.StartAsync(cancel);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (captured.Text.Split(message).Length < 3)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, deadline.Token);
        }

        Assert.Contains(nameof(NullReferenceException), captured.Text, StringComparison.Ordinal);
        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(cancel);
    }
}
