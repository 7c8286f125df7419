using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.AspNetCore.Mvc;
using Snappier;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class RemoteWriteTests
{
    private static readonly long Now = IngestHost.Start.ToUnixTimeMilliseconds();
    private static readonly (string, string)[] Depth = [("__name__", "queue_depth"), ("job", "dossiers")];

    [Fact]
    public async Task Samples_arrive_in_order_under_their_name_labels_and_service()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, new RemoteWriteMessage().Series(Depth, (Now - 15_000, 3), (Now, 4)));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(
            [(Now - 15_000, 3), (Now, 4)], host.Drain.Samples.Select(sample => (sample.Timestamp, sample.Value)));
        var series = host.Drain.Samples[0].Series;
        Assert.Equal(
            ("queue_depth{job=\"dossiers\"}", "dossiers", MetricKind.Gauge),
            (series.Identity.Key, series.Service, series.Kind));
        Assert.Same(series, host.Drain.Samples[1].Series);
    }

    [Fact]
    public async Task Sum_and_count_of_a_histogram_feed_one_duration_and_one_volume()
    {
        await using var host = await IngestHost.StartAsync();

        await PostAsync(host, new RemoteWriteMessage()
            .Series([("__name__", "http_request_duration_seconds_sum"), ("job", "shop")], (Now, 120.5))
            .Series([("__name__", "http_request_duration_seconds_count"), ("job", "shop")], (Now, 1_000))
            .Series([("__name__", "http_request_duration_seconds_bucket"), ("job", "shop"), ("le", "1")], (Now, 900)));

        Assert.Equal(
            [
                ("http_request_duration_seconds", SamplePart.Sum, 120.5),
                ("http_request_duration_seconds", SamplePart.Count, 1_000),
                ("http_request_duration_seconds_count", SamplePart.Counter, 1_000),
            ],
            host.Drain.Samples.Select(sample => (sample.Series.Identity.Name, sample.Part, sample.Value)).Order());
        Assert.Equal(1, Rejected(host, Rejection.NotSelected));
    }

    [Fact]
    public async Task Stale_marker_and_NaN_are_missing_points_and_bad_values_are_counted_as_rejected()
    {
        await using var host = await IngestHost.StartAsync();
        var stale = BitConverter.Int64BitsToDouble(0x7ff0000000000002);
        var tomorrow = Now + 86_400_000;

        var answer = await PostAsync(host, new RemoteWriteMessage()
            .Series(
                Depth, (Now, 1), (Now + 1, double.NaN), (Now + 2, double.PositiveInfinity), (tomorrow, 2),
                (Now / 1000, 3), (Now + 4, stale))
            .Series([("__name__", "latency_seconds")], (Now, -1))
            .Series([("__name__", "login_error_ratio")], (Now, 1.2))
            .Series([("job", "nameless")], (Now, 1))
            .Other(3, 8, 1));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(
            [(Now, 1), (Now + 1, double.NaN), (Now + 4, double.NaN)],
            host.Drain.Samples.Select(sample => (sample.Timestamp, sample.Value)));
        Assert.All(
            [
                Rejection.Infinite, Rejection.Future, Rejection.TooOld, Rejection.Negative,
                Rejection.OutOfRange, Rejection.Malformed, Rejection.Unsupported,
            ],
            reason => Assert.Equal(1, Rejected(host, reason)));
        Assert.Equal(1, host.Get<SeriesCatalog>().Count);
    }

    [Theory]
    [InlineData(0x7ff8000000000001)]
    [InlineData(0x7ff0000000000002)]
    public async Task Missing_point_of_an_unknown_series_is_counted_and_adds_no_series(long bits)
    {
        await using var host = await IngestHost.StartAsync();
        var missing = BitConverter.Int64BitsToDouble(bits);

        var answer = await PostAsync(host, new RemoteWriteMessage().Series(Depth, (Now, missing)));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(0, host.Get<SeriesCatalog>().Count);
        Assert.Empty(host.Drain.Samples);
        Assert.Equal([KeyValuePair.Create("unknown-series", 1L)], host.Status(IngestHealth.RemoteWrite).Rejected);
    }

    [Theory]
    [InlineData("application/json", "snappy", HttpStatusCode.UnsupportedMediaType, "Content-Type")]
    [InlineData(
        "application/x-protobuf;proto=io.prometheus.write.v2.Request",
        "snappy",
        HttpStatusCode.UnsupportedMediaType,
        "remote_write 1.0")]
    [InlineData("application/x-protobuf", "gzip", HttpStatusCode.UnsupportedMediaType, "Content-Encoding")]
    public async Task Body_of_another_content_type_is_refused_by_name(
        string type, string encoding, HttpStatusCode status, string names)
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(
            host, Snappy.CompressToArray(new RemoteWriteMessage().Series(Depth, (Now, 1)).ToArray()), type, encoding);

        await AssertRefusedAsync(host, answer, status, names);
    }

    [Fact]
    public async Task A_body_that_is_not_snappy_is_refused()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, new RemoteWriteMessage().Series(Depth, (Now, 1)).ToArray());

        await AssertRefusedAsync(host, answer, HttpStatusCode.BadRequest, "snappy");
    }

    [Fact]
    public async Task Truncated_message_changes_nothing()
    {
        await using var host = await IngestHost.StartAsync();
        var whole = new RemoteWriteMessage().Series(Depth, (Now, 1)).ToArray();

        for (var length = 1; length < whole.Length; length++)
        {
            var answer = await PostAsync(host, Snappy.CompressToArray(whole.AsSpan(0, length)));
            await AssertRefusedAsync(host, answer, HttpStatusCode.BadRequest, "At byte");
        }

        Assert.Equal(0, host.Get<SeriesCatalog>().Count);
    }

    [Fact]
    public async Task Body_that_announces_a_huge_message_is_refused_before_decompression()
    {
        await using var host = await IngestHost.StartAsync();

        // 4 294 967 295 as a varint: what would follow does not matter.
        var answer = await PostAsync(host, [0xff, 0xff, 0xff, 0x7f, 0, 0]);

        await AssertRefusedAsync(host, answer, HttpStatusCode.RequestEntityTooLarge, "announces");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:MaxBodyBytes"] = "2000" });

        var answer = await PostAsync(host, new byte[2_001]);

        await AssertRefusedAsync(host, answer, HttpStatusCode.RequestEntityTooLarge, "2000");
    }

    [Fact]
    public async Task Full_queue_makes_the_sender_retry_and_loses_nothing()
    {
        await using var host = await IngestHost.StartAsync(
            new() { ["Ingest:QueueLength"] = "1", ["Ingest:Partitions"] = "1", ["Ingest:Patience"] = "00:00:01" },
            drained: false);

        var answer = PostAsync(host, new RemoteWriteMessage().Series(Depth, (Now, 1)));
        while (!answer.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await answer).StatusCode);
        Assert.NotNull((await answer).Headers.RetryAfter);
        Assert.NotNull(host.Status(IngestHealth.RemoteWrite).FailingSince);
    }

    [Fact]
    public async Task Store_outage_makes_the_sender_retry()
    {
        await using var host = await IngestHost.StartAsync();
        host.Drain.Failure = new IOException("No space left on device");

        var answer = await PostAsync(host, new RemoteWriteMessage().Series(Depth, (Now, 1)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "No space left", host.Status(IngestHealth.RemoteWrite).Errors[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_churn_fills_the_series_limit_and_no_more()
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:MaxSeries"] = "1000" });

        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var message = new RemoteWriteMessage();
            for (var second = 0; second < 60; second++)
            {
                message.Series([("__name__", "queue_depth"), ("pod", $"pod-{minute}-{second}")], (Now, 1));
            }

            var answer = await PostAsync(host, message);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal(1_000, host.Get<SeriesCatalog>().Count);
        Assert.Equal(86_400 - 1_000, Rejected(host, Rejection.Limit));
        await PostAsync(
            host, new RemoteWriteMessage().Series([("__name__", "queue_depth"), ("pod", "pod-0-0")], (Now, 2)));
        Assert.Equal(2, host.Drain.Samples[^1].Value);
    }

    private static long Rejected(IngestHost host, Rejection reason) =>
        host.Status(IngestHealth.RemoteWrite).Rejected.FirstOrDefault(pair => pair.Key == reason.Name()).Value;

    private static async Task AssertRefusedAsync(
        IngestHost host, HttpResponseMessage answer, HttpStatusCode status, string names)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>(TestContext.Current.CancellationToken);
        Assert.Contains(names, problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Drain.Samples);
        Assert.True(Rejected(host, Rejection.Malformed) > 0);
    }

    private static Task<HttpResponseMessage> PostAsync(IngestHost host, RemoteWriteMessage message) =>
        PostAsync(host, Snappy.CompressToArray(message.ToArray()));

    private static async Task<HttpResponseMessage> PostAsync(
        IngestHost host, byte[] body, string type = "application/x-protobuf", string encoding = "snappy")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Headers.ContentEncoding.Add(encoding);
        return await host.Client.PostAsync(
            new Uri("/api/v1/write", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
