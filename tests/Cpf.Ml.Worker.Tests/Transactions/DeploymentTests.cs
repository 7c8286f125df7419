using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A pipeline tells of a deployment, through the whole service.</summary>
public sealed class DeploymentTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    private readonly TemporaryFolder _folder = new();
    private readonly SeriesTarget _series = WatchedHost.Target("dossiers");
    private readonly SeriesTarget _other = WatchedHost.Target("offres");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_widens_the_bands_of_its_service_alone_for_half_an_hour()
    {
        await using var host = await WarmAsync();
        using var client = await host.ClientAsync(Scopes.Ingest);
        await NoteAsync(client, new { service = "dossiers", version = "4.2" });
        await host.SendAsync(Warm, Warm + 45, level: 10, _series, _other);

        var (widths, others) = (await WidthsAsync(host, _series), await WidthsAsync(host, _other));

        Assert.All(widths[..30], width => Assert.True(width > 1.1 * widths[31]));
        Assert.All(others, width => Assert.InRange(width / others[^1], 0.9, 1.1));
    }

    [Fact]
    public async Task Alert_after_a_deployment_names_it_also_after_a_restart()
    {
        var time = WatchedHost.ClockAt(Warm);
        await using (var before = await WarmAsync(time))
        {
            using var client = await before.ClientAsync(Scopes.Ingest);
            await NoteAsync(client, new { service = "dossiers", version = "4.2" });
        }

        await using var host = await WatchedHost.StartAsync(time, _folder.In("worker.db"));
        await host.SendAsync(Warm, Warm + 20, level: 90, _series, _other);

        var alerts = await host.AlertsAsync();
        Assert.Equal(
            new Cpf.Ml.Scoring.Alerts.RecentDeployment("4.2", WatchedHost.Start.AddMinutes(Warm)),
            Assert.Single(alerts, alert => alert.Service == "dossiers").Document.Deployment);
        Assert.Null(Assert.Single(alerts, alert => alert.Service == "offres").Document.Deployment);
    }

    [Fact]
    public async Task Deployment_posted_twice_is_stored_and_audited_once()
    {
        await using var host = await WatchedHost.StartAsync();
        using var client = await host.ClientAsync(Scopes.Ingest, Scopes.Read);
        var deployment = new { service = "dossiers", version = "4.2", at = WatchedHost.Start.AddMinutes(-5) };

        await NoteAsync(client, deployment);
        await NoteAsync(client, deployment);

        var listed = await client.GetFromJsonAsync<JsonElement>("/api/v1/deployments?service=dossiers", Cancel);
        Assert.Equal("4.2", Assert.Single(listed.EnumerateArray()).GetProperty("version").GetString());
        Assert.Single(await host.Get<AuditLog>().ReadAsync(new AuditFilter(Action: "deployment.note"), Cancel));
    }

    [Theory]
    [InlineData("", "4.2", 0, "service is empty: write a word at least.")]
    [InlineData("dossiers", "", 0, "version is empty: write a word at least.")]
    [InlineData(
        "dossiers",
        "4.2",
        60,
        "at is 2026-03-02T01:00:00.0000000+00:00, in the future: announce a deployment when it begins.")]
    [InlineData(
        "dossiers",
        "4.2",
        -20160,
        "at is 2026-02-16T00:00:00.0000000+00:00, more than 7 days ago: it changes nothing any more.")]
    public async Task Invalid_deployment_is_refused_with_its_reason(
        string service, string version, int minutes, string words)
    {
        await using var host = await WatchedHost.StartAsync();
        using var client = await host.ClientAsync(Scopes.Ingest);

        using var answer = await client.PostAsJsonAsync(
            "/api/v1/deployments", new { service, version, at = WatchedHost.Start.AddMinutes(minutes) }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            words, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<WatchedHost> WarmAsync(FakeTimeProvider? time = null)
    {
        var host = await WatchedHost.StartAsync(time ?? WatchedHost.ClockAt(Warm), _folder.In("worker.db"));
        await host.SendAsync(0, Warm, level: 10, _series, _other);
        return host;
    }

    private static async Task NoteAsync(HttpClient client, object deployment)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/deployments", deployment, Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<float[]> WidthsAsync(WatchedHost host, SeriesTarget series)
    {
        var from = WatchedHost.Start.AddMinutes(Warm);
        var points = await host.Get<Estate>().HistoryAsync(series.Identity.Id, from, from.AddHours(1), Cancel);
        return [.. points.Select(point => point.Upper99 - point.Lower99)];
    }
}
