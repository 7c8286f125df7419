using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Benchmarks.Delivery;

/// <summary>
/// <c>delivery</c>: 20 000 points a second by remote_write into a Worker of 20 000 warm series, and the time from the moment when a
/// point that opens an alert is sent until a real Alertmanager has the alert. About three minutes.
/// </summary>
internal static class DeliveryMeasurement
{
    private static readonly HttpClient Http = new();

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cpfml-delivery-").FullName;
        try
        {
            var estate = new WarmEstate(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            var database = Path.Combine(folder, "worker.db");
            var token = await estate.StoreAsync(database);
            var (alertmanager, worker) = (Address(), Address());
            using var receiver = await StartAlertmanagerAsync(folder, alertmanager);
            using var service = await Server.StartAsync(
                Path.Combine(folder, "worker.log"),
                new Uri(worker, "health/ready"),
                "dotnet",
                typeof(WorkerHost).Assembly.Location,
                $"--Urls={worker}",
                $"--Storage:Path={database}",
                $"--Publish:Alertmanager:Url={alertmanager}",
                "--Access:RequestsPerSecond=100000",
                "--Ingest:Self:Enabled=false");
            Say("series, taken up warm", WarmEstate.Series);

            using var load = new Load(estate, worker, token);
            using var over = new CancellationTokenSource();
            var receipts = ReceiveAsync(alertmanager, over.Token);
            await load.RunAsync();
            over.CancelAfter(TimeSpan.FromSeconds(5));
            Report(load, await receipts);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Uri Address() => new($"http://127.0.0.1:{Server.FreePort()}/");

    internal static async Task<Server> StartAlertmanagerAsync(string folder, Uri address)
    {
        var configuration = Path.Combine(folder, "alertmanager.yml");
        await File.WriteAllTextAsync(configuration, "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
        return await Server.StartAsync(
            Path.Combine(folder, "alertmanager.log"),
            new Uri(address, "-/ready"),
            "prometheus-alertmanager",
            $"--config.file={configuration}",
            $"--storage.path={Path.Combine(folder, "alertmanager")}",
            $"--web.listen-address={address.Authority}",
            "--cluster.listen-address=");
    }

    /// <summary>When Alertmanager, by its own clock, first had an alert of each service; Unix milliseconds.</summary>
    private static async Task<Dictionary<string, long>> ReceiveAsync(Uri alertmanager, CancellationToken over)
    {
        var received = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!over.IsCancellationRequested)
        {
            foreach (var alert in (await Http.GetFromJsonAsync<JsonElement>(new Uri(alertmanager, "api/v2/alerts"), CancellationToken.None)).EnumerateArray())
            {
                received.TryAdd(
                    alert.GetProperty("labels").GetProperty("service").GetString()!,
                    alert.GetProperty("updatedAt").GetDateTimeOffset().ToUnixTimeMilliseconds());
            }

            await Task.Delay(200, CancellationToken.None);
        }

        return received;
    }

    private static void Report(Load load, Dictionary<string, long> received)
    {
        var delays = load.Opened.Where(opened => received.ContainsKey(opened.Key))
            .Select(opened => (received[opened.Key] - opened.Value) / 1000.0).Order().ToList();
        Say("points sent a second", WarmEstate.Series);
        Say("seconds", Load.Seconds);
        Say("requests refused", load.Refused);
        Say("answer to a request, seconds at the median", At([.. load.Answers.Order()], 0.5) / 1000);
        Say("answer to a request, seconds at the 99th percentile", At([.. load.Answers.Order()], 0.99) / 1000);
        Say("strange series", Load.StrangeSeries);
        Say("alerts that were to open", load.Opened.Count);
        Say("of which Alertmanager had", delays.Count);
        Say("other alerts", received.Keys.Count(service => !load.Opened.ContainsKey(service)));
        Say("from point to Alertmanager, seconds at the median", At(delays, 0.5));
        Say("from point to Alertmanager, seconds at the 99th percentile", At(delays, 0.99));
        Say("from point to Alertmanager, seconds at most", At(delays, 1));
    }

    private static double At(List<double> ordered, double share) =>
        ordered.Count == 0 ? double.NaN : ordered[(int)Math.Ceiling(share * ordered.Count) - 1];

    private static void Say(string what, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:#,0.##} |"));
}
