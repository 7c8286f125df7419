using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Model;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A series that was trained begins where its history ended.</summary>
public sealed class TrainedStartTests : IDisposable
{
    private const int History = 3 * 1440;
    private static readonly TransactionsSettings Defaults = new();

    private readonly TemporaryFolder _folder = new();
    private readonly SeriesIdentity _series = WatchedHost.Target("dossiers").Identity;
    private readonly SeriesMonitor _online = new(Defaults.Detector(MetricKind.Gauge), Defaults.Rule(MetricKind.Gauge));
    private readonly Random _random = new(8);
    private ModelId _model;
    private double _lastScore;

    [Fact]
    public async Task Trained_series_scores_bit_for_bit_like_one_that_saw_its_history_online()
    {
        Train();
        await using var host = await StartAsync();

        await SendAsync(host, Points(History, 200));

        Assert.Equal(Snapshot(_online), Snapshot(State(host).Monitor));
        var status = host.Get<Estate>().Find(_series.Id)!;
        Assert.True(status.IsWarm);
        Assert.Equal(_lastScore, status.Score);
    }

    [Fact]
    public async Task Trained_series_names_its_model_also_after_a_restart()
    {
        Train();
        await using (var host = await StartAsync())
        {
            await SendAsync(host, Points(History, 10));
            Assert.Equal(_model.ToString(), (await DescribeAsync(host)).Trained);
        }

        // The model is gone; what was learnt from it is not.
        await using var again = await StartAsync(model: "");
        Assert.Equal(_model.ToString(), (await DescribeAsync(again)).Trained);
        Assert.Equal(Snapshot(_online), Snapshot(State(again).Monitor));
    }

    [Fact]
    public async Task Alert_of_a_trained_series_names_its_model()
    {
        Train();
        await using var host = await StartAsync();
        await SendAsync(host, Points(History, 10));
        await SendAsync(host, [.. Points(History + 10, 20).Select(point => point with { Value = 90 })]);

        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Contains($" gauge {_model}, budget", alert.Document.Configuration, StringComparison.Ordinal);
        Assert.Equal(WatchedHost.Start.AddMinutes(History + 10), alert.OpenedAt);
    }

    [Theory]
    [InlineData(-100, "28.00:00:00")]
    [InlineData(1440, "12:00:00")]
    public async Task Point_within_or_long_after_the_trained_history_starts_cold(int later, string limit)
    {
        Train();
        await using var host = await StartAsync(("Transactions:MaxModelAge", limit));

        await SendAsync(host, Points(History + later, 10));

        Assert.Equal((10, ""), (State(host).Monitor.Detector.Count, (await DescribeAsync(host)).Trained));
    }

    [Fact]
    public async Task Trained_series_sent_as_another_kind_starts_cold()
    {
        Train();
        await using var host = await StartAsync();
        host.Time.SetUtcNow(WatchedHost.Start.AddMinutes(History));
        var batch = host.Get<Intake>().Batch();
        batch.Add(new SeriesTarget(new SeriesDescriptor(_series, MetricKind.Volume, "", "dossiers")), At(History), 10);
        await host.Get<Intake>().SubmitAsync(
            batch, host.Get<IngestHealth>().Source(IngestHealth.Metrics), TestContext.Current.CancellationToken);

        Assert.Equal(1, State(host).Monitor.Detector.Count);
    }

    [Fact]
    public async Task Open_alert_of_the_trained_history_continues_and_is_dropped_after_a_gap()
    {
        Train(anomalousFrom: History - 20);
        Assert.True(_online.Rule.IsOpen);
        await using (var host = await StartAsync())
        {
            await SendAsync(host, [.. Points(History, 2).Select(point => point with { Value = 90 })]);
            Assert.Equal(WatchedHost.Start.AddMinutes(History - 20), Assert.Single(await host.AlertsAsync()).OpenedAt);
        }

        await using var later = await StartAsync(("Storage:Path", _folder.In("later.db")));
        await SendAsync(later, Points(History + 60, 2));
        Assert.False(State(later).Monitor.Rule.IsOpen);
        Assert.Empty(await later.AlertsAsync());
    }

    [Theory]
    [InlineData("changed", "series.ndjson is not the file that the manifest names")]
    [InlineData("newer", "the model has format 2; this program reads formats 1 to 1.")]
    [InlineData("newer-state", "line 1: The detector's state has version 99; this program reads versions 1 to")]
    [InlineData("cut", "line 1: ")]
    [InlineData("missing", "the model cannot be read")]
    [InlineData("not-json", "the model cannot be read")]
    [InlineData("other-zone", "It was trained with Zone UTC, Transactions:Zone is Europe/Paris.")]
    public void Unusable_model_is_logged_and_left_out(string fault, string said)
    {
        Train(manifest: fault == "other-zone" ? manifest => manifest with { Zone = "UTC" } : null, state: fault switch
        {
            "newer-state" => state => [.. state[..4], 99, .. state[5..]],
            "cut" => state => state[..100],
            _ => null,
        });
        var manifest = Path.Combine(ModelPath, ModelFolder.ManifestName);
        switch (fault)
        {
            case "changed": File.AppendAllText(Path.Combine(ModelPath, TransactionsModel.StatesName), "\n"); break;
            case "newer":
                File.WriteAllText(
                manifest,
                File.ReadAllText(manifest).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal)); break;
            case "missing": File.Delete(manifest); break;
            case "not-json": File.WriteAllText(manifest, "{"); break;
        }

        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        var start = new TrainedStart(
            new TransactionsSettings { Model = ModelPath }, factory.CreateLogger<TrainedStart>());

        Assert.Null(start.Id);
        Assert.Contains($"Error {typeof(TrainedStart).FullName} The trained model is not used, new series start "
            + "cold: ", log.Text, StringComparison.Ordinal);
        Assert.Contains(said, log.Text, StringComparison.Ordinal);
        Assert.Contains(ModelPath, log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_with_a_damaged_model_scores_from_the_first_point()
    {
        Train();
        File.WriteAllText(Path.Combine(ModelPath, TransactionsModel.StatesName), "");
        await using var host = await StartAsync();

        await SendAsync(host, Points(History, 10));

        Assert.Equal(10, State(host).Monitor.Detector.Count);
    }

    public void Dispose() => _folder.Dispose();

    private string ModelPath => _folder.In("models/transactions");

    private static long At(int minute) => WatchedHost.Start.AddMinutes(minute).ToUnixTimeMilliseconds();

    private static byte[] Snapshot(SeriesMonitor monitor) => monitor.Snapshot();

    private static async Task<T> Found<T>(Task<T?> task)
        where T : class => Assert.IsType<T>(await task);

    private Task<SeriesModel> DescribeAsync(WatchedHost host) =>
        Found(host.Get<Estate>().DescribeAsync(_series.Id, TestContext.Current.CancellationToken));

    private SeriesState State(WatchedHost host) => host.StateOf(_series);

    private List<Observation> Points(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(minute => new Observation(At(minute), 10 + _random.NextDouble()))];

    /// <summary>Lets <see cref="_online"/> see the history, and writes a model of it.</summary>
    private void Train(
        int anomalousFrom = History,
        Func<TransactionsManifest, TransactionsManifest>? manifest = null,
        Func<byte[], byte[]>? state = null)
    {
        Points(0, anomalousFrom).ForEach(Learn);
        Points(anomalousFrom, History - anomalousFrom).ForEach(point => Learn(point with { Value = 90 }));
        var files = new Dictionary<string, byte[]>
        {
            [TransactionsModel.StatesName] = TransactionsModel.Write(
                [
                    new TrainedSeries(
                        _series.Key, MetricKind.Gauge, At(History - 1), (state ?? (all => all))(_online.Snapshot()))
                ]),
        };
        var sealedManifest = ModelFolder.Seal((manifest ?? (all => all))(Manifest()), files);
        ModelFolder.Write(ModelPath, sealedManifest, files, new Dictionary<string, byte[]>());
        _model = new ModelId(sealedManifest.Name, sealedManifest.Version);
    }

    private static TransactionsManifest Manifest() => new()
    {
        Name = TransactionsModel.Name,
        Detector = SeriesDetector.Model.ToString(),
        Code = "test",
        Zone = Defaults.Zone,
        FrenchHolidays = Defaults.FrenchHolidays,
        AlertsPerDay = 0.1,
        QuietPoints = Defaults.QuietPoints,
        Seed = 1,
        Data = [],
        HyperParameters = [],
        Series = [],
        All = new TrainedFigures(0, 0, default, default, default, default),
    };

    private void Learn(Observation point)
    {
        _online.Step(point, 1e-6, out var assessment);
        _lastScore = assessment.Score.Percent;
    }

    private async Task SendAsync(WatchedHost host, List<Observation> points)
    {
        host.Time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(points[^1].Timestamp));
        var batch = host.Get<Intake>().Batch();
        var target = WatchedHost.Target("dossiers");
        foreach (var point in points)
        {
            Assert.Null(batch.Add(target, point.Timestamp, point.Value));
            Learn(point);
        }

        await host.Get<Intake>().SubmitAsync(
            batch, host.Get<IngestHealth>().Source(IngestHealth.Metrics), TestContext.Current.CancellationToken);
    }

    private Task<WatchedHost> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(ModelPath, settings);

    private Task<WatchedHost> StartAsync(string model, params (string Name, string Value)[] settings) =>
        WatchedHost.StartAsync(
            WatchedHost.ClockAt(History - 200),
            settings: settings.Prepend(("Storage:Path", _folder.In("worker.db"))).Append(("Transactions:Model", model))
                .GroupBy(setting => setting.Item1)
                .ToDictionary(setting => setting.Key, setting => setting.Last().Item2));
}
