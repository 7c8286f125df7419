using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Worker;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Benchmarks.Delivery;

/// <summary>
/// <c>burst</c>: many series of one service alert in one batch, after 100 past incidents and with four weeks of
/// history, and the time until a real Alertmanager has the incident; then all report again, then all end. Under a
/// minute.
/// </summary>
internal static class BurstMeasurement
{
    private const int PastIncidents = 100;
    private const int AlertsOfEach = 100;
    private static readonly HttpClient Http = new();
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cpfml-burst-").FullName;
        try
        {
            var alertmanager = new Uri($"http://127.0.0.1:{Server.FreePort()}/");
            using var receiver = await DeliveryMeasurement.StartAlertmanagerAsync(folder, alertmanager);
            await using var app = WorkerHost.Build(
            [
                "--Urls=http://127.0.0.1:0",
                $"--Storage:Path={Path.Combine(folder, "worker.db")}",
                $"--Publish:Alertmanager:Url={alertmanager}",
                "--Publish:Alertmanager:LateFor=00:00:01",
                "--Ingest:Self:Enabled=false",
                "--Logging:Console:LogLevel:Default=None",
            ]);
            await app.PrepareAsync(CancellationToken.None);
            await app.StartAsync();
            var now = TimeProvider.System.GetUtcNow();
            await PrepareAsync(app.Services, now);
            await UntilAsync(alertmanager, active => active == 0);
            var figures = new List<Figure>();
            foreach (var series in new[] { 200, 2_000, 10_000 })
            {
                figures.AddRange(await MeasureAsync(app.Services, alertmanager, series, now));
            }

            await app.StopAsync();
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrepareAsync(IServiceProvider services, DateTimeOffset now)
    {
        var pipeline = services.GetRequiredService<AlertPipeline>();
        for (var incident = 1; incident <= PastIncidents; incident++)
        {
            var at = now - (10 * incident * Minute);
            await pipeline.ProcessAsync([.. Enumerable.Range(0, AlertsOfEach)
                .Select(series => Open(series * 17, at, "estate"))], CancellationToken.None);
            var open =
                await services.GetRequiredService<IncidentSearchStore>().FindUnclosedAsync(CancellationToken.None);
            await services.GetRequiredService<IncidentActions>()
                .CloseAsync(open[0].Id, null, Actor.System, CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        IServiceProvider services, Uri alertmanager, int series, DateTimeOffset now)
    {
        await WriteHistoryAsync(services, series, now);
        var (context, pipeline) = (services.GetRequiredService<AlertContext>(),
            services.GetRequiredService<AlertPipeline>());
        var openings = Enumerable.Range(0, series).Select(number => Open(number, now, "estate")).ToList();

        var figures = new List<Figure>();
        var whole = Stopwatch.StartNew();
        var complete = await context.CompleteAsync(openings, CancellationToken.None);
        Say("past-weeks", "past weeks read", whole);
        var commit = Stopwatch.StartNew();
        await pipeline.ProcessAsync(complete, CancellationToken.None);
        Say("commit", "one incident of all, committed", commit);
        await UntilAsync(alertmanager, active => active > 0);
        Say("delivered", "from batch to Alertmanager", whole);
        figures[^1] = figures[^1].For("2 s", whole.Elapsed.TotalSeconds <= 2);

        var again = Stopwatch.StartNew();
        await pipeline.ProcessAsync([.. openings.Select(change => new AlertChange(
            AlertTransition.Update, change.Alert with { UpdatedAt = now + Minute }))], CancellationToken.None);
        Say("again", "all report again, committed", again);
        var one = Stopwatch.StartNew();
        await pipeline.ProcessAsync([Open(series + 1, now, "estate")], CancellationToken.None);
        Say("joins", "one more joins, committed", one);
        var end = Stopwatch.StartNew();
        await pipeline.ProcessAsync(
            [.. openings.Select(change => new AlertChange(
                AlertTransition.Close, change.Alert with { UpdatedAt = now + (2 * Minute) }))], CancellationToken.None);
        Say("end", "all end, committed", end);

        foreach (var open in await services.GetRequiredService<IncidentSearchStore>()
            .FindUnclosedAsync(CancellationToken.None))
        {
            await services.GetRequiredService<IncidentActions>()
                .CloseAsync(open.Id, null, Actor.System, CancellationToken.None);
        }

        await UntilAsync(alertmanager, active => active == 0);
        return figures;

        void Say(string id, string what, Stopwatch watch) =>
            figures.Add(Figure.Measured(
                $"{id}-{series}", what, watch.Elapsed.TotalSeconds, "s") with
            { Column = $"{series} series" });
    }

    /// <summary>The hour around the same moment of four weeks.</summary>
    private static async Task WriteHistoryAsync(IServiceProvider services, int series, DateTimeOffset now)
    {
        var blocks = new List<PointBlock>();
        for (var week = 1; week <= 4; week++)
        {
            var hour = new HourBlock();
            var begin = HourBlock.BeginOf(now.AddDays(-7 * week).ToUnixTimeMilliseconds());
            for (var minute = 0; minute < HourBlock.Minutes; minute++)
            {
                hour.Add(new(begin + (minute * 60_000L), minute, minute, 0, 60, 0, 60, 1, false));
            }

            blocks.AddRange(Enumerable.Range(0, series).Select(number => new PointBlock(number, begin, hour.Encode())));
        }

        await services.GetRequiredService<PointBlockStore>().WriteAsync(blocks, CancellationToken.None);
    }

    private static AlertChange Open(int number, DateTimeOffset at, string service)
    {
        var series = number.ToString("x16", CultureInfo.InvariantCulture);
        return new AlertChange(AlertTransition.Open, new Alert
        {
            Id = AlertId.Of(AlertRules.Anomaly, series, at),
            Capability = Capability.Transactions,
            Rule = AlertRules.Anomaly,
            SeriesId = series,
            SeriesName = new($"série {number}", $"series {number}"),
            Service = service,
            Severity = Severity.Warning,
            OpenedAt = at,
            UpdatedAt = at,
            Document = new AlertDocument
            {
                Sentence = new($"série {number} à 5, attendue 1", $"series {number} at 5, expected 1"),
                Observed = 5,
                Expected = 1,
                Band99 = new(0, 2),
                Band999 = new(0, 3),
                DeviationNoise = 9,
                Score = 80 + (number % 20),
                PValue = 1e-4,
                Since = at,
                Tests = [.. Enumerable.Range(0, 6).Select(test => new FiredTest(
                    $"test-{test}", 1e-4, 1, new("La valeur est plus haute", "The value is higher")))],
                Labels = ImmutableSortedDictionary.CreateRange<string, string>(
                    [new("__name__", "duration"), new("instance", $"10.0.0.{number}:9100"), new("job", service)]),
                Model = "transactions/series-detector@1",
                Configuration = "1f0c6a2e duration s, budget 1",
            },
        });
    }

    private static async Task UntilAsync(Uri alertmanager, Func<int, bool> wanted)
    {
        while (!wanted(
            (await Http.GetFromJsonAsync<JsonElement>(new Uri(alertmanager, "api/v2/alerts"))).GetArrayLength()))
        {
            await Task.Delay(10);
        }
    }
}
