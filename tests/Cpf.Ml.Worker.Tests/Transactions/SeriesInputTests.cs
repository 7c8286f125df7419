using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class SeriesInputTests
{
    private const long Start = 1_700_000_000_000;
    private static readonly SeriesDescriptor Series = new(
        new SeriesIdentity("purchases_total", []), MetricKind.Volume, "1/min", "achat");

    [Fact]
    public void Counter_becomes_its_increase_per_minute()
    {
        // 30 more in 15 seconds are 120 a minute; the first total says nothing of a rate.
        Assert.Equal([120.0], Take((SamplePart.Counter, 0, 100), (SamplePart.Counter, 15, 130)));
    }

    [Fact]
    public void Counter_reset_gives_no_negative_rate()
    {
        // After the reset 20 were counted in a minute.
        Assert.Equal([20.0], Take((SamplePart.Counter, 0, 1000), (SamplePart.Counter, 60, 20)));
    }

    [Fact]
    public void Counter_repeated_at_one_instant_gives_one_point()
    {
        Assert.Equal(
            [60.0], Take((SamplePart.Counter, 0, 0), (SamplePart.Counter, 60, 60), (SamplePart.Counter, 60, 60)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sum_and_count_give_a_mean_in_either_order(bool sumFirst)
    {
        // 6 seconds in 4 calls are 1.5 seconds a call.
        (SamplePart, int, double)[] before = [(SamplePart.Sum, 0, 10), (SamplePart.Count, 0, 20)];
        (SamplePart, int, double)[] after = [(SamplePart.Sum, 60, 16), (SamplePart.Count, 60, 24)];
        if (!sumFirst)
        {
            Array.Reverse(before);
            Array.Reverse(after);
        }

        Assert.Equal([1.5], Take([.. before, .. after]));
    }

    [Fact]
    public void Mean_of_no_calls_is_missing()
    {
        var points = Take(
            (SamplePart.Sum, 0, 10), (SamplePart.Count, 0, 20), (SamplePart.Sum, 60, 10), (SamplePart.Count, 60, 20));
        Assert.True(double.IsNaN(Assert.Single(points)));
    }

    [Fact]
    public void Mean_after_a_reset_counts_from_zero()
    {
        // Since the reset: 3 seconds in 2 calls.
        Assert.Equal(
            [1.5],
            Take(
                (SamplePart.Sum, 0, 100),
                (SamplePart.Count, 0, 50),
                (SamplePart.Sum, 60, 3),
                (SamplePart.Count, 60, 2)));
    }

    [Fact]
    public void Late_counter_total_changes_nothing()
    {
        // 60 more in the second minute, whatever came again in between.
        Assert.Equal([60.0, 60.0], Take(
            (SamplePart.Counter, 0, 0),
            (SamplePart.Counter, 60, 60),
            (SamplePart.Counter, 0, 0),
            (SamplePart.Counter, 120, 120)));
    }

    [Fact]
    public void Late_sums_and_counts_change_nothing()
    {
        // In the second minute 6 seconds in 4 calls.
        var points = Take(
            (SamplePart.Sum, 0, 0), (SamplePart.Count, 0, 0), (SamplePart.Sum, 60, 1), (SamplePart.Count, 60, 1),
            (SamplePart.Sum, 0, 0), (SamplePart.Count, 0, 0), (SamplePart.Sum, 120, 7), (SamplePart.Count, 120, 5));
        Assert.Equal([1.0, 1.5], points);
    }

    [Fact]
    public void Plain_value_becomes_a_point_unchanged() => Assert.Equal([3.5], Take((SamplePart.Value, 0, 3.5)));

    private static List<double> Take(params (SamplePart Part, int Second, double Value)[] samples)
    {
        var input = default(SeriesInput);
        var points = new List<double>();
        var newest = 0L;
        foreach (var (part, second, value) in samples)
        {
            var sample = new Sample(Series, part, Start + (second * 1000), value);
            if (input.Check(sample, newest) is null && input.TryTake(sample, out var point))
            {
                points.Add(point.Value);
                newest = point.Timestamp;
            }
        }

        return points;
    }
}
