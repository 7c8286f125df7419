using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Worker;

namespace Cpf.Ml.Benchmarks.Delivery;

/// <summary>
/// <c>delivery</c>: 20 000 points a second by remote_write into a Worker of 20 000 warm series, and the time from the
/// moment when a point that opens an alert is sent until a real Alertmanager has the alert. About three minutes.
/// </summary>
internal static class DeliveryMeasurement
{
    private static readonly HttpClient Http = new();

    public static async Task<IReadOnlyList<Figure>> RunAsync()
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

            using var load = new Load(estate, worker, token);
            using var over = new CancellationTokenSource();
            var receipts = ReceiveAsync(alertmanager, over.Token);
            await load.RunAsync();
            over.CancelAfter(TimeSpan.FromSeconds(5));
            return [.. Figures(load, await receipts)];
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
            foreach (var alert in (await Http.GetFromJsonAsync<JsonElement>(
                new Uri(alertmanager, "api/v2/alerts"), CancellationToken.None)).EnumerateArray())
            {
                received.TryAdd(
                    alert.GetProperty("labels").GetProperty("service").GetString()!,
                    alert.GetProperty("updatedAt").GetDateTimeOffset().ToUnixTimeMilliseconds());
            }

            await Task.Delay(200, CancellationToken.None);
        }

        return received;
    }

    private static IEnumerable<Figure> Figures(Load load, Dictionary<string, long> received)
    {
        var delays = load.Opened.Where(opened => received.ContainsKey(opened.Key))
            .Select(opened => (received[opened.Key] - opened.Value) / 1000.0).Order().ToList();
        var answers = load.Answers.Order().ToList();
        yield return Count("series", "series, taken up warm, of one point a second", WarmEstate.Series);
        yield return Count("seconds", "seconds of load", Load.Seconds);
        yield return Count("refused", "requests refused", load.Refused).For("0", load.Refused == 0);
        yield return Seconds("answer-median", "answer to a request, median", At(answers, 0.5) / 1000);
        yield return Seconds("answer-99", "answer to a request, 99th percentile", At(answers, 0.99) / 1000);
        yield return Count("anomalous", "anomalous series", Load.AnomalousSeries);
        yield return Count("opened", "alerts that were to open", load.Opened.Count);
        yield return Count("received", "of which Alertmanager had", delays.Count)
            .For("all", delays.Count == load.Opened.Count);
        yield return Count("others", "other alerts", received.Keys.Count(service => !load.Opened.ContainsKey(service)));
        yield return Seconds("delay-median", "from point to Alertmanager, median", At(delays, 0.5));
        var slow = At(delays, 0.99);
        yield return Seconds("delay-99", "from point to Alertmanager, 99th percentile", slow).For("2 s", slow <= 2);
        yield return Seconds("delay-max", "from point to Alertmanager, maximum", At(delays, 1));
    }

    private static Figure Count(string id, string what, double count) => Figure.Measured(id, what, count, decimals: 0);

    private static Figure Seconds(string id, string what, double seconds) => Figure.Measured(id, what, seconds, "s");

    private static double At(List<double> ordered, double share) =>
        ordered.Count == 0 ? double.NaN : ordered[(int)Math.Ceiling(share * ordered.Count) - 1];
}
