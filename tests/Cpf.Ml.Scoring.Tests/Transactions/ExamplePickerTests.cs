using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class ExamplePickerTests
{
    private const long Noon = 1_772_452_800_000; // 2026-03-02T12:00:00Z
    private const long Minute = 60_000;

    [Fact]
    public void Slowest_transactions_are_examples_of_the_operation_only()
    {
        var aggregator = new TransactionAggregator(new TransactionAggregatorOptions { ByChannel = true }, Noon);
        for (var i = 1; i <= 20; i++)
        {
            aggregator.Add(Event(Noon, i, failed: i <= 7) with { Channel = "web" });
        }

        aggregator.Close(Noon + Minute);

        var whole = aggregator.Closed.Single(minute => minute.Group.IsWhole);
        Assert.Equal([20, 19, 18, 17, 16], whole.Examples.Slowest.Select(example => example.Duration));
        Assert.Equal((5, 4), (whole.Examples.Failed.Length, whole.Examples.Sample.Length));
        Assert.All(whole.Examples.Failed, example => Assert.True(example.Failed));
        Assert.Equal(TransactionExamples.None, aggregator.Closed.Single(minute => !minute.Group.IsWhole).Examples);
    }

    [Fact]
    public void Sample_is_uniform_over_transactions()
    {
        // 2 000 minutes of 20 transactions, four of them in each sample: each position of the minute 400 times, within
        // five standard deviations.
        var counts = new int[20];
        for (var minute = 0; minute < 2_000; minute++)
        {
            var start = Noon + (minute * Minute);
            var aggregator = new TransactionAggregator(new TransactionAggregatorOptions(), start);
            for (var i = 0; i < 20; i++)
            {
                aggregator.Add(Event(start + i, 1 + (i / 100.0)));
            }

            aggregator.Close(start + Minute);
            foreach (var example in aggregator.Closed.First().Examples.Sample)
            {
                counts[example.Start - start]++;
            }
        }

        Assert.All(counts, count => Assert.InRange(count, 310, 490));
    }

    private static TransactionEvent Event(long start, double duration, bool failed = false) =>
        new("platform", "purchase", "", "", start, duration, failed);
}
