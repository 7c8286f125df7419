using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using NJsonSchema;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Alerts;

public sealed class AlertEndpointsTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_read_by_the_API_passes_the_schema_and_has_its_timeline()
    {
        var id = await OpenAsync("read");
        using var client = await worker.WithTokenAsync(Scopes.Read);

        var page = await client.GetFromJsonAsync<JsonElement>(
            "/api/v1/incidents?service=read&state=open&sort=newest&take=5", Cancellation);
        var detail = await client.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}", Cancellation);

        Assert.Equal(
            (1, id),
            (page.GetProperty("total").GetInt32(), page.GetProperty("items")[0].GetProperty("id").GetString()));
        var schema = await JsonSchema.FromFileAsync(Repository.In("docs/alert.schema.json"), Cancellation);
        Assert.Empty(schema.Validate(detail.GetProperty("incident").GetRawText()));
        Assert.Equal(
            "Incident opened: read",
            detail.GetProperty("timeline")[0].GetProperty("sentence").GetProperty("en").GetString());
    }

    [Fact]
    public async Task Incidents_are_filtered_by_their_capability()
    {
        await worker.Services.GetRequiredService<AlertPipeline>().ProcessAsync(
            [Open(Alert(0, "size", "engine", capability: Capability.Neutrality)), Open(Alert(0, "p95", "engine"))],
            Cancellation);
        using var client = await worker.WithTokenAsync(Scopes.Read);

        var page = await client.GetFromJsonAsync<JsonElement>(
            "/api/v1/incidents?service=engine&capability=neutrality", Cancellation);

        var incident = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal("neutrality", incident.GetProperty("capability").GetString());
        Assert.Equal("neutrality", incident.GetProperty("alerts")[0].GetProperty("capability").GetString());
    }

    [Fact]
    public async Task Operator_acknowledges_assigns_comments_judges_and_closes_by_the_API()
    {
        var id = await OpenAsync("act");
        using var client = await worker.WithTokenAsync(Scopes.Read, Scopes.Operate);

        await DoneAsync(client, $"/api/v1/incidents/{id}/acknowledge", new { });
        await DoneAsync(
            client, $"/api/v1/incidents/{id}/assign", new { assignee = await worker.AccountAsync(Roles.Operator) });
        await DoneAsync(client, $"/api/v1/incidents/{id}/comments", new { text = "vu" });
        await DoneAsync(client, $"/api/v1/incidents/{id}/verdict", new { verdict = "useful" });
        var closed = await DoneAsync(client, $"/api/v1/incidents/{id}/close", new { });

        Assert.Equal(
            ("closed", "token:test", Roles.Operator, "useful"),
            (closed.GetProperty("state").GetString(), closed.GetProperty("acknowledgedBy").GetString(),
                closed.GetProperty("assignee").GetString(), closed.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Read_scope_may_not_close_incidents_or_set_the_budget()
    {
        var id = await OpenAsync("reader");
        using var client = await worker.WithTokenAsync(Scopes.Read);

        using var answer = await client.PostAsJsonAsync($"/api/v1/incidents/{id}/close", new { }, Cancellation);
        using var budget = await client.PutAsJsonAsync("/api/v1/alert-budget", new { perDay = 5 }, Cancellation);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (answer.StatusCode, budget.StatusCode));
    }

    [Theory]
    [InlineData("/api/v1/incidents?take=1000", 400, "take must be 1 to 200, was 1000.")]
    [InlineData("/api/v1/incidents?severity=9", 400, "severity must be one of notice, warning, critical, was \"9\".")]
    [InlineData(
        "/api/v1/incidents?capability=search", 400,
        "capability must be one of matching, certifications, transactions, neutrality, funding, was \"search\".")]
    [InlineData("/api/v1/incidents/nowhere", 404, "There is no incident nowhere. Check the link.")]
    public async Task Refused_request_is_answered_with_problem_json_and_its_reason(
        string path, int status, string words)
    {
        using var client = await worker.WithTokenAsync(Scopes.Read);

        using var answer = await client.GetAsync(path, Cancellation);

        Assert.Equal(
            (status, "application/problem+json"),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(
            words,
            (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Silence_is_created_listed_and_ended_by_the_API()
    {
        using var client = await worker.WithTokenAsync(Scopes.Read, Scopes.Operate);
        var wanted = new
        {
            matchers = new[] { new { label = "service", value = "silenced" } },
            endsAt = TimeProvider.System.GetUtcNow().AddHours(1),
            reason = "bascule",
            kind = "maintenance",
        };

        using var created = await client.PostAsJsonAsync("/api/v1/silences", wanted, Cancellation);
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString();
        var ended = await DoneAsync(client, $"/api/v1/silences/{id}/end", new { });

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("token:test", ended.GetProperty("endedBy").GetString());
        var listed = await client.GetFromJsonAsync<JsonElement>("/api/v1/silences", Cancellation);
        Assert.Contains(listed.EnumerateArray(), silence => silence.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Alert_budget_is_stored_and_refused_outside_its_range()
    {
        using var client = await worker.WithTokenAsync(Scopes.Read, Scopes.Operate);

        using var set = await client.PutAsJsonAsync("/api/v1/alert-budget", new { perDay = 2.5 }, Cancellation);
        using var absurd = await client.PutAsJsonAsync("/api/v1/alert-budget", new { perDay = -1 }, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (set.StatusCode, absurd.StatusCode));
        Assert.Equal(2.5, worker.Services.GetRequiredService<AlertBudget>().PerDay);
        var restarted = ActivatorUtilities.CreateInstance<AlertBudget>(worker.Services);
        await restarted.StartAsync(Cancellation);
        Assert.Equal(2.5, restarted.PerDay);
    }

    [Fact]
    public async Task Publishers_are_listed_and_an_unknown_dead_letter_is_not_found()
    {
        await OpenAsync("publishers");
        using var client = await worker.WithTokenAsync(Scopes.Read, Scopes.Operate);

        var publishers = await client.GetFromJsonAsync<JsonElement>("/api/v1/publishers", Cancellation);
        using var unknown = await client.PostAsync("/api/v1/publishers/dead-letters/none/resend", null, Cancellation);

        Assert.Equal("log", publishers[0].GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<JsonElement> DoneAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>An incident of a service of this name, of one series of this name.</summary>
    private async Task<string> OpenAsync(string name)
    {
        await worker.Services.GetRequiredService<AlertPipeline>()
            .ProcessAsync([Open(Alert(0, name, name))], Cancellation);
        var search = worker.Services.GetRequiredService<IncidentSearchStore>();
        return Assert.Single((await search.FindAsync(new IncidentQuery(Service: name), Cancellation)).Items).Id;
    }
}
