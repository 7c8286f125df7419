using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Hosting;

/// <summary>
/// What is wrong with a request is said in words for whoever sent it, without names of this program's insides.
/// </summary>
public sealed class RefusedRequestTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "GET",
        "/api/v1/nowhere",
        null,
        null,
        404,
        "There is nothing to GET at /api/v1/nowhere. /scalar lists what there is.")]
    [InlineData(
        "DELETE",
        "/api/v1/metrics",
        null,
        null,
        405,
        "There is no DELETE at /api/v1/metrics. /scalar lists what there is.")]
    [InlineData("GET", "/api/v1/incidents?take=many", null, null, 400, "take cannot be \"many\".")]
    [InlineData("GET", "/api/v1/deployments?from=yesterday", null, null, 400, "from cannot be \"yesterday\".")]
    [InlineData(
        "POST",
        "/api/v1/silences",
        "text/plain",
        "{}",
        415,
        "Content-Type must be application/json, was \"text/plain\".")]
    [InlineData("PUT", "/api/v1/alert-budget", Json, "null", 400, "The body is missing.")]
    [InlineData(
        "PUT",
        "/api/v1/alert-budget",
        Json,
        "{",
        400,
        "The body is not what is asked for. It is not JSON at line 1, byte 2: Expected depth to be zero at the end "
            + "of the JSON payload. There is an open JSON object or array that should be closed.")]
    [InlineData(
        "PUT",
        "/api/v1/alert-budget",
        Json,
        "{\"perDay\":\"x\"}",
        400,
        "The body is not what is asked for. \"perDay\" has a value of another type than is asked for.")]
    [InlineData(
        "PUT",
        "/api/v1/alert-budget",
        Json,
        "[]",
        400,
        "The body is not what is asked for. It has a value of another type than is asked for.")]
    [InlineData(
        "PUT",
        "/api/v1/alert-budget",
        Json,
        "{\"perDay\":1,\"colour\":2}",
        400,
        "The body is not what is asked for. \"colour\" is not a field of it.")]
    [InlineData(
        "POST",
        "/api/v1/silences",
        Json,
        "{}",
        400,
        "The body is not what is asked for. Missing: \"matchers\", \"endsAt\", \"reason\".")]
    [InlineData(
        "POST",
        "/api/v1/silences",
        Json,
        "{\"matchers\":null,\"endsAt\":\"2026-12-01T00:00:00Z\",\"reason\":\"r\"}",
        400,
        "The body is not what is asked for. \"matchers\" may not be null.")]
    [InlineData(
        "POST",
        "/api/v1/silences",
        Json,
        "{\"matchers\":[{\"label\":null,\"value\":\"x\"}],\"endsAt\":\"2026-12-01T00:00:00Z\",\"reason\":\"r\"}",
        400,
        "The body is not what is asked for. \"matchers[0].label\" may not be null.")]
    [InlineData(
        "POST",
        "/api/v1/metrics",
        Lines + "; charset=iso-8859-1",
        "{}",
        415,
        "The text must be UTF-8, the Content-Type says \"iso-8859-1\".")]
    public async Task Refusal_says_what_is_wrong_and_where(
        string method, string path, string? type, string? body, int status, string words)
    {
        var (found, detail) = await SendAsync(method, path, type, body is null ? null : Encoding.UTF8.GetBytes(body));

        Assert.Equal(words, detail);
        Assert.Equal(status, found);
    }

    [Fact]
    public async Task Body_that_is_not_gzip_is_refused_as_such() =>
        Assert.Equal(
            (400, "The body is not gzip, or is damaged before its first line. 0 lines were accepted."),
            await SendAsync("POST", "/api/v1/metrics", Lines, "{}"u8.ToArray(), "gzip"));

    [Fact]
    public async Task Byte_order_mark_is_accepted()
    {
        var line =
            $$"""{"series":"depth","timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}"""
                + ""","value":1}""";

        Assert.Equal(
            (200, null),
            await SendAsync(
                "POST", "/api/v1/metrics", Lines, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(line)]));
    }

    [Theory]
    [InlineData(
        0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 413, "The message may have 67108864 bytes unpacked, announces 4294967295.")]
    [InlineData(
        0x02,
        0x04,
        0x08,
        0x05,
        -1,
        400,
        "The message is not a prometheus.WriteRequest. At byte 1: field 1, the series, with wire type 0.")]
    public async Task Compressed_message_with_a_false_length_is_refused(
        int a, int b, int c, int d, int e, int status, string words) =>
        Assert.Equal(
            (status, words),
            await SendAsync(
                "POST",
                "/api/v1/write",
                "application/x-protobuf",
                [.. new[] { a, b, c, d, e }.Where(x => x >= 0).Select(x => (byte)x)],
                "snappy"));

    [Fact]
    public async Task No_malformed_body_causes_a_server_error()
    {
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
        {
            var body = new byte[random.Next(40)];
            random.NextBytes(body);
            var (path, type, encoding) = (i % 3) switch
            {
                0 => ("/api/v1/write", "application/x-protobuf", "snappy"),
                1 => ("/api/v1/metrics", Lines, i % 2 == 0 ? null : "gzip"),
                _ => ("/api/v1/transactions", Lines, i % 2 == 0 ? null : "gzip"),
            };

            var (status, words) = await SendAsync("POST", path, type, body, encoding);
            Assert.True(status < 500, $"{path} {Convert.ToHexString(body)}: {status} {words}");
        }
    }

    private async Task<(int Status, string? Detail)> SendAsync(
        string method, string path, string? type, byte[]? body, string? encoding = null)
    {
        using var client = await worker.WithTokenAsync([.. Scopes.All]);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type!);
            if (encoding is not null)
            {
                request.Content.Headers.ContentEncoding.Add(encoding);
            }
        }

        using var answer = await client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return (
            (int)answer.StatusCode,
            text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("detail", out var detail)
                ? detail.GetString()
                : null);
    }
}
