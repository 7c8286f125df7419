using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

public sealed class RestartTests
{
    private static readonly MetricStream Stream = new(series: 3, seed: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_and_alerts_after_clean_restarts_equal_those_of_an_uninterrupted_run()
    {
        using var folder = new TemporaryFolder();

        // Stopped in the warm-up, in the middle of an anomaly, and in the middle of an hour.
        var (scores, alerts) = await RunAsync(folder.In("whole.db"), []);
        var (pieces, again) = await RunAsync(
            folder.In("pieces.db"), [1000, MetricStream.AnomalyStart(0) + 7, MetricStream.AnomalyStart(1) + 33]);

        Assert.NotEmpty(alerts);
        Assert.Equal(scores, pieces);
        Assert.Equal(alerts, again);
    }

    private static async Task<(List<ScoredPoint> Scores, List<string> Alerts)> RunAsync(string path, int[] stops)
    {
        var from = 0;
        foreach (var stop in stops)
        {
            await using var worker = await SendAsync(path, from, stop);
            from = stop;
        }

        await using var last = await SendAsync(path, from, Stream.Minutes);
        var estate = last.Services.GetRequiredService<Estate>();
        var scores = new List<ScoredPoint>();
        foreach (var series in last.Services.GetRequiredService<SeriesCatalog>().Series.OrderBy(
            entry => entry.Identity.Key, StringComparer.Ordinal))
        {
            scores.AddRange(await estate.HistoryAsync(
                series.Identity.Id, MetricStream.Start, MetricStream.Start.AddMinutes(Stream.Minutes), Cancel));
        }

        Assert.Equal(Stream.Series * Stream.Minutes, scores.Count);
        var incidents = await last.Services.GetRequiredService<IncidentSearchStore>().FindAsync(
            new IncidentQuery(), Cancel);
        return (scores, [.. incidents.Items
            .SelectMany(incident => incident.Alerts)
            .Select(alert => $"{alert.Id} {alert.OpenedAt:O} {alert.ClosedAt:O} {alert.Document.Score:R}")
            .Order(StringComparer.Ordinal)]);
    }

    private static async Task<WorkerFixture> SendAsync(string path, int from, int to)
    {
        var worker = await WorkerFixture.StartAsync(
            new() { ["Storage:Path"] = path, ["Transactions:HistoryDays"] = "3650" });
        using var client = await worker.WithTokenAsync("ingest");
        await Stream.SendAsync(client, from, to, minutesPerBatch: 97, Cancel);
        return worker;
    }
}
