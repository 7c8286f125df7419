using System.Reflection;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class SeriesDescriptorTests
{
    private static readonly SeriesDescriptor Queue = new(
        new SeriesIdentity("queue_depth", [new("service", "dossiers")]), MetricKind.Gauge, "1", "dossiers");

    private readonly SeriesCatalog _catalog = new(new IngestSettings { MaxSeries = 1 });

    [Theory]
    [InlineData(typeof(SeriesDescriptor))]
    [InlineData(typeof(SeriesIdentity))]
    [InlineData(typeof(SeriesTarget))]
    [InlineData(typeof(Sample))]
    public void What_threads_hand_to_each_other_is_immutable_and_typed(Type type)
    {
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.True(field.IsInitOnly, $"{field.Name} can be written."));
        Assert.All(fields, field => Assert.NotEqual(typeof(object), field.FieldType));
    }

    [Fact]
    public void Descriptor_that_is_sent_again_unchanged_is_not_replaced()
    {
        var clock = new ReplayClock();
        var known = Queue with { Clock = clock, AlertsFrom = 7, Generation = 1 };

        Assert.Same(known, known.UpdatedBy(known with { }));
        Assert.Same(known, known.UpdatedBy(Queue with { Unit = "" }));
    }

    [Fact]
    public void Unit_that_a_sender_leaves_out_is_kept_unless_it_means_another_kind()
    {
        Assert.Equal("1", Queue.UpdatedBy(Queue with { Unit = "", Service = "offres" }).Unit);
        Assert.Equal("", Queue.UpdatedBy(Queue with { Unit = "", Kind = MetricKind.Volume }).Unit);
    }

    [Fact]
    public void Generation_never_falls() =>
        Assert.Equal(2, (Queue with { Generation = 2 }).UpdatedBy(Queue with { Generation = 1 }).Generation);

    [Fact]
    public void Replay_clock_is_attached_to_a_known_series_and_changes_nothing_else_of_it()
    {
        var clock = new ReplayClock();
        _catalog.Admit(Queue);

        _catalog.Attach(Queue with { Kind = MetricKind.Volume, Unit = "s", Clock = clock, AlertsFrom = 7 });

        Assert.Equal(Queue with { Clock = clock, AlertsFrom = 7 }, _catalog.Find(Queue.Identity.Id));
    }

    [Fact]
    public void Replay_clock_of_an_unknown_series_takes_no_place_in_the_catalog()
    {
        _catalog.Attach(Queue with { Clock = new ReplayClock() });

        Assert.Null(_catalog.Find(Queue.Identity.Id));
        Assert.Equal(0, _catalog.Count);
    }

    [Fact]
    public void Concurrent_changes_of_a_descriptor_lose_none()
    {
        _catalog.Admit(Queue);

        Parallel.For(0, 1_000, _ => _catalog.Change(
            Queue.Identity.Id, known => known with { Generation = known.Generation + 1 }));

        Assert.Equal(1_000, _catalog.Find(Queue.Identity.Id)!.Generation);
    }

    [Fact]
    public void Removed_series_makes_room_for_another()
    {
        var other = Queue with { Identity = new SeriesIdentity("queue_depth", [new("service", "offres")]) };
        _catalog.Admit(Queue);
        Assert.Null(_catalog.Admit(other));

        _catalog.Remove(Queue.Identity.Id);

        Assert.Same(other, _catalog.Admit(other));
        Assert.Equal((1, 1L), (_catalog.Count, _catalog.Refused));
    }
}
