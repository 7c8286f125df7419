using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Benchmarks;

/// <summary>
/// <c>measure</c>: the figures that are promised of the detector, on one thread and by processor time, so that they hold on a busy
/// machine too: kernel, whole path, state of a series, memory of an estate.
/// </summary>
internal static class Measurement
{
    private const int Series = 64;
    private const int History = 20_000;
    private const int Points = 20_000;
    private const int EstateSeries = 100_000;
    private const int EstatePoints = 90;
    private const double Mebibyte = 1024 * 1024;

    public static void Run()
    {
        Kernel();
        Path();
        State();
        Estate();
    }

    private static void Kernel()
    {
        var watches = Enumerable.Range(0, Series).Select(Stream.Watch).ToArray();
        var points = Enumerable.Range(0, Series).Select(series => Stream.Points(series, History + Points)).ToArray();
        Step(0, History);
        Say("kernel, points a second of one core", Series * (double)Points / Seconds(() => Step(History, History + Points)));

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

    /// <summary>From decoded batch to scored point: input, kernel, alerts, the hour of points and the recent scores.</summary>
    private static void Path()
    {
        var (partition, entries) = Begin(Series);
        var points = Enumerable.Range(0, Series).Select(series => Stream.Points(series, History + Points)).ToArray();
        var changes = new List<AlertChange>();
        Take(0, History);
        Say("whole path, points a second of one core", Series * (double)Points / Seconds(() => Take(History, History + Points)));

        void Take(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                changes.Clear();
                for (var series = 0; series < Series; series++)
                {
                    var point = points[series][i];
                    partition.Take(new Sample(entries[series], SamplePart.Value, point.Timestamp, point.Value, point.Volume), changes);
                }
            }
        }
    }

    private static void State()
    {
        var (watch, state) = StateAfter(History);
        Say("state of a series, bytes", state.WrittenCount);
        Say("the same in its first two days, while a period is looked for", StateAfter(1440).State.WrittenCount);
        Say("snapshots and restores a second of one core", 2000 / Seconds(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                state.ResetWrittenCount();
                watch.Detector.Snapshot(state);
                SeriesDetector.Restore(Stream.Options(0), state.WrittenSpan);
            }
        }));
    }

    private static (SeriesWatch Watch, ArrayBufferWriter<byte> State) StateAfter(int points)
    {
        var watch = Stream.Watch(0);
        foreach (var point in Stream.Points(0, points))
        {
            watch.Step(point, Stream.Budget, out _);
        }

        var state = new ArrayBufferWriter<byte>(12 * 1024);
        watch.Detector.Snapshot(state);
        watch.Rule.Snapshot(state);
        return (watch, state);
    }

    private static void Estate()
    {
        var (partition, entries) = Begin(EstateSeries);
        var points = Stream.Points(3, EstatePoints);
        var changes = new List<AlertChange>();
        foreach (var point in points)
        {
            foreach (var entry in entries)
            {
                partition.Take(new Sample(entry, SamplePart.Value, point.Timestamp, point.Value), changes);
            }
        }

        GC.Collect();
        using var process = Process.GetCurrentProcess();
        Say("100 000 series after an hour and a half, working set in MiB", process.WorkingSet64 / Mebibyte);
        Say("of which live objects, MiB", GC.GetTotalMemory(forceFullCollection: true) / Mebibyte);
        GC.KeepAlive(partition);
    }

    private static (Partition Partition, SeriesEntry[] Entries) Begin(int series)
    {
        // Nothing is read from the stores or written to them here: the checkpoint is another measurement.
        var settings = new TransactionsSettings();
        var catalog = new SeriesCatalog(new IngestSettings());
        var perDay = new AlertBudget(new AlertSettings(), null!);
        var budget = new AlertsPerPoint(perDay, catalog);
        budget.Refresh();
        var deployments = new Deployments(null!, null!, settings, TimeProvider.System);
        using var important = new ImportantSeries(catalog, null!, null!);
        var partition = new Partition(
            settings,
            new SeriesAlerts(settings, perDay, deployments, catalog),
            budget,
            new PointHistory(null!, settings),
            new SilenceJudge(TimeProvider.System),
            catalog,
            deployments,
            important,
            new JointEvidence(settings, TimeProvider.System),
            new TrainedStart(settings, Microsoft.Extensions.Logging.Abstractions.NullLogger<TrainedStart>.Instance),
            TimeProvider.System);
        var entries = Enumerable.Range(0, series)
            .Select(i => new SeriesEntry(
                new SeriesIdentity("operation_duration_seconds", [new("operation", i.ToString(CultureInfo.InvariantCulture)), new("region", "11")]),
                (MetricKind)(i % 4),
                "s",
                "platform"))
            .ToArray();
        return (partition, entries);
    }

    private static double Seconds(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static void Say(string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:N0} |"));
}
