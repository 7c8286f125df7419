using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Access;

public sealed class AccessApiTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_operation_of_the_api_requires_a_scope()
    {
        var open = worker.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(
                endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .Where(
                endpoint => !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => Scopes.All.Contains(data.Policy)))
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(open);
    }

    [Theory]
    [InlineData("Basic YTpi", "The request has no credentials.")]
    [InlineData("Bearer cpfml_unknown", "The token is unknown.")]
    [InlineData("Bearer ", "The request has no credentials.")]
    [InlineData(null, "The request has no credentials.")]
    public async Task Request_without_a_valid_token_is_refused_with_the_reason_as_a_problem(
        string? authorization, string why)
    {
        using var client = worker.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await client.GetAsync("/api/v1/tokens", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        var problem = await BodyAsync(answer);
        Assert.Matches("^[0-9a-f]{32}$", problem["traceId"]!.GetValue<string>());
        Assert.StartsWith(why, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_of_a_revoked_token_says_so_and_refusals_are_counted_by_reason()
    {
        var tokens = worker.Services.GetRequiredService<ApiTokens>();
        var (token, secret) = await tokens.CreateAsync(Actor.System, "gone", [Scopes.Read], null, Cancellation);
        await tokens.RevokeAsync(Actor.System, token.Id, Cancellation);
        using var client = worker.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);

        using var answer = await client.GetAsync("/api/v1/incidents", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith(
            "The token is revoked.", (await BodyAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var metrics = (await client.GetStringAsync("/metrics", Cancellation)).Split('\n');
        Assert.Contains(
            metrics,
            line => line.StartsWith("cpfml_access_refused_total{reason=\"revoked\"} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_without_the_scope_is_forbidden()
    {
        using var client = await worker.WithTokenAsync(Scopes.Ingest, Scopes.Read, Scopes.Operate);

        using var answer = await client.GetAsync("/api/v1/tokens", Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(
            "This requires the scope administer; token:test has ingest read operate.",
            (await BodyAsync(answer))["detail"]!.GetValue<string>());
        Assert.Equal(
            "error=\"insufficient_scope\", scope=\"administer\"", answer.Headers.WwwAuthenticate.Single().Parameter);
    }

    [Theory]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Controller)]
    [InlineData(Roles.Auditor)]
    public async Task Only_administrators_manage_accounts(string role)
    {
        using var client = await worker.SignInAsync(role);

        using var answer = await client.GetAsync("/api/v1/accounts", Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Token_works_until_it_is_revoked_and_its_secret_is_shown_once()
    {
        using var admin = await worker.WithTokenAsync(Scopes.Administer);
        using var created = await admin.PostAsJsonAsync(
            "/api/v1/tokens", new { name = "robot", scopes = new[] { "administer" }, expiresInDays = 7 }, Cancellation);
        var body = await BodyAsync(created);
        var secret = body["secret"]!.GetValue<string>();
        Assert.Matches("^cpfml_[A-Za-z0-9_-]{43}$", secret);
        using var robot = worker.Anonymous();
        robot.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var before = await robot.GetAsync("/api/v1/tokens", Cancellation);
        Assert.DoesNotContain(secret, await before.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var revoked = await admin.DeleteAsync($"/api/v1/tokens/{body["token"]!["id"]}", Cancellation);
        using var after = await robot.GetAsync("/api/v1/tokens", Cancellation);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized),
            (before.StatusCode, revoked.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Token_expires_on_its_day_and_its_last_use_is_recorded_to_the_minute()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 30, 42, TimeSpan.Zero));
        await using var own = await WorkerFixture.StartAsync(
            services: services => services.AddSingleton<TimeProvider>(clock));
        var tokens = own.Services.GetRequiredService<ApiTokens>();
        var (_, secret) = await tokens.CreateAsync(Actor.System, "brief", [Scopes.Read], 1, Cancellation);

        Assert.NotNull((await tokens.AuthenticateAsync(secret, Cancellation)).User);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((null, "expired"), await tokens.AuthenticateAsync(secret, Cancellation));

        var token = Assert.Single(await tokens.ReadAsync(Cancellation));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.Zero), token.LastUsedAt);
    }

    [Fact]
    public async Task Account_is_created_and_changed_with_lines_in_the_audit_log()
    {
        using var admin = await worker.SignInAsync(Roles.Administrator);
        using var created = await admin.PostAsJsonAsync(
            "/api/v1/accounts",
            new { name = "Zoé.martin".Replace('é', 'e'), displayName = "Zoé Martin", roles = new[] { "operator" } },
            Cancellation);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var password = (await BodyAsync(created))["password"]!.GetValue<string>();
        using var session = worker.Anonymous();
        using var signedIn = await worker.PostSignInAsync(session, "ZOE.martin", password);
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);

        using var changed = await admin.PatchAsJsonAsync(
            "/api/v1/accounts/zoe.martin", new { roles = new[] { "auditor" } }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);

        var lines = JsonNode.Parse(
            await admin.GetStringAsync("/api/v1/audit?subject=zoe.martin", Cancellation))!.AsArray();
        Assert.Equal(
            ["account.change", "sign-in", "account.create"], lines.Select(line => line!["action"]!.GetValue<string>()));
        Assert.Equal("administrator", lines[0]!["actor"]!.GetValue<string>());
        Assert.Contains("\"operator\"", lines[0]!["before"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("\"auditor\"", lines[0]!["after"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", lines[0]!["source"]!.GetValue<string>());
        Assert.DoesNotContain(password, lines.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x","roles":["operator"]}""", 400, "2 to 64 characters")]
    [InlineData("""{"name":"someone","roles":["king"]}""", 400, "at least one role")]
    [InlineData("""{"name":"someone","roles":[]}""", 400, "at least one role")]
    [InlineData("""{"name":"someone","roles":["operator"],"password":"short"}""", 400, "12 to 200 characters")]
    [InlineData("""{"name":"someone","roles":["operator"],"language":"de"}""", 400, "fr or en")]
    [InlineData("""{"name":"someone"}""", 400, "roles")]
    [InlineData("""{"name":"someone","roles":["operator"],"rolls":1}""", 400, "rolls")]
    [InlineData("""{"name":"someone","ro""", 400, "JSON")]
    public async Task Invalid_account_is_refused_with_the_reason(string body, int status, string reason)
    {
        using var admin = await worker.WithTokenAsync(Scopes.Administer);
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        using var answer = await admin.PostAsync("/api/v1/accounts", content, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(reason, (await BodyAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Last_administrator_cannot_be_removed()
    {
        await using var own = await WorkerFixture.StartAsync();
        using var admin = await own.SignInAsync(Roles.Administrator);

        using var answer = await admin.PatchAsJsonAsync(
            "/api/v1/accounts/administrator", new { disabled = true }, Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(
            "last administrator", (await BodyAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rate_limit_of_one_caller_does_not_affect_others()
    {
        await using var own = await WorkerFixture.StartAsync(new() { ["Access:RequestsPerSecond"] = "1" });
        using var greedy = await own.WithTokenAsync(Scopes.Administer);
        using var modest = await own.SignInAsync(Roles.Administrator);
        HttpResponseMessage answer;
        var asked = 0;
        do
        {
            answer = await greedy.GetAsync("/api/v1/tokens", Cancellation);
        }
        while (answer.StatusCode == HttpStatusCode.OK && ++asked < 1000);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var other = await modest.GetAsync("/api/v1/tokens", Cancellation);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        answer.Dispose();
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
}
