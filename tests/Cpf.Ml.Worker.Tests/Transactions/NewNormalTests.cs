using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>An operator says that a change is here to stay, through the whole service.</summary>
public sealed class NewNormalTests
{
    private static readonly Actor Somebody = new("claire", "127.0.0.1", "t");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_normal_closes_the_alert_resets_the_baseline_and_is_in_the_timeline()
    {
        await using var killed = await KilledHost.StartAsync();
        await killed.SendAsync(0, 30, _ => true);
        Assert.Null(Assert.Single(await killed.Host.AlertsAsync()).ClosedAt);

        await AcceptAsync(killed, "nouveau service ouvert");
        await killed.SendAsync(30, 31, _ => true);
        Assert.NotNull(Assert.Single(await killed.Host.AlertsAsync()).ClosedAt);

        await killed.SendAsync(31, 12 * 60, _ => true);
        Assert.Single(await killed.Host.AlertsAsync());
        Assert.InRange(killed.State.LastExpected, 89, 92);
        var incident = Assert.Single(
            (await killed.Host.Get<IncidentSearchStore>().FindAsync(new IncidentQuery(), Cancel)).Items);
        var story = (await killed.Host.Get<IncidentSearchStore>().DescribeAsync(incident.Id, Cancel))!.Timeline;
        var line = Assert.Single(story, line => line.Kind == IncidentEventKind.NewNormal);
        Assert.Equal(
            "claire déclare une nouvelle normale, queue_depth (q0)\u00a0: nouveau service ouvert",
            EventSentences.Of(line, Capability.Transactions).Fr);
        var audit = await killed.Host.Get<AuditLog>().ReadAsync(new AuditFilter(Action: "series.new-normal"), Cancel);
        Assert.Equal(("claire", killed.Series.Identity.Key), (Assert.Single(audit).Actor, audit[0].Subject));
    }

    [Fact]
    public async Task New_normal_survives_a_kill_and_repeated_points_keep_their_scores()
    {
        await using var killed = await KilledHost.StartAsync();
        var before = await killed.CheckpointAsync();
        await killed.SendAsync(0, 30, _ => true);
        await AcceptAsync(killed, "bascule");
        await killed.SendAsync(30, 40, _ => true);

        await killed.GoBackAsync(before);
        await killed.SendAsync(0, 12 * 60, _ => true);

        Assert.NotNull(Assert.Single(await killed.Host.AlertsAsync()).ClosedAt);
        Assert.InRange(killed.State.LastExpected, 89, 92);
    }

    [Fact]
    public async Task New_normal_survives_a_kill_before_the_next_point()
    {
        await using var killed = await KilledHost.StartAsync();
        await killed.SendAsync(0, 30, _ => true);
        var then = await killed.CheckpointAsync();
        await AcceptAsync(killed, "bascule");

        await killed.GoBackAsync(then);
        await killed.SendAsync(30, 12 * 60, _ => true);

        Assert.NotNull(Assert.Single(await killed.Host.AlertsAsync()).ClosedAt);
        Assert.InRange(killed.State.LastExpected, 89, 92);
    }

    [Fact]
    public async Task New_normal_over_the_api_needs_an_operator_and_refusals_name_their_reason()
    {
        await using var killed = await KilledHost.StartAsync();
        await killed.SendAsync(0, 30, _ => true);
        var id = SeriesIdentity.Hex(killed.Series.Identity.Id);
        using var reader = await killed.Host.ClientAsync(Scopes.Read);
        using var client = await killed.Host.ClientAsync(Scopes.Operate, Scopes.Read);

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(reader, id, "oui")).Status);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "reason is empty: write a word at least."), await PostAsync(client, id, " "));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "\"nowhere\" is not the id of a series: 16 hexadecimal digits."),
            await PostAsync(client, "nowhere", "oui"));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(client, "0123456789abcdef", "oui")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, id, "oui")).Status);

        await killed.SendAsync(30, 31, _ => true);
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/v1/series/{id}", Cancel);
        Assert.True(detail.GetProperty("isSettling").GetBoolean());
        await killed.SendAsync(31, 60, _ => true);
        detail = await client.GetFromJsonAsync<JsonElement>($"/api/v1/series/{id}", Cancel);
        Assert.False(detail.GetProperty("isSettling").GetBoolean());
    }

    [Fact]
    public async Task New_normal_of_a_cold_series_is_refused()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        await host.SendAsync(0, 100, level: 10, series);
        using var client = await host.ClientAsync(Scopes.Operate);

        var (status, detail) = await PostAsync(client, SeriesIdentity.Hex(series.Identity.Id), "oui");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith("This series has been known for a short time only", detail, StringComparison.Ordinal);
    }

    private static Task<Worker.Transactions.NewNormal> AcceptAsync(KilledHost killed, string reason) =>
        killed.Host.Get<Worker.Transactions.NewNormals>()
            .AcceptAsync(killed.Series.Identity.Id, reason, Somebody, Cancel);

    private static async Task<(HttpStatusCode Status, string? Detail)> PostAsync(
        HttpClient client, string id, string reason)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/series/{id}/new-normal", new { reason }, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return (answer.StatusCode, body.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
    }
}
