using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A round that fails in a way nobody foresaw (here: nothing that it needs is there) is told, and the next one comes.</summary>
public sealed class FailedRoundTests
{
    private static readonly TransactionsSettings Settings = new();

    [Fact]
    public Task A_checkpoint_that_fails_unexpectedly_is_told_and_tried_again() => FailTwiceAsync(
        (time, logs) => new CheckpointTimer(null!, null!, Settings, time, logs.CreateLogger<CheckpointTimer>()),
        Settings.CheckpointInterval,
        "The checkpoint failed");

    [Fact]
    public Task A_look_for_silence_that_fails_unexpectedly_is_told_and_tried_again() => FailTwiceAsync(
        (time, logs) => new NoDataWatch(null!, null!, null!, null!, Settings, null!, null!, time, logs.CreateLogger<NoDataWatch>()),
        TimeSpan.FromSeconds(10),
        "silent could not be told");

    private static async Task FailTwiceAsync(
        Func<FakeTimeProvider, ILoggerFactory, BackgroundService> create, TimeSpan interval, string message)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (time, captured) = (new FakeTimeProvider(), new CapturedLog());
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(captured));
        using var service = create(time, logs);
        await service.StartAsync(cancel);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (captured.Text.Split(message).Length < 3)
        {
            time.Advance(interval);
            await Task.Delay(10, deadline.Token);
        }

        Assert.Contains(nameof(NullReferenceException), captured.Text, StringComparison.Ordinal);
        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(cancel);
    }
}
