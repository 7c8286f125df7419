using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class MetricLinesTests(MetricLinesTests.SharedHost shared) : IClassFixture<MetricLinesTests.SharedHost>
{
    private const string Good =
        """{"series":"queue_depth","labels":{"service":"dossiers"},"timestamp":"2026-03-02T11:15:00+01:00","""
        + "\"value\":12}";

    [Fact]
    public async Task Line_is_read_with_name_labels_time_value_volume_kind_and_unit()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, Good + "\r\n\n"
            + """{"series":"refusals","timestamp":1772446500000,"value":0.02,"volume":150"""
            + ""","kind":"error-rate","unit":"ratio"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, (await ReadAsync(answer))["accepted"]!.GetValue<int>());
        var samples = host.Drain.Samples.OrderBy(sample => sample.Series.Identity.Name).ToList();
        Assert.Equal((1772446500000, 12, MetricKind.Gauge, "dossiers"),
            (samples[0].Timestamp, samples[0].Value, samples[0].Series.Kind, samples[0].Series.Service));
        Assert.Equal((0.02, 150, MetricKind.ErrorRate, "ratio"),
            (samples[1].Value, samples[1].Volume, samples[1].Series.Kind, samples[1].Series.Unit));
    }

    [Theory]
    [InlineData(
        """{"series":"a","series":"b","timestamp":1772446500000,"value":1}""",
        "series",
        "malformed",
        "\"series\" is given twice.")]
    [InlineData("{", "", "malformed", "It is not JSON at byte")]
    [InlineData("[1]", "", "malformed", "must be a JSON object")]
    [InlineData("""{"timestamp":1772446500000,"value":1}""", "series", "malformed", "missing")]
    [InlineData("""{"series":"a","timestamp":1772446500000}""", "value", "malformed", "missing")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":"1"}""",
        "value",
        "malformed",
        "must be a number, or null when it is missing, was a text")]
    [InlineData("""{"series":"a","timestamp":"yesterday","value":1}""", "timestamp", "malformed", "ISO 8601")]
    [InlineData("""{"series":"a","timestamp":"2026-03-02T10:15:00","value":1}""", "timestamp", "malformed", "offset")]
    [InlineData("""{"series":"a","timestamp":1772446500,"value":1}""", "timestamp", "too-old", "not seconds")]
    [InlineData("""{"series":"a","timestamp":1872446500000,"value":1}""", "timestamp", "future", "ahead")]
    [InlineData("""{"series":"a","timestamp":1772446500000,"value":1e999}""", "value", "infinite", "finite")]
    [InlineData("""{"series":"a","timestamp":1772446500000,"value":NaN}""", "", "malformed", "It is not JSON at byte")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":"NaN"}""",
        "value",
        "malformed",
        "a number, or null when it is missing, was a text")]
    [InlineData(
        """{"series":"queue_depth","labels":{"service":"dossiers"},"timestamp":1772446500000"""
            + ""","value":null,"volume":-1}""",
        "volume",
        "negative",
        "cannot be negative")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":-1,"kind":"duration"}""",
        "value",
        "negative",
        "cannot be negative")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":0.1,"volume":-1,"kind":"error-rate"}""",
        "volume",
        "negative",
        "cannot be negative, was -1")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":0.1,"volume":1e999,"kind":"error-rate"}""",
        "volume",
        "infinite",
        "\"volume\" must be a finite number")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":2,"kind":"error-rate"}""",
        "value",
        "out-of-range",
        "0 to 1")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":1,"kind":"speed"}""", "kind", "malformed", "was \"speed\"")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":1,"lables":{}}""", "lables", "malformed", "not a field")]
    [InlineData(
        """{"series":"a","timestamp":1772446500000,"value":1,"labels":{"b":2}}""",
        "labels.b",
        "malformed",
        "must be a text")]
    [InlineData("""{"series":"a_bucket","timestamp":1772446500000,"value":1}""", "series", "not-selected", "kind")]
    [InlineData("""{"series":"a","timestamp":1772446500000,"value":1} {}""", "", "malformed", "JSON")]
    public async Task Invalid_line_is_reported_with_number_field_and_reason_and_valid_ones_are_kept(
        string bad, string field, string reason, string says)
    {
        var host = shared.Host;
        var known = host.Drain.Samples.Count;
        var counted = Rejected(host, reason);

        var answer = await PostAsync(host, $"{Good}\n{bad}\n{Good}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await ReadAsync(answer);
        Assert.Equal((2, 1), (problem["accepted"]!.GetValue<int>(), problem["rejected"]!.GetValue<int>()));
        var error = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal(
            (2, field, reason),
            (error["line"]!.GetValue<int>(), error["field"]!.GetValue<string>(), error["reason"]!.GetValue<string>()));
        Assert.Contains(says, error["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((known + 2, counted + 1), (host.Drain.Samples.Count, Rejected(host, reason)));
    }

    [Fact]
    public async Task Null_is_a_missing_point_unless_its_volume_is_0()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, """
            {"series":"refusals","timestamp":1772446380000,"value":0.02,"volume":150,"kind":"error-rate"}
            {"series":"refusals","timestamp":1772446440000,"value":null,"kind":"error-rate"}
            {"series":"refusals","timestamp":1772446500000,"value":null,"volume":0,"kind":"error-rate"}
            """);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            [(0.02, 150), (double.NaN, double.NaN), (double.NaN, 0)],
            host.Drain.Samples.Select(sample => (sample.Value, sample.Volume)));
    }

    [Fact]
    public async Task Null_of_an_unknown_series_creates_no_series_and_is_no_invalid_line()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(
            host, $$"""{"series":"refusals","timestamp":1772446500000,"value":null}""" + "\n" + Good);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, host.Get<SeriesCatalog>().Count);
        Assert.Equal([KeyValuePair.Create("unknown-series", 1L)], host.Status(IngestHealth.Metrics).Rejected);
    }

    [Fact]
    public async Task Endless_line_takes_bounded_memory_and_the_next_one_is_read()
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, $"{Good}\n{new string('x', 5_000_000)}\n{Good}");

        var error = Assert.Single((await ReadAsync(answer))["errors"]!.AsArray())!;
        Assert.Equal((2, "too-long"), (error["line"]!.GetValue<int>(), error["reason"]!.GetValue<string>()));
        Assert.Equal(2, host.Drain.Samples.Count);
    }

    [Fact]
    public async Task Truncated_gzip_keeps_the_lines_before_the_cut()
    {
        await using var host = await IngestHost.StartAsync();
        var packed = Gzip(
            string.Join(
                '\n',
                Enumerable.Range(0, 20_000).Select(i => Good.Replace("12}", $"{i}}}", StringComparison.Ordinal))));

        var whole = await PostAsync(host, packed, "gzip");
        Assert.Equal(20_000, (await ReadAsync(whole))["accepted"]!.GetValue<int>());
        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(i => (double)i), host.Drain.Samples.Select(sample => sample.Value));

        var cut = await PostAsync(host, packed[..(packed.Length / 2)], "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, cut.StatusCode);
        var problem = await ReadAsync(cut);
        Assert.Equal(host.Drain.Samples.Count - 20_000, problem["accepted"]!.GetValue<int>());
        Assert.InRange(problem["accepted"]!.GetValue<int>(), 1, 19_999);
    }

    [Fact]
    public async Task Decompression_beyond_the_limit_is_stopped()
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:MaxUnpackedBytes"] = "100000" });

        var answer = await PostAsync(host, Gzip(new string('\n', 50_000_000)), "gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/csv", "", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-ndjson", "br", HttpStatusCode.UnsupportedMediaType)]
    public async Task Body_of_another_content_type_is_refused(string type, string encoding, HttpStatusCode status)
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, Encoding.UTF8.GetBytes(Good), encoding, type);

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(host.Drain.Samples);
    }

    [Fact]
    public async Task Only_the_first_hundred_of_many_errors_are_listed()
    {
        await using var host = await IngestHost.StartAsync();

        var problem = await ReadAsync(await PostAsync(host, string.Concat(Enumerable.Repeat("?\n", 500))));

        Assert.Equal((500, 100), (problem["rejected"]!.GetValue<int>(), problem["errors"]!.AsArray().Count));
    }

    private static long Rejected(IngestHost host, string reason) =>
        host.Status(IngestHealth.Metrics).Rejected.FirstOrDefault(count => count.Key == reason).Value;

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(
            JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;

    private static Task<HttpResponseMessage> PostAsync(IngestHost host, string body) =>
        PostAsync(host, Encoding.UTF8.GetBytes(body));

    private static async Task<HttpResponseMessage> PostAsync(
        IngestHost host, byte[] body, string encoding = "", string type = "application/x-ndjson")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding.Length > 0)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await host.Client.PostAsync(
            new Uri("/api/v1/metrics", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>One intake for all bad lines, of which none changes anything.</summary>
    public sealed class SharedHost : IAsyncLifetime
    {
        internal IngestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await IngestHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
