using Cpf.Ml.Worker.Ingest.Series;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cpf.Ml.Worker.Ingest.Transactions;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class TransactionIntakeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_minute_of_purchases_becomes_volume_error_rate_and_durations()
    {
        await using var host = await IngestHost.StartAsync();
        await PostAsync(
            host,
            Line(5, "purchase", 1.0),
            Line(6, "purchase", 1.2),
            Line(7, "purchase", 9.0, "timeout"),
            Line(8, "purchase", 1.1, "declined"));

        await MinutesPassAsync(host, 2);

        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.All(samples, sample => Assert.Equal(IngestHost.Start.ToUnixTimeMilliseconds(), sample.Timestamp));
        Assert.All(samples, sample => Assert.Equal("purchase", sample.Series.Service));
        var named = samples.ToDictionary(
            sample => sample.Series.Identity.Name + sample.Series.Identity.Labels.GetValueOrDefault("quantile"));
        Assert.Equal(4, named["transaction_volume"].Value);
        Assert.Equal((0.25, 4), (named["transaction_error_ratio"].Value, named["transaction_error_ratio"].Volume));
        Assert.Equal(1.1, named["transaction_duration_seconds0.5"].Value, 0.002);
        Assert.Equal(9.0, named["transaction_duration_seconds0.99"].Value, 0.01);
    }

    [Fact]
    public async Task Response_distinguishes_repeated_late_and_invalid_events()
    {
        await using var host = await IngestHost.StartAsync();

        var first = await ReadAsync(
            await PostAsync(
                host, Line(1, "search", 0.2, id: "a"), Line(1, "search", 0.2, id: "a"), Line(-90, "search", 0.2)));
        Assert.Equal(
            (1, 1, 1),
            (
                first["accepted"]!.GetValue<int>(),
                first["duplicate"]!.GetValue<int>(),
                first["incompleteMinute"]!.GetValue<int>()));

        await MinutesPassAsync(host, 2);
        var second = await ReadAsync(await PostAsync(host, Line(2, "search", 0.2)));
        Assert.Equal((0, 1), (second["accepted"]!.GetValue<int>(), second["late"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("""{"start":1772446500000,"duration":1,"outcome":"ok"}""", "operation", "malformed")]
    [InlineData("""{"operation":"a","start":1772446500000,"duration":-0.1,"outcome":"ok"}""", "duration", "negative")]
    [InlineData(
        """{"operation":"a","start":1772446500000,"duration":1e300,"outcome":"ok"}""", "duration", "out-of-range")]
    [InlineData("""{"operation":"a","start":1772446500000,"duration":1}""", "outcome", "malformed")]
    [InlineData("""{"operation":"a","start":1772446500,"duration":1,"outcome":"ok"}""", "start", "too-old")]
    [InlineData("""{"operation":"a","start":1772447500000,"duration":1,"outcome":"ok"}""", "start", "future")]
    [InlineData("""{"operation":["a"],"start":1772446500000,"duration":1,"outcome":"ok"}""", "operation", "malformed")]
    public async Task Invalid_event_is_reported_with_its_field(string line, string field, string reason)
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
    public async Task Acknowledged_events_are_counted_once_after_a_kill()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await IngestHost.StartAsync(folder: folder.Path);
        string[] lines = [Line(5, "search", 0.2), Line(5, "search", 0.2), Line(6, "search", 0.2, id: "a")];
        await PostAsync(killed, lines);

        await using var second = await IngestHost.StartAsync(
            folder: folder.Path, time: After(TimeSpan.FromSeconds(20)));
        var again = await ReadAsync(await PostAsync(second, lines));
        Assert.Equal((0, 3), (again["accepted"]!.GetValue<int>(), again["duplicate"]!.GetValue<int>()));
        await PostAsync(second, Line(30, "search", 0.4), Line(31, "search", 0.2, id: "a"));
        await MinutesPassAsync(second, 2);

        var samples = await second.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.Equal(4, samples.Single(sample => sample.Series.Identity.Name == "transaction_volume").Value);
    }

    [Fact]
    public async Task Minute_of_an_absence_longer_than_the_grace_is_not_reported()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await IngestHost.StartAsync(folder: folder.Path);
        await PostAsync(killed, Line(5, "search", 0.2));

        await using var second = await IngestHost.StartAsync(
            folder: folder.Path, time: After(TimeSpan.FromSeconds(40)));
        var answer = await ReadAsync(await PostAsync(second, Line(30, "search", 0.4), Line(70, "search", 0.4)));
        Assert.Equal((1, 1), (answer["accepted"]!.GetValue<int>(), answer["incompleteMinute"]!.GetValue<int>()));
        await MinutesPassAsync(second, 3);

        var samples = await second.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.All(
            samples, sample => Assert.Equal(IngestHost.Start.AddMinutes(1).ToUnixTimeMilliseconds(), sample.Timestamp));
    }

    [Fact]
    public async Task Minutes_lost_by_detectors_in_a_kill_are_submitted_again_and_the_journal_is_trimmed()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await IngestHost.StartAsync(folder: folder.Path);
        await PostAsync(killed, Line(5, "search", 0.2));
        await MinutesPassAsync(killed, 2);
        var first = await killed.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);

        await using var second = await IngestHost.StartAsync(folder: folder.Path, time: After(TimeSpan.FromMinutes(2)));
        await UntilAsync(second, () => Task.FromResult(second.Drain.Samples.Count >= 5));
        Assert.Equal(Values(first), Values(second.Drain.Samples));

        Assert.Equal(1, await JournalAsync(second));
        await UntilAsync(second, async () =>
        {
            await second.Drain.CheckpointAsync();
            return await JournalAsync(second) == 0;
        });
    }

    [Fact]
    public async Task Repeated_request_counts_once_and_equal_events_of_another_request_count_again()
    {
        await using var host = await IngestHost.StartAsync();
        var line = Line(5, "search", 0.2);

        Assert.Equal((2, 0), await CountsAsync(host, "", line, line));
        Assert.Equal((0, 2), await CountsAsync(host, "", line, line));
        Assert.Equal((1, 0), await CountsAsync(host, "", line));
        Assert.Equal((1, 0), await CountsAsync(host, "key-1", line));
        Assert.Equal((0, 1), await CountsAsync(host, "key-1", Line(6, "search", 0.3)));
        Assert.Equal((1, 0), await CountsAsync(host, "key-2", line));
        await MinutesPassAsync(host, 2);

        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.Equal(5, samples.Single(sample => sample.Series.Identity.Name == "transaction_volume").Value);
    }

    [Fact]
    public async Task Request_with_invalid_lines_counts_its_valid_ones_once_however_often_it_is_sent()
    {
        await using var host = await IngestHost.StartAsync();
        string[] lines = [Line(5, "search", 0.2), "{}", Line(-90, "search", 0.2)];

        var first = await ReadAsync(await PostAsync(host, lines));
        var again = await ReadAsync(await PostAsync(host, lines));

        Assert.Equal((1, 0, 1, 1), Counts(first));
        Assert.Equal((0, 2, 0, 1), Counts(again));
        Assert.Equal(2, first["errors"]![0]!["line"]!.GetValue<int>());
        Assert.Equal(1, host.Status("transactions").Accepted);

        static (int, int, int, int) Counts(JsonNode answer) => (
            answer["accepted"]!.GetValue<int>(), answer["duplicate"]!.GetValue<int>(),
            answer["incompleteMinute"]!.GetValue<int>(), answer["rejected"]!.GetValue<int>());
    }

    [Fact]
    public async Task Request_that_cannot_be_read_to_its_end_counts_nothing()
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:MaxUnpackedBytes"] = "1024" });
        var line = Line(5, "search", 0.2);

        var tooLarge = await PostAsync(host, [.. Enumerable.Repeat(line, 50)]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(0, (await ReadAsync(tooLarge))["accepted"]!.GetValue<int>());
        Assert.Equal((1, 0), await CountsAsync(host, "", line));
        await MinutesPassAsync(host, 2);

        var samples = await host.Drain.UntilAsync(samples => samples.Count >= 5, Deadline);
        Assert.Equal(1, samples.Single(sample => sample.Series.Identity.Name == "transaction_volume").Value);
    }

    [Fact]
    public async Task Stop_longer_than_the_grace_reports_complete_minutes_and_none_of_the_gap()
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

    private static async Task<(int Accepted, int Duplicate)> CountsAsync(
        IngestHost host, string key, params string[] lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/transactions", UriKind.Relative))
        {
            Content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"),
        };
        if (key.Length > 0)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var answer = await ReadAsync(await host.Client.SendAsync(request, TestContext.Current.CancellationToken));
        return (answer["accepted"]!.GetValue<int>(), answer["duplicate"]!.GetValue<int>());
    }

    private static IEnumerable<(string, long, double)> Values(IReadOnlyList<Sample> samples) =>
        samples.Select(sample => (sample.Series.Identity.Key, sample.Timestamp, sample.Value))
            .OrderBy(value => value.Key, StringComparer.Ordinal);

    private static async Task<long> JournalAsync(IngestHost host) =>
        await host.Get<TransactionJournalStore>().ReadAsync(TestContext.Current.CancellationToken)
            .LongCountAsync(TestContext.Current.CancellationToken);

    /// <summary>
    /// A clock of its own: the host that was killed, and still runs in this process, sees nothing of the time that
    /// passes.
    /// </summary>
    private static FakeTimeProvider After(TimeSpan start) => new(IngestHost.Start + start);

    /// <summary>Lets the clock run until the condition holds.</summary>
    private static async Task UntilAsync(IngestHost host, Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        while (!await condition())
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, limit.Token);
        }
    }

    private static string Line(int second, string operation, double duration, string outcome = "ok", string id = "") =>
        string.Create(CultureInfo.InvariantCulture,
            $$"""{"operation":"{{operation}}","duration":{{duration}},"outcome":"{{outcome}}","id":"{{id}}","""
                + $$""" "start":"{{IngestHost.Start.AddSeconds(second):O}}"}""");

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
        (await answer.Content.ReadFromJsonAsync<JsonNode>(
            JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;

    private static async Task<HttpResponseMessage> PostAsync(IngestHost host, params string[] lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        return await host.Client.PostAsync(
            new Uri("/api/v1/transactions", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
