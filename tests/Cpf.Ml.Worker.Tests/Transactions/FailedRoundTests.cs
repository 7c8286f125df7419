using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A round that fails in a way nobody foresaw (here: nothing that it needs is there) is told, and the next one comes.</summary>
public sealed class FailedRoundTests
{
    [Fact]
    public async Task A_look_for_silence_that_fails_unexpectedly_is_told_and_tried_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (time, captured) = (new FakeTimeProvider(), new CapturedLog());
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(captured));
        using var watch = new NoDataWatch(null!, null!, null!, null!, new TransactionsSettings(), null!, null!, time, logs.CreateLogger<NoDataWatch>());
        await watch.StartAsync(cancel);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (captured.Text.Split("silent could not be told").Length < 3)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, deadline.Token);
        }

        Assert.Contains(nameof(NullReferenceException), captured.Text, StringComparison.Ordinal);
        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(cancel);
    }
}
