using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Pull;

/// <summary>Range queries of a Prometheus.</summary>
/// <remarks>Reference: prometheus.io/docs/prometheus/latest/querying/api. Values are texts there and may be <c>NaN</c>
/// or <c>+Inf</c>.</remarks>
internal sealed class PrometheusClient(IHttpClientFactory clients)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "prometheus-pull";

    /// <param name="from">First point, inclusive, Unix milliseconds.</param>
    /// <param name="to">Last point, inclusive, Unix milliseconds.</param>
    /// <exception cref="PullException">There is no response, or it is no matrix; the message says which.</exception>
    public async Task<IReadOnlyList<PulledSeries>> RangeAsync(
        PullSettings pull, string query, long from, long to, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(new Uri(pull.Url.TrimEnd('/') + "/"), "api/v1/query_range"));
        request.Content = new FormUrlEncodedContent(
        [
            new("query", query), new("start", Seconds(from)), new("end", Seconds(to)),
            new("step", pull.Step.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
        ]);
        if (pull.Token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pull.Token);
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var answer = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return Read(answer.RootElement);
        }
        catch (JsonException)
        {
            throw new PullException($"{pull.Url} answered with something that is not the API of a Prometheus.");
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException
            || (reason is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PullException($"{pull.Url} does not answer: {reason.Message}");
        }
    }

    private static List<PulledSeries> Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("status", out var status))
        {
            throw new JsonException();
        }

        if (status.GetString() != "success")
        {
            throw new PullException($"The query is refused: {answer.GetProperty("error").GetString()}");
        }

        var data = answer.GetProperty("data");
        return data.GetProperty("resultType").GetString() == "matrix"
            ? [.. data.GetProperty("result").EnumerateArray().Select(ReadSeries)]
            : throw new PullException("The query must give series, not a single value.");
    }

    private static PulledSeries ReadSeries(JsonElement series) => new(
        [.. series.GetProperty("metric").EnumerateObject().Where(label => label.Name != "__name__")
            .Select(label => KeyValuePair.Create(label.Name, label.Value.GetString()!))
            .OrderBy(label => label.Key, StringComparer.Ordinal)],
        [.. series.GetProperty("values").EnumerateArray().Select(ReadPoint)]);

    private static (long Timestamp, double Value) ReadPoint(JsonElement point) =>
        ((long)Math.Round(1000 * point[0].GetDouble()), ReadValue(point[1].GetString()!));

    private static double ReadValue(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Seconds(long milliseconds) => (milliseconds / 1000m).ToString(CultureInfo.InvariantCulture);
}

/// <param name="Labels">Without the name, in ordinal order.</param>
/// <param name="Points">In order of time.</param>
internal sealed record PulledSeries(KeyValuePair<string, string>[] Labels, (long Timestamp, double Value)[] Points);

/// <summary>A pulled source did not return the requested data.</summary>
internal sealed class PullException(string message) : Exception(message);
