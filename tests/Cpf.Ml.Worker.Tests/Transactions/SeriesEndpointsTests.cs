using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class SeriesEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_api_lists_series_models_and_points_with_null_for_unknown_values()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        await host.SendAsync(0, 100, level: 10, series, WatchedHost.Target("offres"));
        await host.SendAsync(100, 101, level: double.NaN, series);
        using var client = await host.ClientAsync(Scopes.Read);
        var id = SeriesIdentity.Hex(series.Identity.Id);

        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1/series?service=dossiers", Cancel);
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/v1/series/{id}", Cancel);
        var points = await client.GetFromJsonAsync<JsonElement>($"/api/v1/series/{id}/points", Cancel);

        Assert.Equal(
            (1, id),
            (list.GetProperty("total").GetInt32(), list.GetProperty("items")[0].GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, list.GetProperty("items")[0].GetProperty("value").ValueKind);
        Assert.Equal(
            (100, 60.0),
            (detail.GetProperty("pointsSeen").GetInt32(), detail.GetProperty("intervalSeconds").GetDouble()));
        Assert.Equal(168, detail.GetProperty("weekProfile").GetArrayLength());
        Assert.Equal(101, points.GetArrayLength());
        Assert.InRange(points[50].GetProperty("value").GetDouble(), 10, 11);
        Assert.Equal(JsonValueKind.Null, points[100].GetProperty("value").ValueKind);
    }

    [Theory]
    [InlineData("/api/v1/series?take=0", 400)]
    [InlineData("/api/v1/series/xyz", 400)]
    [InlineData("/api/v1/series/0123456789abcdef", 404)]
    [InlineData("/api/v1/series/0123456789abcdef/points", 404)]
    public async Task Invalid_series_request_is_a_problem(string path, int status)
    {
        await using var host = await WatchedHost.StartAsync();
        using var client = await host.ClientAsync(Scopes.Read);

        using var answer = await client.GetAsync(path, Cancel);

        Assert.Equal(
            (status, "application/problem+json"),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Points_of_more_than_a_week_or_without_the_scope_are_refused()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        await host.SendAsync(0, 100, level: 10, series);
        using var client = await host.ClientAsync(Scopes.Read);
        using var sender = await host.ClientAsync(Scopes.Ingest);
        var path =
            $"/api/v1/series/{SeriesIdentity.Hex(series.Identity.Id)}/points"
            + "?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z";

        using var whole = await client.GetAsync(path, Cancel);
        using var refused = await sender.GetAsync("/api/v1/series", Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (whole.StatusCode, refused.StatusCode));
    }
}
