using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>Events of the platform, sent under load to a service that is killed again and again.</summary>
public sealed class TransactionKillTests
{
    private const int Kills = 3;
    private const int Senders = 3;
    private const int EventsPerRequest = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_lose_and_duplicate_no_acknowledged_transaction()
    {
        using var folder = new TemporaryFolder();
        var requests = 0;
        long minute;
        await using (var worker = await WorkerProcess.StartAsync(folder, "Ingest:Self:Enabled=false"))
        {
            // The next minute: the service knows it from its begin.
            minute = ((TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 60_000) + 1) * 60_000;
            using var enough = new CancellationTokenSource();
            var senders = Enumerable.Range(0, Senders)
                .Select(sender => InsistAsync(worker, sender, minute, enough.Token)).ToList();
            var random = new Random(5);
            for (var kill = 0; kill < Kills; kill++)
            {
                await Task.Delay(random.Next(100, 700), Cancel);
                await worker.KillAsync();
                await worker.StartAsync();
            }

            await enough.CancelAsync();
            requests = (await Task.WhenAll(senders)).Sum();
            await worker.KillAsync();
        }

        // The rest of the minute passes on a clock of the test's.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var last = await WorkerFixture.StartAsync(
            new() { ["Storage:Path"] = folder.In("worker.db"), ["Ingest:Self:Enabled"] = "false" },
            services => services.AddSingleton<TimeProvider>(time));

        Assert.InRange(requests, Kills * Senders, int.MaxValue);
        Assert.Equal(requests * EventsPerRequest, (await VolumeAsync(last, time, minute)).Value);
    }

    /// <summary>Sends requests, each until it is acknowledged, until it is stopped.</summary>
    /// <returns>How many were acknowledged.</returns>
    private static async Task<int> InsistAsync(WorkerProcess worker, int sender, long minute, CancellationToken enough)
    {
        using var client = worker.Client();
        var number = 0;
        while (!enough.IsCancellationRequested)
        {
            while (!await PostAsync(client, Lines(sender, number, minute)))
            {
                await Task.Delay(20, Cancel);
            }

            number++;
        }

        return number;
    }

    private static async Task<bool> PostAsync(HttpClient client, string lines)
    {
        try
        {
            using var body = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(new Uri("api/v1/transactions", UriKind.Relative), body, Cancel);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return false;
            }

            var counts = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.Contains(
                EventsPerRequest,
                new[] { counts.GetProperty("accepted").GetInt32(), counts.GetProperty("duplicate").GetInt32() });
            return true;
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException)
        {
            // The process died under this request, or is not there yet.
            return false;
        }
    }

    /// <summary>No two requests are the same; none of their events has an id.</summary>
    private static string Lines(int sender, int number, long minute) =>
        string.Join('\n', Enumerable.Range(0, EventsPerRequest).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"operation":"search","start":{{minute + (100 * i)}},"""
                + $$""" "duration":{{(sender + 1) / 10.0}}{{number:0000}},"outcome":"ok"}""")));

    private static async Task<ScoredPoint> VolumeAsync(WorkerFixture worker, FakeTimeProvider time, long minute)
    {
        var id = new SeriesIdentity(
            TransactionMetric.VolumeName, [new("service", "search"), new("operation", "search")]).Id;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(minute);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (await worker.Services.GetRequiredService<Estate>()
                .HistoryAsync(id, at, at.AddMinutes(1), limit.Token) is [var point])
            {
                return point;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, limit.Token);
        }
    }
}
