using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>The finding that a value has dropped to zero.</summary>
public sealed class ZeroTests
{
    private const int Day = 288;

    [Fact]
    public void Value_that_drops_to_zero_is_reported_as_such()
    {
        var world = Busy();
        Assert.DoesNotContain(world.Steps, step => step.Fired.Contains(SeriesTestNames.Zero));

        Assert.Contains(SeriesTestNames.Zero, world.One(0).Fired);
        Assert.DoesNotContain(SeriesTestNames.Zero, world.One(1).Fired);
    }

    [Fact]
    public void Zeros_of_every_night_are_not_reported()
    {
        var random = new Random(3);
        var world = new World(MetricKind.Volume)
            .Points(14 * Day, i => i % Day < Day / 3 ? 0 : random.Poisson(50));

        Assert.DoesNotContain(world.Steps, step => step.Fired.Contains(SeriesTestNames.Zero));
    }

    [Fact]
    public void Zero_is_not_reported_while_the_detector_is_cold() => Assert.DoesNotContain(
        SeriesTestNames.Zero, new World(MetricKind.Volume).Points(Day, _ => 50).One(0).Fired);

    private static World Busy()
    {
        var random = new Random(4);
        return new World(MetricKind.Volume).Points(7 * Day, _ => 50 + random.Poisson(50));
    }
}
