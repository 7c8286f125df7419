using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class PrometheusPullTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task New_query_fetches_its_history_in_order()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
        await using var prometheus = await PrometheusServer.StartAsync("global: {}", History(now.AddDays(-3), now));
        var time = new FakeTimeProvider(now.AddHours(-1).AddSeconds(6));

        await using var host = await IngestHost.StartAsync(Settings(prometheus), time: time);

        // Two days of minutes, both ends included but the first: more than one range.
        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 2880, Deadline);
        Assert.Equal(2880, samples.Count);
        Assert.Equal(samples.Select(sample => sample.Timestamp).Order(), samples.Select(sample => sample.Timestamp));
        Assert.Equal(now.AddHours(-1).ToUnixTimeMilliseconds(), samples[^1].Timestamp);
        Assert.Equal(Latency(now.AddHours(-1)), samples[^1].Value, 1e-9);
        Assert.Equal(
            ("login_latency{region=\"Bretagne\"}", MetricKind.Duration, "s", "identite"),
            (
                samples[0].Series.Identity.Key,
                samples[0].Series.Kind,
                samples[0].Series.Unit,
                samples[0].Series.Service));
    }

    [Fact]
    public async Task Error_rate_has_its_volume_and_no_measured_point_is_missing()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
        await using var prometheus = await PrometheusServer.StartAsync("global: {}", History(now.AddHours(-3), now));

        // Attempts for five minutes, then none: 0 ÷ 1, then 0 ÷ 0.
        var last = now.AddHours(-1).AddMinutes(-5);
        var query = $"login_errors / (login_latency * 0 + (time() <= bool {last.ToUnixTimeSeconds()}))";
        var settings = Settings(prometheus, ("Kind", "ErrorRate"), ("Query", query), ("Backfill", "00:10:00"));
        settings["Ingest:Pull:1:Name"] = "share";
        settings["Ingest:Pull:1:Url"] = prometheus.Address.ToString();
        settings["Ingest:Pull:1:Query"] = "login_errors * 0.1";
        settings["Ingest:Pull:1:VolumeQuery"] = "login_latency * 0 + 150";
        settings["Ingest:Pull:1:Kind"] = "ErrorRate";
        settings["Ingest:Pull:1:Backfill"] = "00:10:00";

        await using var host = await IngestHost.StartAsync(
            settings, time: new FakeTimeProvider(now.AddHours(-1).AddSeconds(6)));

        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 20, Deadline);
        Assert.All(
            samples.Where(sample => sample.Series.Identity.Name == "share"),
            sample => Assert.Equal((0, 150), (sample.Value, sample.Volume)));
        Assert.All(samples.Where(sample => sample.Series.Identity.Name != "share"), sample =>
            Assert.Equal(sample.Timestamp <= last.ToUnixTimeMilliseconds() ? 0 : double.NaN, sample.Value));
    }

    [Fact]
    public async Task Source_outage_is_reported_and_loses_no_minute_after_recovery()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
        await using var prometheus = await PrometheusServer.StartAsync("global: {}", History(now.AddHours(-3), now));
        await prometheus.StopAsync();
        await using var host = await IngestHost.StartAsync(
            Settings(prometheus, ("Backfill", "00:10:00")), time: new FakeTimeProvider(now.AddHours(-1).AddSeconds(6)));

        await WaitAsync(() => host.Status("pull:login_latency").FailingSince is not null);
        Assert.Contains("does not answer", host.Status("pull:login_latency").Errors[0].Text, StringComparison.Ordinal);

        await prometheus.StartAsync();
        await WaitAsync(() =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            return host.Drain.Samples.Count >= 10;
        });
        Assert.Null(host.Status("pull:login_latency").FailingSince);
        Assert.Equal(
            Enumerable.Range(-9, 10).Select(minute => now.AddHours(-1).AddMinutes(minute).ToUnixTimeMilliseconds()),
            host.Drain.Samples.Take(10).Select(sample => sample.Timestamp));
    }

    [Fact]
    public async Task Query_refused_by_Prometheus_is_reported_with_its_message()
    {
        await using var prometheus = await PrometheusServer.StartAsync("global: {}");
        await using var host = await IngestHost.StartAsync(Settings(prometheus, ("Query", "sum(")));

        await WaitAsync(() => host.Status("pull:login_latency").FailingSince is not null);

        Assert.Contains("parse error", host.Status("pull:login_latency").Errors[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Public_readiness_names_the_failing_source_without_its_address()
    {
        var port = Fixtures.FreePort.Take();
        await using var worker = await Fixtures.WorkerFixture.StartAsync(new()
        {
            ["Ingest:Pull:0:Name"] = "login_latency",
            ["Ingest:Pull:0:Url"] = $"http://127.0.0.1:{port}/",
            ["Ingest:Pull:0:Query"] = "login_latency",
        });
        using var anonymous = worker.Anonymous();
        var answer = "";

        await WaitAsync(() =>
        {
            answer = anonymous.GetStringAsync(new Uri("/health/ready", UriKind.Relative)).GetAwaiter().GetResult();
            return answer.Contains("degraded", StringComparison.Ordinal);
        });

        Assert.Contains("pull:login_latency since", answer, StringComparison.Ordinal);
        Assert.DoesNotContain($"{port}", answer, StringComparison.Ordinal);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static Dictionary<string, string?> Settings(
        PrometheusServer prometheus, params (string Key, string Value)[] others)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Ingest:Pull:0:Name"] = "login_latency",
            ["Ingest:Pull:0:Url"] = prometheus.Address.ToString(),
            ["Ingest:Pull:0:Query"] = "login_latency",
            ["Ingest:Pull:0:Kind"] = "Duration",
            ["Ingest:Pull:0:Unit"] = "s",
            ["Ingest:Pull:0:Service"] = "identite",
            ["Ingest:Pull:0:Backfill"] = "2.00:00:00",
        };
        foreach (var (key, value) in others)
        {
            settings[$"Ingest:Pull:0:{key}"] = value;
        }

        return settings;
    }

    private static double Latency(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60 % 100 / 100.0;

    private static string History(DateTimeOffset from, DateTimeOffset to)
    {
        var text = new StringBuilder("# TYPE login_latency gauge\n");
        for (var at = from; at <= to; at = at.AddMinutes(1))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"login_latency{{region=\"Bretagne\"}} {Latency(at)} {at.ToUnixTimeSeconds()}\n");
        }

        text.Append("# TYPE login_errors gauge\n");
        for (var at = from; at <= to; at = at.AddMinutes(1))
        {
            text.Append(
                CultureInfo.InvariantCulture, $"login_errors{{region=\"Bretagne\"}} 0 {at.ToUnixTimeSeconds()}\n");
        }

        return text.Append("# EOF\n").ToString();
    }
}
