using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class TransactionIntakeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_minute_of_purchases_becomes_volume_error_rate_and_durations()
    {
        await using var host = await IngestHost.StartAsync();
        await PostAsync(host, Line(5, "purchase", 1.0), Line(6, "purchase", 1.2), Line(7, "purchase", 9.0, "timeout"), Line(8, "purchase", 1.1, "declined"));

        await MinutesPassAsync(host, 2);

        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.All(samples, sample => Assert.Equal(IngestHost.Start.ToUnixTimeMilliseconds(), sample.Timestamp));
        Assert.All(samples, sample => Assert.Equal("purchase", sample.Series.Service));
        var named = samples.ToDictionary(sample => sample.Series.Identity.Name + sample.Series.Identity.Labels.GetValueOrDefault("quantile"));
        Assert.Equal(4, named["transaction_volume"].Value);
        Assert.Equal((0.25, 4), (named["transaction_error_ratio"].Value, named["transaction_error_ratio"].Volume));
        Assert.Equal(1.1, named["transaction_duration_seconds0.5"].Value, 0.002);
        Assert.Equal(9.0, named["transaction_duration_seconds0.99"].Value, 0.01);
    }

    [Fact]
    public async Task Repeated_late_and_bad_events_are_told_apart_in_the_answer()
    {
        await using var host = await IngestHost.StartAsync();

        var first = await ReadAsync(await PostAsync(host, Line(1, "search", 0.2, id: "a"), Line(1, "search", 0.2, id: "a"), Line(-90, "search", 0.2)));
        Assert.Equal((1, 1, 1), (first["accepted"]!.GetValue<int>(), first["duplicate"]!.GetValue<int>(), first["incompleteMinute"]!.GetValue<int>()));

        await MinutesPassAsync(host, 2);
        var second = await ReadAsync(await PostAsync(host, Line(2, "search", 0.2)));
        Assert.Equal((0, 1), (second["accepted"]!.GetValue<int>(), second["late"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("""{"start":1772446500000,"duration":1,"outcome":"ok"}""", "operation", "malformed")]
    [InlineData("""{"operation":"a","start":1772446500000,"duration":-0.1,"outcome":"ok"}""", "duration", "negative")]
    [InlineData("""{"operation":"a","start":1772446500000,"duration":1e300,"outcome":"ok"}""", "duration", "out-of-range")]
    [InlineData("""{"operation":"a","start":1772446500000,"duration":1}""", "outcome", "malformed")]
    [InlineData("""{"operation":"a","start":1772446500,"duration":1,"outcome":"ok"}""", "start", "too-old")]
    [InlineData("""{"operation":"a","start":1772447500000,"duration":1,"outcome":"ok"}""", "start", "future")]
    [InlineData("""{"operation":["a"],"start":1772446500000,"duration":1,"outcome":"ok"}""", "operation", "malformed")]
    public async Task A_bad_event_is_reported_with_its_field(string line, string field, string reason)
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await PostAsync(host, line);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = (await ReadAsync(answer))["errors"]![0]!;
        Assert.Equal((field, reason), (error["field"]!.GetValue<string>(), error["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_clean_restart_loses_no_event_and_changes_no_minute()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(IngestHost.Start);
        await using (var first = await IngestHost.StartAsync(folder: folder.Path, time: time))
        {
            await PostAsync(first, Line(5, "search", 0.2));
            await first.StopAsync();
        }

        time.Advance(TimeSpan.FromSeconds(20));
        await using var second = await IngestHost.StartAsync(folder: folder.Path, time: time);
        await PostAsync(second, Line(15, "search", 0.4));
        await MinutesPassAsync(second, 2);

        var samples = await second.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.Equal(2, samples.Single(sample => sample.Series.Identity.Name == "transaction_volume").Value);
    }

    [Fact]
    public async Task After_a_kill_a_minute_that_may_be_incomplete_is_not_reported()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(IngestHost.Start);
        await using var killed = await IngestHost.StartAsync(folder: folder.Path, time: time);
        await PostAsync(killed, Line(5, "search", 0.2));

        time.Advance(TimeSpan.FromSeconds(20));
        await using var second = await IngestHost.StartAsync(folder: folder.Path, time: time);
        await PostAsync(second, Line(30, "search", 0.4), Line(70, "search", 0.4));
        await MinutesPassAsync(second, 3);

        var samples = await second.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.All(samples, sample => Assert.Equal(IngestHost.Start.AddMinutes(1).ToUnixTimeMilliseconds(), sample.Timestamp));
    }

    [Fact]
    public async Task A_stop_longer_than_the_grace_reports_what_was_whole_and_nothing_of_the_gap()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(IngestHost.Start);
        await using (var first = await IngestHost.StartAsync(folder: folder.Path, time: time))
        {
            await PostAsync(first, Line(5, "search", 0.2), Line(65, "search", 0.2));
            time.Advance(TimeSpan.FromSeconds(70));
            await first.StopAsync();
        }

        time.Advance(TimeSpan.FromMinutes(10));
        await using var second = await IngestHost.StartAsync(folder: folder.Path, time: time);
        await MinutesPassAsync(second, 2);

        var samples = await second.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.All(samples, sample => Assert.Equal(IngestHost.Start.ToUnixTimeMilliseconds(), sample.Timestamp));
    }

    private static string Line(int second, string operation, double duration, string outcome = "ok", string id = "") =>
        string.Create(CultureInfo.InvariantCulture,
            $$"""{"operation":"{{operation}}","start":"{{IngestHost.Start.AddSeconds(second):O}}","duration":{{duration}},"outcome":"{{outcome}}","id":"{{id}}"}""");

    /// <summary>Lets the clock run, tick by tick, so that the closing of minutes is seen.</summary>
    private static async Task MinutesPassAsync(IngestHost host, int minutes)
    {
        for (var second = 0; second < 60 * minutes; second += 5)
        {
            host.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;

    private static async Task<HttpResponseMessage> PostAsync(IngestHost host, params string[] lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        return await host.Client.PostAsync(new Uri("/api/v1/transactions", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
