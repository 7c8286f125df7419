using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>An operator wants a series watched more closely, through the whole service.</summary>
public sealed class ImportantSeriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SeriesTarget _series = WatchedHost.Target("dossiers");
    private readonly SeriesTarget _other = WatchedHost.Target("offres");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shape_test_runs_on_important_series_only_and_the_mark_survives_a_restart()
    {
        await using (var before = await WatchedHost.StartAsync(path: _folder.In("worker.db")))
        {
            using var client = await before.ClientAsync(Scopes.Operate, Scopes.Read);
            await before.SendAsync(0, 100, level: 10, _series, _other);
            var size = (await DetailAsync(before, client, _series)).Size;

            Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(client, HttpMethod.Put, Id(_series)));
            await before.SendAsync(100, 101, level: 10, _series, _other);

            Assert.InRange((await DetailAsync(before, client, _series)).Size - size, 7_000, 8_192);
            Assert.Equal(size, (await DetailAsync(before, client, _other)).Size);
            Assert.True((await DetailAsync(before, client, _series)).IsImportant);
        }

        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(101), _folder.In("worker.db"));
        using var again = await host.ClientAsync(Scopes.Operate, Scopes.Read);
        await host.SendAsync(101, 102, level: 10, _series, _other);
        Assert.True((await DetailAsync(host, again, _series)).IsImportant);
        Assert.False((await DetailAsync(host, again, _other)).IsImportant);

        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(again, HttpMethod.Delete, Id(_series)));
        await host.SendAsync(102, 103, level: 10, _series, _other);
        var ordinary = await DetailAsync(host, again, _series);
        Assert.False(ordinary.IsImportant);
        Assert.Equal((await DetailAsync(host, again, _other)).Size, ordinary.Size);
    }

    [Fact]
    public async Task Repeated_important_mark_is_audited_once()
    {
        await using var host = await WatchedHost.StartAsync();
        using var client = await host.ClientAsync(Scopes.Operate);
        await host.SendAsync(0, 5, level: 10, _series);

        await MarkAsync(client, HttpMethod.Put, Id(_series));
        await MarkAsync(client, HttpMethod.Put, Id(_series));
        await MarkAsync(client, HttpMethod.Delete, Id(_series));
        await MarkAsync(client, HttpMethod.Delete, Id(_series));

        var lines = await host.Get<AuditLog>()
            .ReadAsync(new AuditFilter(Action: "series.", Subject: _series.Identity.Key), Cancel);
        Assert.Equal(
            ["series.mark-important", "series.unmark-important"],
            lines.Select(line => line.Action).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Important_mark_needs_an_operator_and_a_known_series()
    {
        await using var host = await WatchedHost.StartAsync();
        using var reader = await host.ClientAsync(Scopes.Read);
        using var client = await host.ClientAsync(Scopes.Operate);
        await host.SendAsync(0, 5, level: 10, _series);

        Assert.Equal(HttpStatusCode.Forbidden, await MarkAsync(reader, HttpMethod.Put, Id(_series)));
        Assert.Equal(HttpStatusCode.NotFound, await MarkAsync(client, HttpMethod.Put, "0123456789abcdef"));
        Assert.Equal(HttpStatusCode.BadRequest, await MarkAsync(client, HttpMethod.Delete, "nowhere"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Id(SeriesTarget series) => SeriesIdentity.Hex(series.Identity.Id);

    private static async Task<HttpStatusCode> MarkAsync(HttpClient client, HttpMethod method, string id)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/v1/series/{id}/important", UriKind.Relative));
        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<(int Size, bool IsImportant)> DetailAsync(
        WatchedHost host, HttpClient client, SeriesTarget series)
    {
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/v1/series/{Id(series)}", Cancel);
        var model = await host.Get<Worker.Transactions.Estate>().DescribeAsync(series.Identity.Id, Cancel);
        return (model!.StateBytes, detail.GetProperty("series").GetProperty("isImportant").GetBoolean());
    }
}
