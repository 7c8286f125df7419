using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Worker;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Benchmarks.Delivery;

/// <summary>Many series of one point a second that a Worker takes up warm: all have the past of one.</summary>
internal sealed class WarmEstate
{
    public const int Series = 20_000;
    private const int SeriesPerService = 10;
    private const int HistorySeconds = (8 * 86_400) + 3600;
    private const int RowsAtOnce = 1_000;
    private const double Usual = 0.4;

    private static readonly TransactionsSettings Settings = new();
    private readonly byte[] _state;

    /// <param name="end">When the history ends, Unix milliseconds.</param>
    public WarmEstate(long end)
    {
        var series = new SeriesState(
            Descriptor(0).Identity,
            new SeriesMonitor(Settings.Detector(MetricKind.Duration), Settings.Rule(MetricKind.Duration)));
        var random = new Random(1);
        for (var second = 0; second < HistorySeconds; second++)
        {
            var point = new Observation(end - ((HistorySeconds - second) * 1000L), Value(random), double.NaN);
            series.Monitor.Step(point, Budget, out var assessment);
            series.Keep(point, assessment);
            if (series.Hour.IsOver(point.Timestamp + 1000))
            {
                series.Hour.Clear();
            }
        }

        series.Monitor.Rule.Close();
        var state = new ArrayBufferWriter<byte>();
        series.Snapshot(state);
        _state = state.WrittenSpan.ToArray();
    }

    /// <summary>Alerts a point, as the Worker works them out from
    /// <see cref="Worker.Alerts.AlertSettings.BudgetPerDay"/> = 1.</summary>
    public static double Budget => 1.0 / (Series * 86_400.0);

    public static (string Name, string Value)[] Labels(int number) =>
        [("__name__", "operation_duration_seconds"), ("operation", $"o{number}"), ("service", Service(number))];

    public static string Service(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"s{number / SeriesPerService}");

    public static double Value(Random random) =>
        Usual * (0.85 + (0.1 * (random.NextDouble() + random.NextDouble() + random.NextDouble())));

    /// <summary>A detector of one's own with the same past, that says what the Worker's should.</summary>
    public SeriesMonitor Twin(int number) => SeriesState.Restore(Descriptor(number), Settings, "", _state).Monitor;

    /// <summary>Writes the states to the database, and makes a token for sending.</summary>
    public async Task<string> StoreAsync(string path)
    {
        await using var app =
            WorkerHost.Build(["--environment=Production", $"--Storage:Path={path}", "--Logging:LogLevel:Default=None"]);
        await app.PrepareAsync(CancellationToken.None);
        var store = app.Services.GetRequiredService<SeriesStateStore>();
        foreach (var numbers in Enumerable.Range(0, Series).Chunk(RowsAtOnce))
        {
            await store.WriteAsync([.. numbers.Select(Row)], CancellationToken.None);
        }

        var (_, secret) = await app.Services.GetRequiredService<ApiTokens>()
            .CreateAsync(Actor.System, "load", [Scopes.Ingest], null, CancellationToken.None);
        return secret;
    }

    private StoredSeries Row(int number)
    {
        var series = Descriptor(number);
        return new StoredSeries(
            series.Identity.Id,
            series.Identity.Key,
            series.Identity.Name,
            JsonSerializer.Serialize(series.Identity.Labels.ToDictionary()),
            series.Kind.ToString(),
            series.Unit,
            series.Service,
            Model: "",
            _state);
    }

    private static SeriesDescriptor Descriptor(int number)
    {
        var labels = Labels(number);
        return new SeriesDescriptor(
            new SeriesIdentity(
                labels[0].Value, [.. labels[1..].Select(label => KeyValuePair.Create(label.Name, label.Value))]),
            MetricKind.Duration,
            "s",
            Service(number));
    }
}
