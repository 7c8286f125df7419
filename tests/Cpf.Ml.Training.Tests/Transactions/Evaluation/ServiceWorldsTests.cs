using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Tests.Transactions.Evaluation;

public sealed class ServiceWorldsTests
{
    [Fact]
    public void World_is_a_function_of_its_seed()
    {
        var (first, again, other) = (World(5), World(5), World(6));

        Assert.Equal(first.SelectMany(labelled => labelled.Points), again.SelectMany(labelled => labelled.Points));
        Assert.Equal(first.SelectMany(labelled => labelled.Events), again.SelectMany(labelled => labelled.Events));
        Assert.NotEqual(first.SelectMany(labelled => labelled.Points), other.SelectMany(labelled => labelled.Points));
    }

    [Fact]
    public void Faults_start_after_two_quiet_weeks_do_not_overlap_and_cover_every_kind()
    {
        var series = ServiceWorlds.Generate(12, 35, seed: 3).ToList();

        Assert.Equal(
            ServiceFault.All.Select(fault => fault.Name).Order(),
            series.SelectMany(labelled => labelled.Events).Select(e => e.Fault).Distinct().Order());
        Assert.All(series, labelled =>
        {
            Assert.All(
                labelled.Events,
                e => Assert.InRange(e.First, ServiceWorlds.QuietDays * ServiceMetric.MinutesPerDay, e.Last));
            Assert.All(
                labelled.Events.Zip(labelled.Events.Skip(1)),
                pair => Assert.True(pair.Second.First > pair.First.Last + 60));
        });
    }

    [Fact]
    public void Outage_and_stuck_value_are_constant()
    {
        foreach (var labelled in ServiceWorlds.Generate(12, 35, seed: 4))
        {
            foreach (var e in labelled.Events.Where(e => e.Fault is "outage" or "stuck"))
            {
                var values = labelled.Points.Skip(e.First).Take(e.Last - e.First + 1).Select(point => point.Value);
                Assert.Single(values.Distinct());
            }
        }
    }

    private static List<LabelledSeries> World(int seed) => [.. ServiceWorlds.Generate(2, 16, seed)];
}
