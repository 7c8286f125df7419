using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Tests.Transactions.Evaluation;

public sealed class ServiceWorldsTests
{
    [Fact]
    public void World_is_a_function_of_its_seed()
    {
        var (first, again, other) = (World(5), World(5), World(6));

        Assert.Equal(first.SelectMany(one => one.Points), again.SelectMany(one => one.Points));
        Assert.Equal(first.SelectMany(one => one.Events), again.SelectMany(one => one.Events));
        Assert.NotEqual(first.SelectMany(one => one.Points), other.SelectMany(one => one.Points));
    }

    [Fact]
    public void Faults_start_after_two_quiet_weeks_do_not_overlap_and_cover_every_kind()
    {
        var series = ServiceWorlds.Generate(12, 35, seed: 3).ToList();

        Assert.Equal(
            ServiceFault.All.Select(fault => fault.Name).Order(),
            series.SelectMany(one => one.Events).Select(e => e.Fault).Distinct().Order());
        Assert.All(series, one =>
        {
            Assert.All(
                one.Events,
                e => Assert.InRange(e.First, ServiceWorlds.QuietDays * ServiceMetric.MinutesPerDay, e.Last));
            Assert.All(
                one.Events.Zip(one.Events.Skip(1)), pair => Assert.True(pair.Second.First > pair.First.Last + 60));
        });
    }

    [Fact]
    public void Outage_and_stuck_value_are_constant()
    {
        foreach (var one in ServiceWorlds.Generate(12, 35, seed: 4))
        {
            foreach (var e in one.Events.Where(e => e.Fault is "outage" or "stuck"))
            {
                var values = one.Points.Skip(e.First).Take(e.Last - e.First + 1).Select(point => point.Value);
                Assert.Single(values.Distinct());
            }
        }
    }

    private static List<LabelledSeries> World(int seed) => [.. ServiceWorlds.Generate(2, 16, seed)];
}
