using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

public sealed class KillTests
{
    private const int Kills = 20;
    // A level curve: after a kill the stream, a hundred times compressed, goes on an hour later, and a daily curve would have moved.
    private static readonly MetricStream Stream = new(series: 30, seed: 2, daily: 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_kills_under_load_lose_no_acknowledged_alert_and_double_none()
    {
        using var folder = new TemporaryFolder();
        await using var worker = await WorkerProcess.StartAsync(folder, "Transactions:CheckpointInterval=00:00:01");
        using (var client = worker.Client())
        {
            await Stream.SendAsync(client, 0, MetricStream.Warm, minutesPerBatch: 60, Cancel);
            await CheckpointAsync(client);
        }

        var random = new Random(3);
        var seen = new Dictionary<string, KnownAlert>(StringComparer.Ordinal);
        var perKill = (Stream.Minutes - MetricStream.Warm) / (Kills + 1);
        var minute = MetricStream.Warm;
        var killedAt = new List<int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // A sender goes on while the process dies at a moment that it does not choose.
            var killAt = MetricStream.Warm + ((kill + 1) * perKill);
            var sent = SendUntilItDiesAsync(worker, minute, killAt);
            await Task.Delay(random.Next(50, 2000), Cancel);
            await worker.KillAsync();
            minute = await sent;
            killedAt.Add(minute);

            await worker.StartAsync();
            await RememberAsync(worker, seen);
        }

        using (var client = worker.Client())
        {
            await Stream.SendAsync(client, minute, Stream.Minutes, minutesPerBatch: 1, Cancel);
        }

        await RememberAsync(worker, seen);

        // A killed process takes seconds of the detectors' memory with it, here many minutes of the stream: only a strange time that a
        // kill cut in two may be missed.
        var whole = Enumerable.Range(0, Stream.Series)
            .Where(number => !killedAt.Exists(kill => kill > MetricStream.StrangeFrom(number) && kill <= MetricStream.StrangeFrom(number) + MetricStream.Strange))
            .ToList();
        Assert.NotEmpty(whole);
        Assert.All(whole, number => Assert.Contains(seen.Values, alert => alert.Covers(number)));
        foreach (var alerts in seen.Values.GroupBy(alert => alert.Service))
        {
            var inOrder = alerts.OrderBy(alert => alert.OpenedAt).ToList();
            for (var i = 1; i < inOrder.Count; i++)
            {
                Assert.True(inOrder[i - 1].ClosedAt <= inOrder[i].OpenedAt, $"{alerts.Key} has two alerts at once: {inOrder[i - 1]}, {inOrder[i]}");
            }
        }
    }

    /// <summary>Returns once a checkpoint is complete that began after this call: what was learnt so far is safe.</summary>
    private static async Task CheckpointAsync(HttpClient client)
    {
        var first = await CheckpointsAsync(client);
        while (await CheckpointsAsync(client) < first + 2)
        {
            await Task.Delay(100, Cancel);
        }
    }

    private static async Task<int> CheckpointsAsync(HttpClient client)
    {
        var metrics = await client.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancel);
        var line = metrics.Split('\n').Single(line => line.StartsWith("cpfml_checkpoint_duration_seconds_count ", StringComparison.Ordinal));
        return int.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
    }

    /// <returns>The first minute that was not acknowledged.</returns>
    private static async Task<int> SendUntilItDiesAsync(WorkerProcess worker, int from, int to)
    {
        using var client = worker.Client();
        var minute = from;
        try
        {
            for (; minute < to; minute++)
            {
                using var body = new StringContent(Stream.Lines(minute, minute + 1), Encoding.UTF8, "application/x-ndjson");
                using var answer = await client.PostAsync(new Uri("api/v1/metrics", UriKind.Relative), body, Cancel);
                if (!answer.IsSuccessStatusCode)
                {
                    break;
                }

                // Slow enough that kills fall into the stream and checkpoints between them.
                await Task.Delay(20, Cancel);
            }
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException)
        {
            // The process died under this request: it was not acknowledged.
        }

        return minute;
    }

    /// <summary>Every alert that was ever shown is still there, and a closed one stays closed.</summary>
    private static async Task RememberAsync(WorkerProcess worker, Dictionary<string, KnownAlert> seen)
    {
        using var client = worker.Client();
        var page = await client.GetFromJsonAsync<JsonElement>(new Uri("api/v1/incidents?take=200", UriKind.Relative), Cancel);
        var now = page.GetProperty("items").EnumerateArray()
            .SelectMany(incident => incident.GetProperty("alerts").EnumerateArray())
            .Select(KnownAlert.Of)
            .ToList();
        Assert.Equal(now.Count, now.DistinctBy(alert => alert.Id).Count());
        foreach (var known in seen.Values)
        {
            var found = Assert.Single(now, alert => alert.Id == known.Id);
            Assert.True(known.ClosedAt is null || found.ClosedAt == known.ClosedAt, $"{known} was closed and is now {found}");
        }

        foreach (var alert in now)
        {
            seen[alert.Id] = alert;
        }
    }

    private sealed record KnownAlert(string Id, string Service, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
    {
        /// <summary>Whether it was open in the strange time of a series.</summary>
        public bool Covers(int number)
        {
            var from = MetricStream.Start.AddMinutes(MetricStream.StrangeFrom(number));
            return Service == $"s{number}" && OpenedAt < from.AddMinutes(MetricStream.Strange) && !(ClosedAt <= from);
        }

        public static KnownAlert Of(JsonElement alert) => new(
            alert.GetProperty("id").GetString()!,
            alert.GetProperty("service").GetString()!,
            alert.GetProperty("openedAt").GetDateTimeOffset(),
            alert.TryGetProperty("closedAt", out var closed) && closed.ValueKind == JsonValueKind.String ? closed.GetDateTimeOffset() : null);
    }
}
