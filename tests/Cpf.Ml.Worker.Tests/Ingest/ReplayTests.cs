using System.Globalization;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class ReplayTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly long Now = IngestHost.Start.ToUnixTimeMilliseconds();

    [Fact]
    public async Task Csv_is_replayed_completely_and_once_at_speed_0()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("queue.csv"),
            "timestamp,value\n2014-04-01 00:00:00,1.5\n1396310700,\n2014-04-01T00:10:00Z,-3\n",
            TestContext.Current.CancellationToken);

        await using (var host = await IngestHost.StartAsync(Settings(folder.In("queue.csv"), speed: 0), folder.Path))
        {
            var samples = await host.Drain.UntilAsync(samples => samples.Count >= 3, Deadline);
            Assert.Equal(
                [(1396310400000, 1.5), (1396310700000, double.NaN), (1396311000000, -3)],
                samples.Select(sample => (sample.Timestamp, sample.Value)));
            Assert.Equal("queue", samples[0].Series.Identity.Name);

            // The clock follows the points once they are acknowledged.
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(Deadline);
            while (samples[0].Series.Clock!.GetUtcNow().ToUnixTimeMilliseconds() != 1396311000000)
            {
                await Task.Delay(20, deadline.Token);
            }

            await host.StopAsync();
        }

        await using var again = await IngestHost.StartAsync(Settings(folder.In("queue.csv"), speed: 0), folder.Path);
        again.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(again.Drain.Samples);
    }

    /// <summary>The Prometheus rule for silent sources would fire for ever.</summary>
    [Fact]
    public async Task Replayed_file_is_finished_and_not_silent()
    {
        using var folder = new TemporaryFolder();
        await WriteMinutesAsync(folder.In("hour.csv"), 60);
        await using var host = await IngestHost.StartAsync(Settings(folder.In("hour.csv"), speed: 0));
        host.Get<IngestHealth>().Source(IngestHealth.Metrics).Accept(1, Now);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        while (host.Status("replay:hour.csv").Accepted < 60
            || host.Get<IngestMeters>().LastReceipt.GetAllLabelValues().Any(labels => labels[0] == "replay:hour.csv"))
        {
            await Task.Delay(10, deadline.Token);
        }

        Assert.Equal(["metrics"], host.Get<IngestMeters>().LastReceipt.GetAllLabelValues().Select(labels => labels[0]));
    }

    [Fact]
    public async Task Replay_at_speed_60_plays_an_hour_in_a_minute_and_ends_now()
    {
        using var folder = new TemporaryFolder();
        await WriteMinutesAsync(folder.In("hour.csv"), 60);
        await using var host = await IngestHost.StartAsync(Settings(folder.In("hour.csv"), speed: 60, shift: true));

        var seconds = 0;
        for (; host.Drain.Samples.Count < 59; seconds++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
            Assert.InRange(host.Drain.Samples.Count, 0, seconds + 3);
        }

        host.Time.Advance(TimeSpan.FromSeconds(10));
        var all = await host.Drain.UntilAsync(samples => samples.Count >= 60, Deadline);
        Assert.InRange(all[^1].Timestamp, Now - 60_000, Now + 120_000);
    }

    [Fact]
    public async Task Replay_loop_restarts_one_step_after_its_end_and_never_runs_ahead_of_the_clock()
    {
        using var folder = new TemporaryFolder();
        await WriteMinutesAsync(folder.In("loop.csv"), 3);
        await using var host = await IngestHost.StartAsync(
            Settings(folder.In("loop.csv"), speed: 1, shift: true, loop: true));

        while (host.Drain.Samples.Count < 7)
        {
            host.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, TestContext.Current.CancellationToken);
            Assert.True(
                host.Drain.Samples.All(sample => sample.Timestamp <= host.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        var samples = host.Drain.Samples.Take(7).ToList();
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], samples.Select(sample => sample.Value));
        Assert.Equal(
            Enumerable.Range(0, 7).Select(minute => Now + (minute * 60_000L)),
            samples.Select(sample => sample.Timestamp));
    }

    [Fact]
    public async Task Transactions_are_counted_by_minute()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("events.ndjson"),
            """
            {"operation":"search","start":"2026-01-05T08:00:10Z","duration":0.2,"outcome":"ok"}
            {"operation":"search","start":"2026-01-05T08:00:05Z","duration":0.2,"outcome":"error"}
            {"operation":"search","start":"2026-01-05T08:01:00Z","duration":0.2,"outcome":"ok"}
            """, TestContext.Current.CancellationToken);
        await using var host = await IngestHost.StartAsync(Settings(folder.In("events.ndjson"), speed: 0));

        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 10, Deadline);

        Assert.Equal(
            [2, 1],
            samples.Where(
                sample => sample.Series.Identity.Name == "transaction_volume").Select(sample => sample.Value));
        Assert.Equal(
            [0.5, 0],
            samples.Where(
                sample => sample.Series.Identity.Name == "transaction_error_ratio").Select(sample => sample.Value));
    }

    [Theory]
    [InlineData("signin_seconds", null, MetricKind.Duration, "s")]
    [InlineData("refusal_ratio", null, MetricKind.Gauge, "ratio")]
    [InlineData("payment_failures_ratio", null, MetricKind.ErrorRate, "ratio")]
    [InlineData("jobs_seconds_bucket", null, MetricKind.Gauge, "")]
    [InlineData("signin_seconds", "Gauge", MetricKind.Gauge, "")]
    [InlineData("orders", "Volume", MetricKind.Volume, "")]
    public async Task Kind_of_a_file_follows_from_settings_or_name(
        string name, string? kind, MetricKind expected, string unit)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In($"{name}.csv"), "timestamp,value\n1396310400,0.5\n", TestContext.Current.CancellationToken);
        var settings = Settings(folder.In($"{name}.csv"), speed: 0);
        settings["Ingest:Replay:0:Kind"] = kind;
        await using var host = await IngestHost.StartAsync(settings);

        var series = (await host.Drain.UntilAsync(samples => samples.Count == 1, Deadline))[0].Series;

        Assert.Equal((name, expected, unit), (series.Identity.Name, series.Kind, series.Unit));
    }

    [Fact]
    public async Task Unreadable_file_is_reported_with_the_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("bad.csv"),
            "timestamp,value\n1396310400,1\n1396310700,many\n",
            TestContext.Current.CancellationToken);
        await using var host = await IngestHost.StartAsync(Settings(folder.In("bad.csv"), speed: 0));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        while (host.Status("replay:bad.csv").FailingSince is null)
        {
            await Task.Delay(20, limit.Token);
        }

        Assert.Contains("line 3", host.Status("replay:bad.csv").Errors[0].Text, StringComparison.Ordinal);
    }

    private static Task WriteMinutesAsync(string path, int count) => File.WriteAllLinesAsync(
        path,
        Enumerable.Range(0, count)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{1_396_310_400 + (60 * i)},{i}")),
        TestContext.Current.CancellationToken);

    private static Dictionary<string, string?> Settings(
        string path, double speed, bool shift = false, bool loop = false) =>
        new()
        {
            ["Ingest:Replay:0:Path"] = path,
            ["Ingest:Replay:0:Speed"] = speed.ToString(CultureInfo.InvariantCulture),
            ["Ingest:Replay:0:ShiftToNow"] = shift.ToString(),
            ["Ingest:Replay:0:Loop"] = loop.ToString(),
        };
}
