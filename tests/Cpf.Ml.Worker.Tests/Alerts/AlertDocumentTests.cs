using System.Text.Json;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Publish;
using Cpf.Ml.Worker.Tests.Transactions;
using Cpf.Ml.Worker.Transactions;
using NJsonSchema;

namespace Cpf.Ml.Worker.Tests.Alerts;

/// <summary>
/// What an alert tells a person, made by the whole service and read where people and programs get it.
/// </summary>
public sealed class AlertDocumentTests
{
    private const int Day = 1440;

    /// <summary>Wednesday 1 April 2026, 12:00 in Paris: the clocks went forward on Sunday 29 March.</summary>
    private const int Noon = (30 * Day) + 600;

    private static readonly string[] Secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anomaly_alert_is_fully_documented_from_opening_to_close()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await StartAsync(receiver);
        var depth = Pod("a:9100");
        await host.SendDaysAsync(0, 20, level: 10, depth);
        await host.SendAsync(20 * Day, (20 * Day) + 12, level: 30, depth);
        var past = await ReadAsync(receiver, IsOutage);
        await host.Get<IncidentActions>().CloseAsync(past.Id, null, AlertStores.Alice, Cancel);
        await host.Get<IncidentActions>().JudgeAsync(past.Id, "useful", null, AlertStores.Alice, Cancel);
        await host.SendAsync((20 * Day) + 12, 21 * Day, level: 10, depth);
        await host.SendDaysAsync(21, 30, level: 10, depth);
        await host.SendAsync(30 * Day, Noon, level: 10, depth);

        await host.SendAsync(Noon, Noon + 6, level: 30, depth);
        var opened = await ReadAsync(receiver, told => IsOutage(told) && told.Id != past.Id);

        var first = Assert.Single(opened.Alerts);
        await AssertCompleteAsync(host, first, past.Id);
        AssertComplete(first, past.Id);

        await host.SendAsync(Noon + 6, Noon + 20, level: 60, depth);
        var updated = (await host.Get<IncidentSearchStore>().FindAsync(opened.Id, Cancel))!;
        Assert.True(updated.Alerts[0].Document.Observed > 50, "The document does not speak of the strongest point.");
        AssertComplete(updated.Alerts[0], past.Id);

        await host.SendAsync(Noon + 20, Noon + 200, level: 10, depth);
        var closed = (await host.Get<IncidentSearchStore>().FindAsync(opened.Id, Cancel))!;
        Assert.NotNull(closed.Alerts[0].ClosedAt);
        AssertComplete(closed.Alerts[0], past.Id);
        await host.Get<IncidentActions>().CloseAsync(opened.Id, null, AlertStores.Alice, Cancel);
        var told = await ReadAsync(receiver, told => told.Id == opened.Id && told.State == IncidentState.Closed);
        AssertComplete(told.Alerts[0], past.Id);
    }

    [Fact]
    public async Task No_data_alert_has_its_model_configuration_and_labels()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.SendAsync(0, 3 * 1440, level: 10, Pod("a:9100"));
        host.Time.Advance(TimeSpan.FromMinutes(10));

        await host.Get<NoDataWatch>().CheckAsync(Cancel);
        var told = await ReadAsync(receiver, told => told.Alerts[0].Rule == AlertRules.NoData);

        var document = Assert.Single(told.Alerts).Document;
        Assert.Equal("transactions/no-data@2", document.Model);
        Assert.Equal($"{host.Get<SeriesAlerts>().Configuration} gauge", document.Configuration);
        Assert.Equal("a:9100", document.Labels["instance"]);
        Assert.Equal(WatchedHost.Start.AddDays(3).AddMinutes(-1), document.Since);
    }

    [Fact]
    public async Task Series_limit_alert_has_its_model_and_the_limit()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await StartAsync(receiver, new() { ["Ingest:MaxSeries"] = "1" });
        await host.SendAsync(0, 1, level: 10, Pod("a:9100"));
        var batch = host.Get<Intake>().Batch();
        Assert.NotNull(batch.Add(Pod("b:9100"), WatchedHost.Start.ToUnixTimeMilliseconds(), 1));

        host.Time.Advance(TimeSpan.FromSeconds(11));
        var told = await ReadAsync(receiver, told => told.Alerts[0].Rule == AlertRules.Cardinality);

        var document = Assert.Single(told.Alerts).Document;
        Assert.Equal(
            (1, "ingest/cardinality@1", "MaxSeries=1"), (document.Observed, document.Model, document.Configuration));
    }

    /// <summary>The whole of what the issue asks of an alert's documentation.</summary>
    private static void AssertComplete(Alert alert, string past)
    {
        var document = alert.Document;
        Assert.InRange(document.Observed!.Value, 30, 61);
        Assert.InRange(document.Expected!.Value, 9.5, 11.5);
        Assert.InRange(document.Band99!.Value.Lower, 8, document.Expected.Value);
        Assert.InRange(document.Band99.Value.Upper, document.Expected.Value, 14);
        Assert.True(
            document.Band999!.Value.Lower < document.Band99.Value.Lower
                && document.Band999.Value.Upper > document.Band99.Value.Upper);
        Assert.Equal(
            100 * (document.Observed.Value - document.Expected.Value) / document.Expected.Value,
            document.DeviationPercent!.Value,
            6);
        Assert.InRange(document.DeviationNoise!.Value, 10, 1000);
        Assert.Equal(Math.Min(100, -20 * Math.Log10(document.PValue)), document.Score, 0.01);
        Assert.InRange(document.ConfidenceWeeks, 4, 4.6);
        Assert.True(document.IsWarm);

        Assert.NotEmpty(document.Tests);
        Assert.All(document.Tests, test => Assert.InRange(test.PValue, double.Epsilon, 0.05));
        Assert.Contains(
            document.Tests,
            test => test is { Name: "point" or "time-of-day" or "local", Direction: 1 }
                && test.Sentence.Fr.Contains("1\u00a0point sur", StringComparison.Ordinal));

        Assert.InRange(document.Since, WatchedHost.Start.AddMinutes(Noon - 2), WatchedHost.Start.AddMinutes(Noon + 3));
        Assert.Equal(alert.OpenedAt, document.Since);
        Assert.Contains("attendu", document.Sentence.Fr, StringComparison.Ordinal);
        Assert.Matches(
            "queue_depth à [0-9,]+, attendu 1[01],?[0-9]*, depuis (11|12)\u00a0h\u00a0[0-9]{2}", document.Sentence.Fr);
        Assert.Matches("queue_depth at [0-9.]+, expected 1[01].?[0-9]*, since (11|12):[0-9]{2}", document.Sentence.En);

        // The same minute on the wall: an hour later in UTC while winter time held.
        Assert.Equal(
            [.. Enumerable.Range(1, 4).Select(week => document.Since.AddDays(-7 * week).AddHours(1))],
            document.PastWeeks.Select(moment => moment.At));
        Assert.All(document.PastWeeks, moment => Assert.InRange(moment.Value, 10, 11));

        Assert.Equal((past, "useful"), (document.Similar!.IncidentId, document.Similar.Verdict));
        Assert.InRange(document.Similar.Similarity, 0.5, 1);

        Assert.Equal(SeriesDetector.Model.ToString(), document.Model);
        Assert.Matches("^[0-9a-f]{8} gauge, budget 0.01$", document.Configuration);
        Assert.Equal(
            ["__name__=queue_depth", "instance=a:9100", "job=dossiers"],
            document.Labels.Select(label => $"{label.Key}={label.Value}"));
    }

    /// <summary>As the API gives it.</summary>
    private static async Task AssertCompleteAsync(WatchedHost host, Alert told, string past)
    {
        using var client = await host.ClientAsync(Worker.Access.Scopes.Read);
        var page = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/incidents?state=open", Cancel)).RootElement;
        var alert = StoredJson.Read<Alert>(
            Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("alerts")[0].GetRawText());
        Assert.Equal(told.Id, alert.Id);
        AssertComplete(alert, past);
    }

    /// <summary>Two pods have the same name among people, and differ in their labels.</summary>
    private static SeriesTarget Pod(string instance) => new(new SeriesDescriptor(
        new SeriesIdentity("queue_depth", [new("job", "dossiers"), new("instance", instance)]),
        MetricKind.Gauge,
        "",
        "dossiers"));

    private static Task<WatchedHost> StartAsync(
        WebhookReceiver receiver, Dictionary<string, string>? settings = null) =>
        WatchedHost.StartAsync(settings: new(settings ?? [])
        {
            ["Alerts:SweepEvery"] = "01:00:00",
            ["Publish:Webhooks:0:Name"] = "duty",
            ["Publish:Webhooks:0:Url"] = receiver.Url,
            ["Publish:Webhooks:0:Secrets:0"] = Secrets[0],
        });

    /// <summary>
    /// What a receiver is told next of this kind, after all was held against the schema: chance may raise an alert of
    /// its own in a month.
    /// </summary>
    private static async Task<IncidentDocument> ReadAsync(WebhookReceiver receiver, Func<IncidentDocument, bool> wanted)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.In("docs/alert.schema.json"), Cancel);
        while (true)
        {
            var data = JsonDocument.Parse(
                (await receiver.NextAsync()).Body).RootElement.GetProperty("data").GetRawText();
            Assert.Empty(schema.Validate(data));
            if (StoredJson.Read<IncidentDocument>(data) is var told && wanted(told))
            {
                return told;
            }
        }
    }

    private static bool IsOutage(IncidentDocument told) =>
        told is { ClosedAt: null, Alerts: [{ Document.Observed: > 25 }, ..] };
}
