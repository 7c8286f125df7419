using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Benchmarks;

/// <summary>
/// <c>measure</c>: the figures that are promised of the detector, on one thread and by processor time, so that they
/// hold on a busy machine too: kernel, whole path, state of a series, memory of an estate.
/// </summary>
internal static class Measurement
{
    private const int Series = 64;
    private const int History = 20_000;
    private const int Points = 20_000;
    private const int EstateSeries = 100_000;
    private const int EstatePoints = 90;
    private const int StateLimit = 8192;
    private const double Mebibyte = 1024 * 1024;

    public static IReadOnlyList<Figure> Run() => [Kernel(), Path(), .. State(), .. Estate()];

    private static Figure Kernel()
    {
        var watches = Enumerable.Range(0, Series).Select(Stream.Watch).ToArray();
        var points = Enumerable.Range(0, Series).Select(series => Stream.Points(series, History + Points)).ToArray();
        Step(0, History);
        var seconds = Seconds(() => Step(History, History + Points));
        return Rate("kernel", "detector: points a second of one core", Series * (double)Points / seconds, 1e6);

        void Step(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                for (var series = 0; series < Series; series++)
                {
                    watches[series].Step(points[series][i], Stream.Budget, out _);
                }
            }
        }
    }

    /// <summary>From decoded batch to scored point: input, kernel, alerts, the hour of points and the recent
    /// scores.</summary>
    private static Figure Path()
    {
        var (partition, described) = Begin(Series);
        var points = Enumerable.Range(0, Series).Select(series => Stream.Points(series, History + Points)).ToArray();
        var changes = new List<AlertChange>();
        Take(0, History);
        var seconds = Seconds(() => Take(History, History + Points));
        return Rate(
            "path", "decoded batch to scored point: points a second of one core",
            Series * (double)Points / seconds, 3e5);

        void Take(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                changes.Clear();
                for (var series = 0; series < Series; series++)
                {
                    var point = points[series][i];
                    partition.Score("metrics", new Sample(
                        described[series], SamplePart.Value, point.Timestamp, point.Value, point.Volume), changes);
                }
            }
        }
    }

    private static IEnumerable<Figure> State()
    {
        var (monitor, state) = StateAfter(History);
        yield return Bytes("state", "state of a series, from its third day on", state.WrittenCount);
        yield return Bytes(
            "state-early", "state of a series in its first two days, while a period is looked for",
            StateAfter(1440).State.WrittenCount);
        yield return Figure.Measured("snapshots", "snapshots and restores a second of one core", 2000 / Seconds(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                state.ResetWrittenCount();
                monitor.Detector.Snapshot(state);
                SeriesDetector.Restore(Stream.Options(0), state.WrittenSpan);
            }
        }), decimals: 0);
    }

    private static (SeriesMonitor Watch, ArrayBufferWriter<byte> State) StateAfter(int points)
    {
        var monitor = Stream.Watch(0);
        foreach (var point in Stream.Points(0, points))
        {
            monitor.Step(point, Stream.Budget, out _);
        }

        var state = new ArrayBufferWriter<byte>(12 * 1024);
        monitor.Detector.Snapshot(state);
        monitor.Rule.Snapshot(state);
        return (monitor, state);
    }

    private static IEnumerable<Figure> Estate()
    {
        var (partition, described) = Begin(EstateSeries);
        var points = Stream.Points(3, EstatePoints);
        var changes = new List<AlertChange>();
        foreach (var point in points)
        {
            foreach (var series in described)
            {
                partition.Score(
                    "metrics", new Sample(series, SamplePart.Value, point.Timestamp, point.Value), changes);
            }
        }

        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var memory = process.WorkingSet64 / Mebibyte;
        yield return Figure.Measured("estate", "100 000 series after an hour and a half: working set", memory, "MiB", 0)
            .For("2 048 MiB", memory <= 2048);
        yield return Figure.Measured(
            "estate-live", "of which live objects", GC.GetTotalMemory(forceFullCollection: true) / Mebibyte, "MiB", 0);
        GC.KeepAlive(partition);
    }

    private static (Partition Partition, SeriesDescriptor[] Series) Begin(int series)
    {
        // Nothing is read from the stores or written to them here: the checkpoint is another measurement.
        var settings = new TransactionsSettings();
        var catalog = new SeriesCatalog(new IngestSettings());
        var perDay = new AlertBudget(new AlertSettings(), null!);
        var budget = new AlertsPerPoint(perDay, catalog);
        budget.Refresh([]);
        var deployments = new Deployments(null!, null!, settings, TimeProvider.System);
        using var important = new ImportantSeries(catalog, null!, null!);
        var trained =
            new TrainedStart(settings, Microsoft.Extensions.Logging.Abstractions.NullLogger<TrainedStart>.Instance);
        var partition = new Partition(
            new SeriesStart(settings, trained, TimeProvider.System),
            new SeriesAlerts(settings, perDay, deployments),
            budget,
            new PointHistory(null!, settings),
            catalog,
            deployments,
            important,
            new JointEvidence(settings, TimeProvider.System),
            _ => [],
            TimeProvider.System);
        partition.Gate.Wait();
        var described = Enumerable.Range(0, series)
            .Select(i => new SeriesDescriptor(
                new SeriesIdentity("operation_duration_seconds",
                    [new("operation", i.ToString(CultureInfo.InvariantCulture)), new("region", "11")]),
                (MetricKind)(i % 4),
                "s",
                "platform"))
            .ToArray();
        return (partition, described);
    }

    private static double Seconds(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static Figure Rate(string id, string what, double perSecond, double goal) =>
        Figure.Measured(id, what, perSecond / 1e6, "million")
            .For(FormattableString.Invariant($"{goal / 1e6:0.##} million"), perSecond >= goal);

    private static Figure Bytes(string id, string what, int bytes) =>
        Figure.Measured(id, what, bytes, "bytes", 0).For($"{StateLimit / 1024} KiB", bytes <= StateLimit);
}
