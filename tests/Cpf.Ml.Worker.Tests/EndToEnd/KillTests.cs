using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Tests.Publish;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>
/// Kills at the worst moment, while an alert opens, compared with a run that nobody interrupts: the sender repeats what
/// no checkpoint knows, so that the same alerts must come about.
/// </summary>
public sealed class KillTests(PostgresCluster cluster)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    // A level curve: the stream passes a day in a few seconds, and what is lost of it must not look like the hour of
    // the day.
    private static readonly MetricStream Stream = new(series: 6, seed: 2, daily: 0);

    private static readonly Lazy<Task<(List<(string Id, int RaisedAt)> First,
    List<string> All)>> Uninterrupted = new(UninterruptedAsync);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kills_lose_and_duplicate_no_acknowledged_alert_and_receivers_get_all(bool postgres)
    {
        using var folder = new TemporaryFolder();
        var (expected, all) = await Uninterrupted.Value;
        await using var receiver = await WebhookReceiver.StartAsync();
        var storage = new StorageSettings
        {
            Path = folder.In("worker.db"),
            Connection = postgres ? await cluster.CreateDatabaseAsync() : "",
        };
        await using var database = new Database(storage);
        await using var worker = await WorkerProcess.StartAsync(
            folder,
            [
                "Transactions:CheckpointInterval=00:00:01", "Ingest:Self:Enabled=false", "Publish:Webhooks:0:Name=test",
                $"Publish:Webhooks:0:Url={receiver.Url}", $"Publish:Webhooks:0:Secrets:0={Secret}",
                $"Storage:Connection={storage.Connection}",
            ]);
        var random = new Random(3);
        var minute = 0;
        for (var number = 0; number < Stream.Series; number++)
        {
            await SendAsync(worker, minute, minute = MetricStream.AnomalyStart(number));
            if (number % 4 == 3)
            {
                // One in four opens its alert in peace.
                continue;
            }

            await CheckpointAsync(worker);
            var alert = expected[number];
            receiver.Answer = number % 2 == 0 ? 204 : 503;
            await SendAsync(worker, minute, alert.RaisedAt);

            var acknowledged = (number % 3) switch
            {
                0 => await KillAfterAsync(worker, alert.RaisedAt),
                1 => await KillDuringAsync(worker, alert.RaisedAt, TimeSpan.FromMilliseconds(random.NextDouble() * 15)),
                _ => await KillBeforeCommitAsync(worker, database, alert.RaisedAt),
            };
            await worker.StartAsync();
            receiver.Answer = 204;
            Assert.True(
                !acknowledged || (await AlertsAsync(worker)).Exists(known => known.Id == alert.Id),
                $"The batch that raised the alert of s{number} was acknowledged; the alert is gone.");
        }

        await SendAsync(worker, minute, Stream.Minutes);

        var found = await AlertsAsync(worker);
        Assert.Equal(
            all, found.Select(alert => Line(alert.Id, alert.OpenedAt, alert.ClosedAt)).Order(StringComparer.Ordinal));
        await AssertToldAsync(receiver, [.. found.Select(alert => alert.Incident)]);
    }

    /// <summary>
    /// The alert of each series' anomaly, in order, with the minute that raised it, as the alert says and not as it was
    /// seen; and all alerts there are at the end.
    /// </summary>
    private static async Task<(List<(string Id, int RaisedAt)> First, List<string> All)> UninterruptedAsync()
    {
        await using var worker = await WorkerFixture.StartAsync(new() { ["Ingest:Self:Enabled"] = "false" });
        using var client = await worker.WithTokenAsync("ingest");
        var incidents = worker.Services.GetRequiredService<IncidentSearchStore>();
        var alerts = new List<(string Id, int RaisedAt)>();
        var minute = 0;
        for (var number = 0; number < Stream.Series; number++)
        {
            await Stream.SendAsync(
                client, minute, minute = MetricStream.AnomalyStart(number), minutesPerBatch: 60, Cancel);
            while (alerts.Count == number)
            {
                Assert.InRange(minute, 0, MetricStream.AnomalyStart(number) + MetricStream.AnomalyMinutes);
                await Stream.SendAsync(client, minute, minute + 1, minutesPerBatch: 1, Cancel);
                alerts.AddRange((await incidents.FindOpenAlertsAsync(Cancel))
                    .Where(alert => alert.Service == $"s{number}")
                    .Select(alert => (alert.Id, (int)(alert.UpdatedAt - MetricStream.Start).TotalMinutes)));
                minute++;
            }
        }

        await Stream.SendAsync(client, minute, Stream.Minutes, minutesPerBatch: 60, Cancel);
        var found = await incidents.FindAsync(new IncidentQuery(Take: 200), Cancel);
        return (alerts, [.. found.Items.SelectMany(incident => incident.Alerts)
            .Select(alert => Line(alert.Id, alert.OpenedAt, alert.ClosedAt))
            .Order(StringComparer.Ordinal)]);
    }

    private static string Line(string id, DateTimeOffset opened, DateTimeOffset? closed) =>
        $"{id} {opened:u} {closed:u}";

    private static async Task SendAsync(WorkerProcess worker, int from, int to)
    {
        using var client = worker.Client();
        await Stream.SendAsync(client, from, to, minutesPerBatch: 60, Cancel);
    }

    /// <summary>Kills as soon as the minute is acknowledged.</summary>
    private static async Task<bool> KillAfterAsync(WorkerProcess worker, int minute)
    {
        using var client = worker.Client();
        var acknowledged = await PostAsync(client, minute);
        await worker.KillAsync();
        return acknowledged;
    }

    /// <summary>Kills a while after the minute was sent.</summary>
    /// <returns>Whether it was acknowledged all the same.</returns>
    private static async Task<bool> KillDuringAsync(WorkerProcess worker, int minute, TimeSpan delay)
    {
        using var client = worker.Client();
        var sent = PostAsync(client, minute);
        await Task.WhenAny(sent, Task.Delay(delay, Cancel));
        await worker.KillAsync();
        return await sent;
    }

    /// <summary>
    /// Kills while the store keeps the commit waiting; an acknowledgement before it would come in that time.
    /// </summary>
    /// <returns>Whether it came.</returns>
    private static async Task<bool> KillBeforeCommitAsync(WorkerProcess worker, Database database, int minute)
    {
        await using var connection = await database.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        if (database.IsPostgres)
        {
            await connection.ExecuteAsync("lock table incident in access exclusive mode", transaction: transaction);
        }

        return await KillDuringAsync(worker, minute, TimeSpan.FromSeconds(1));
    }

    private static async Task<bool> PostAsync(HttpClient client, int minute)
    {
        try
        {
            using var body = new StringContent(Stream.Lines(minute, minute + 1), Encoding.UTF8, "application/x-ndjson");
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri("api/v1/metrics", UriKind.Relative))
            { Content = body };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException)
        {
            // The process died under this request.
            return false;
        }
    }

    /// <summary>
    /// Returns once a checkpoint is complete that began after this call: what was learnt so far is safe.
    /// </summary>
    private static async Task CheckpointAsync(WorkerProcess worker)
    {
        using var client = worker.Client();
        var first = await CheckpointsAsync(client);
        while (await CheckpointsAsync(client) < first + 2)
        {
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task<int> CheckpointsAsync(HttpClient client)
    {
        var metrics = await client.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancel);
        var line = metrics.Split('\n')
            .Single(line => line.StartsWith("cpfml_checkpoint_duration_seconds_count ", StringComparison.Ordinal));
        return int.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
    }

    private static async Task<List<(string Id, string Incident, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)>>
        AlertsAsync(WorkerProcess worker)
    {
        using var client = worker.Client();
        var page = await client.GetFromJsonAsync<JsonElement>(
            new Uri("api/v1/incidents?take=200", UriKind.Relative), Cancel);
        return [
            .. page.GetProperty("items").EnumerateArray()
            .SelectMany(incident => incident.GetProperty("alerts").EnumerateArray().Select(alert => (
                alert.GetProperty("id").GetString()!,
                incident.GetProperty("id").GetString()!,
                alert.GetProperty("openedAt").GetDateTimeOffset(),
                alert.TryGetProperty("closedAt", out var closed) && closed.ValueKind == JsonValueKind.String
                    ? closed.GetDateTimeOffset()
                    : (DateTimeOffset?)null)))];
    }

    /// <summary>Waits until the receiver has been notified of each opening; it recognises repetitions by the
    /// id.</summary>
    private static async Task AssertToldAsync(WebhookReceiver receiver, HashSet<string> incidents)
    {
        var opened = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!incidents.SetEquals(opened.Keys))
        {
            var delivery = await receiver.NextAsync();
            var news = JsonDocument.Parse(delivery.Body).RootElement;
            if (news.GetProperty("type").GetString()!.Contains(".opened.", StringComparison.Ordinal))
            {
                var incident = news.GetProperty("subject").GetString()!;
                Assert.Equal(delivery.Id, opened.GetValueOrDefault(incident, delivery.Id));
                opened[incident] = delivery.Id;
            }
        }
    }
}
