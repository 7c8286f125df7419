using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Worker.Tests.Ingest;
using Snappier;

namespace Cpf.Ml.Benchmarks.Delivery;

/// <summary>A point a second of every series by remote_write, 500 a request as Prometheus sends them, some of them
/// anomalous.</summary>
/// <remarks>Requests leave by the clock, not when the last one is answered: a Worker that falls behind is not
/// spared.</remarks>
internal sealed class Load(WarmEstate estate, Uri worker, string token) : IDisposable
{
    public const int AnomalousSeries = 100;
    public const int Seconds = 80;
    private const int PerRequest = 500;
    private const int Requests = WarmEstate.Series / PerRequest;
    private const int FirstAnomaly = 10;
    private const int LastAnomaly = 60;
    private const int AnomalySeconds = 15;
    private const double AnomalyFactor = 5;

    private readonly Random _random = new(2);
    private int _refused;
    private readonly HttpClient _client = Client(worker, token);
    private readonly SeriesMonitor[] _twins = [.. Enumerable.Range(0, AnomalousSeries).Select(estate.Twin)];

    /// <summary>When the point was to be sent that opens an alert, by service; Unix milliseconds.</summary>
    public Dictionary<string, long> Opened { get; } = new(StringComparer.Ordinal);

    public int Refused => _refused;

    /// <summary>How long each request waited for its answer, from the moment when it was to leave.</summary>
    public ConcurrentBag<double> Answers { get; } = [];

    public async Task RunAsync()
    {
        var time = TimeProvider.System;
        var begin = time.GetUtcNow().ToUnixTimeMilliseconds() + 1000;
        var before = Enumerable.Repeat(Task.CompletedTask, Requests).ToArray();
        for (var second = 0; second < Seconds; second++)
        {
            for (var request = 0; request < Requests; request++)
            {
                var due = begin + (second * 1000L) + (request * 1000L / Requests);
                var body = Snappy.CompressToArray(Message(request, second, due).ToArray());
                var wait = due - time.GetUtcNow().ToUnixTimeMilliseconds();
                if (wait > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(wait));
                }

                // A sender keeps the points of a series in order.
                before[request] = SendAsync(before[request], body, due);
            }
        }

        await Task.WhenAll(before);
    }

    public void Dispose() => _client.Dispose();

    private RemoteWriteMessage Message(int request, int second, long due)
    {
        var message = new RemoteWriteMessage();
        for (var number = request; number < WarmEstate.Series; number += Requests)
        {
            var value = WarmEstate.Value(_random);
            if (number % (WarmEstate.Series / AnomalousSeries) == 0)
            {
                var anomaly = number / (WarmEstate.Series / AnomalousSeries);
                var from = FirstAnomaly + (anomaly * (LastAnomaly - FirstAnomaly) / AnomalousSeries);
                value *= second >= from && second < from + AnomalySeconds ? AnomalyFactor : 1;
                if (_twins[anomaly].Step(
                    new Observation(due, value, double.NaN), WarmEstate.Budget, out _) == AlertTransition.Open)
                {
                    Opened.TryAdd(WarmEstate.Service(number), due);
                }
            }

            message.Series(WarmEstate.Labels(number), (due, value));
        }

        return message;
    }

    private async Task SendAsync(Task before, byte[] body, long due)
    {
        await before;
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        using var answer = await _client.PostAsync(new Uri("api/v1/write", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _refused);
        }

        Answers.Add(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - due);
    }

    private static HttpClient Client(Uri worker, string token)
    {
        var client = new HttpClient { BaseAddress = worker };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
