using System.Collections.Immutable;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>What happens to a series while samples of it wait in the queue: the test holds the gate of its
/// partition.</summary>
public sealed class PartitionTests : IAsyncLifetime
{
    private const string OtherSource = "other";

    private readonly SeriesDescriptor _gauge = WatchedHost.Target("dossiers").Series with { Unit = "1" };
    private WatchedHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private long Id => _gauge.Identity.Id;

    private SeriesDescriptor? Known => _host.Get<SeriesCatalog>().Find(Id);

    private Partition Partition => _host.Get<Partitions>().Of(Id);

    public async ValueTask InitializeAsync()
    {
        _host = await WatchedHost.StartAsync(
            WatchedHost.ClockAt(60), settings: new() { ["Ingest:MaxSeries"] = "1", ["Ingest:Partitions"] = "1" });
        await SendAsync(0, 5, _gauge);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Kind_change_in_the_queue_applies_to_the_samples_behind_it()
    {
        var volume = _gauge with { Kind = MetricKind.Volume, Unit = "1/min", Service = "offres" };
        var sent = await WhileHeldAsync(() =>
        {
            Task[] sent = [SendAsync(5, 8, _gauge), SendAsync(8, 12, volume), SendAsync(12, 14, _gauge)];
            Assert.Equal(_gauge, Known);
            Assert.Equal(5, State.Monitor.Detector.Count);
            return sent;
        });
        await Task.WhenAll(sent);

        Assert.Equal(volume, Known);
        Assert.Equal(4, State.Monitor.Detector.Count);
        Assert.Equal([KeyValuePair.Create("conflict", 2L)], Rejected(IngestHealth.Metrics));
    }

    [Fact]
    public async Task Sample_of_a_series_that_was_retired_while_it_waited_starts_a_new_detector()
    {
        var sent = await WhileHeldAsync(() =>
        {
            Task[] sent = [SendAsync(5, 8, _gauge)];
            Partition.Retire(State);
            Assert.Null(_host.Get<Partitions>().Find(Id));
            return sent;
        });
        await Task.WhenAll(sent);

        Assert.Equal(_gauge, Known);
        Assert.Equal(3, State.Monitor.Detector.Count);
    }

    [Fact]
    public async Task Missing_value_of_a_series_that_was_retired_while_it_waited_is_of_an_unknown_series()
    {
        var sent = await WhileHeldAsync(() =>
        {
            Task[] sent = [SendAsync(5, 6, _gauge, double.NaN)];
            Partition.Retire(State);
            return sent;
        });
        await Task.WhenAll(sent);

        Assert.Null(Known);
        Assert.Equal([KeyValuePair.Create("unknown-series", 1L)], Rejected(IngestHealth.Metrics));
    }

    [Fact]
    public async Task Sample_of_a_retired_series_whose_room_another_took_is_refused_by_the_limit()
    {
        var other = WatchedHost.Target("offres").Series;
        var sent = await WhileHeldAsync(() =>
        {
            var waiting = SendAsync(5, 7, _gauge);
            Partition.Retire(State);
            Task[] sent = [waiting, SendAsync(5, 7, other, source: OtherSource)];
            return sent;
        });
        await Task.WhenAll(sent);

        Assert.Null(_host.Get<Partitions>().Find(Id));
        Assert.NotNull(_host.Get<Partitions>().Find(other.Identity.Id));
        Assert.Equal([KeyValuePair.Create("limit", 2L)], Rejected(IngestHealth.Metrics));
        Assert.Empty(Rejected(OtherSource));
    }

    [Fact]
    public async Task Newer_generation_restarts_the_detector_once()
    {
        var next = _gauge with { Generation = 1 };
        await SendAsync(5, 7, next);
        await SendAsync(7, 9, next);
        await SendAsync(9, 10, _gauge);

        Assert.Equal(next, Known);
        Assert.Equal(5, State.Monitor.Detector.Count);
        Assert.Empty(Rejected(IngestHealth.Metrics));
    }

    [Fact]
    public async Task Late_sample_changes_neither_descriptor_nor_source_of_its_series()
    {
        await SendAsync(3, 4, _gauge with { Unit = "By", Service = "offres" }, source: OtherSource);

        Assert.Equal((_gauge, IngestHealth.Metrics), (Known, State.Source));
        Assert.Equal([KeyValuePair.Create("late", 1L)], Rejected(OtherSource));
    }

    [Fact]
    public async Task Source_of_a_series_is_the_one_whose_sample_was_accepted_last()
    {
        await SendAsync(5, 6, _gauge, source: OtherSource);
        Assert.Equal(OtherSource, State.Source);

        await SendAsync(6, 7, _gauge with { Kind = MetricKind.Volume });
        await SendAsync(7, 8, _gauge, source: OtherSource);
        Assert.Equal(IngestHealth.Metrics, State.Source);
    }

    [Fact]
    public async Task Checkpoint_writes_nothing_of_a_series_that_was_retired_while_it_waited()
    {
        var saved = await WhileHeldAsync(() =>
        {
            var saving = _host.Get<Checkpoints>().SaveAsync(Cancel);
            Partition.Retire(State);
            return saving;
        });
        await saved;

        Assert.Empty(await _host.Get<SeriesStateStore>().ReadAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Checkpoint_writes_kind_and_state_of_a_series_that_restarted_while_it_waited()
    {
        var volume = _gauge with { Kind = MetricKind.Volume };
        var saved = await WhileHeldAsync(() =>
        {
            var saving = _host.Get<Checkpoints>().SaveAsync(Cancel);
            Assert.Null(Partition.Score(
                IngestHealth.Metrics, new Sample(volume, SamplePart.Value, At(5), 10), []));
            return saving;
        });
        await saved;

        var row = Assert.Single(await _host.Get<SeriesStateStore>().ReadAsync(Cancel).ToListAsync(Cancel));
        var restored = SeriesState.Restore(volume, new TransactionsSettings(), row.Model, row.State);
        Assert.Equal((nameof(MetricKind.Volume), 1L), (row.Kind, restored.Monitor.Detector.Count));
    }

    [Fact]
    public void Partition_scores_and_retires_only_while_its_gate_is_held()
    {
        Assert.Throws<InvalidOperationException>(() => Partition.Retire(State));
        Assert.Throws<InvalidOperationException>(() => Partition.Score(
            IngestHealth.Metrics, new Sample(_gauge, SamplePart.Value, At(5), 10), []));
    }

    private SeriesState State => _host.StateOf(_gauge.Identity);

    private static long At(int minute) => WatchedHost.Start.AddMinutes(minute).ToUnixTimeMilliseconds();

    private ImmutableArray<KeyValuePair<string, long>> Rejected(string source) =>
        _host.Get<IngestHealth>().Source(source).Status().Rejected;

    private Task SendAsync(
        int from, int to, SeriesDescriptor series, double value = 10, string source = IngestHealth.Metrics)
    {
        var batch = _host.Get<Intake>().Batch();
        for (var minute = from; minute < to; minute++)
        {
            Assert.Null(batch.Add(new SeriesTarget(series), At(minute), value));
        }

        return _host.Get<Intake>().SubmitAsync(batch, _host.Get<IngestHealth>().Source(source), Cancel);
    }

    private async Task<T> WhileHeldAsync<T>(Func<T> act)
    {
        await Partition.Gate.WaitAsync(Cancel);
        try
        {
            return act();
        }
        finally
        {
            Partition.Gate.Release();
        }
    }
}
