using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class SeriesStateTests
{
    private static readonly TransactionsSettings Settings = new();
    private static readonly SeriesIdentity Identity = new("sign_in", [new("region", "11")]);

    [Theory]
    [InlineData(MetricKind.Gauge)]
    [InlineData(MetricKind.Duration)]
    [InlineData(MetricKind.Volume)]
    [InlineData(MetricKind.ErrorRate)]
    public void Restored_state_scores_bit_for_bit_like_the_original(MetricKind kind)
    {
        var random = new Random(7);
        var whole = Begin(kind);
        var before = Points(random, 4000);
        Feed(whole, before);

        var restored = Restore(whole, Snapshot(whole), kind);
        foreach (var point in Points(random, 500, from: 4000))
        {
            Assert.Equal(Step(whole, point), Step(restored, point));
        }

        Assert.Equal(Snapshot(whole), Snapshot(restored));
    }

    [Fact]
    public void State_of_a_newer_version_is_refused_with_the_series_key()
    {
        var series = Begin(MetricKind.Gauge);
        var state = Snapshot(series);
        state[0] = 9;

        var refused = Assert.Throws<ModelFormatException>(() => Restore(series, state));
        Assert.Equal(
            "sign_in{region=\"11\"}: the state has version 9; this program reads versions 1 to 3.", refused.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3000)]
    public void Truncated_state_is_refused(int length)
    {
        var series = Begin(MetricKind.Gauge);
        Feed(series, Points(new Random(1), 200));

        Assert.Throws<ModelFormatException>(
            () => Restore(series, Snapshot(series)[..length]));
    }

    [Fact]
    public void Detector_state_needs_less_than_8_KiB()
    {
        var series = Begin(MetricKind.Gauge);
        Feed(series, Points(new Random(1), 5000));
        var detector = new ArrayBufferWriter<byte>();
        series.Monitor.Detector.Snapshot(detector);
        series.Monitor.Rule.Snapshot(detector);

        Assert.InRange(detector.WrittenCount, 1, 8 * 1024);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void State_of_every_version_is_restored_and_scores_alike(int version)
    {
        var whole = Begin(MetricKind.Gauge);
        Feed(whole, Points(new Random(3), 3000));
        var restored = Restore(whole, File.ReadAllBytes(
            Repository.In($"tests/Cpf.Ml.Worker.Tests/Transactions/Golden/watched-series.v{version}.bin")));

        Assert.Equal((whole.LastTimestamp, TimeSpan.FromMinutes(1)), (restored.LastTimestamp, restored.Interval));
        Assert.Equal(
            whole.Hour.Points.Select(point => (point.Timestamp, point.Value)),
            restored.Hour.Points.Select(point => (point.Timestamp, point.Value)));
        foreach (var point in Points(new Random(4), 50, from: 3000))
        {
            // What this program learnt of the same past is another thing by now, but near.
            var (
                (expected, evidence, _, _),
                (restoredExpected, restoredEvidence, _, _)) = (Step(whole, point), Step(restored, point));
            Assert.InRange(restoredExpected / expected, 0.98, 1.02);
            Assert.InRange(restoredEvidence - evidence, -0.2, 0.2);
        }
    }

    [Fact]
    public void Recent_scores_survive_a_restart()
    {
        var series = Begin(MetricKind.Gauge);
        Feed(series, Points(new Random(1), 2000));
        var cells = series.Scores.Until(series.LastTimestamp);

        Assert.DoesNotContain(RecentScores.NoData, cells);
        Assert.Equal(
            cells, Restore(series, Snapshot(series)).Scores.Until(series.LastTimestamp));
    }

    private static SeriesState Begin(MetricKind kind) =>
        new(Identity, new SeriesMonitor(Settings.Detector(kind), Settings.Rule(kind))) { Source = "metrics" };

    private static SeriesState Restore(SeriesState series, byte[] state, MetricKind kind = MetricKind.Gauge) =>
        SeriesState.Restore(new SeriesDescriptor(series.Identity, kind, "s", "compte"), Settings, "", state);

    private static List<Observation> Points(Random random, int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => new Observation(
            1_700_000_000_000 + (i * 60_000L),
            i % 97 == 0 ? double.NaN : Math.Abs(
                0.2 + (0.05 * Math.Sin(i / 229.0)) + (0.02 * random.NextDouble()) + (i % 701 == 0 ? 0.5 : 0)),
            random.Next(1, 500)))];

    private static void Feed(SeriesState series, List<Observation> points) =>
        points.ForEach(point => Step(series, point));

    private static (double, double, double, double) Step(SeriesState series, Observation point)
    {
        series.Monitor.Step(point, 1e-4, out var assessment);
        series.Keep(point, assessment);
        if (series.Hour.IsOver(point.Timestamp + 60_000))
        {
            series.Hour.Clear();
        }

        return (assessment.Expected, assessment.Evidence, assessment.PValue, assessment.Onset);
    }

    private static byte[] Snapshot(SeriesState series)
    {
        var state = new ArrayBufferWriter<byte>();
        series.Snapshot(state);
        return state.WrittenSpan.ToArray();
    }
}
