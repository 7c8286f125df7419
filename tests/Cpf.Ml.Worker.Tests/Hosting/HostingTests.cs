using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.Hosting;

public sealed class HostingTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/-/healthy")]
    [InlineData("/-/ready")]
    public async Task Health_endpoints_report_a_working_service_without_a_token(string path)
    {
        using var client = worker.Anonymous();

        var body = JsonNode.Parse(await client.GetStringAsync(path, Cancellation))!;

        Assert.Equal("ok", body["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Readiness_names_the_database_and_its_schema()
    {
        using var client = worker.Anonymous();

        var body = JsonNode.Parse(await client.GetStringAsync("/health/ready", Cancellation))!;

        Assert.Equal(
            $"SQLite, schema {Migration.All[^1].Version}.", body["checks"]!["database"]!["reason"]!.GetValue<string>());
        Assert.Contains(
            "batches wait", body["checks"]!["ingest-queue"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newer_database_schema_makes_the_service_unready_but_live()
    {
        await using var own = await WorkerFixture.StartAsync();
        await using (var connection = await own.Services.GetRequiredService<Database>().OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync("insert into schema_version (version, applied_at) values (999, 0)");
        }

        using var client = own.Anonymous();
        using var ready = await client.GetAsync("/health/ready", Cancellation);
        using var live = await client.GetAsync("/health/live", Cancellation);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        var reason = JsonNode.Parse(
            await ready.Content.ReadAsStringAsync(Cancellation))!["checks"]!["database"]!["reason"]!.GetValue<string>();
        Assert.Contains("schema 999", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_api_address_is_a_problem_with_a_trace_id()
    {
        using var client = worker.Anonymous();

        using var answer = await client.GetAsync("/api/v1/no-such-thing", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal("/api/v1/no-such-thing", body["instance"]!.GetValue<string>());
        Assert.Matches("^[0-9a-f]{32}$", body["traceId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/tokens")]
    [InlineData("/health/live")]
    public async Task Security_headers_forbid_foreign_scripts_and_frames(string path)
    {
        using var client = worker.Anonymous();

        using var answer = await client.GetAsync(path, Cancellation);

        var policy = string.Join("; ", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Api_description_is_OpenAPI_3_1_and_describes_authentication()
    {
        using var client = worker.Anonymous();

        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Cancellation))!;

        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["token"]!["scheme"]!.GetValue<string>());
        Assert.All(
            document["paths"]!.AsObject(),
            path => Assert.StartsWith("/api/", path.Key, StringComparison.Ordinal));
        Assert.All(
            document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()),
            operation => Assert.False(string.IsNullOrEmpty(operation.Value!["summary"]?.GetValue<string>())));
    }

    [Fact]
    public async Task Api_reference_page_loads_nothing_from_other_hosts()
    {
        using var client = new HttpClient { BaseAddress = worker.Address };

        var page = await client.GetStringAsync("/scalar", Cancellation);

        Assert.DoesNotMatch("""(src|href)=["']https?://""", page);
        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_cover_process_build_queue_and_requests()
    {
        using var client = worker.Anonymous();
        _ = await client.GetStringAsync("/health/live", Cancellation);

        var metrics = await client.GetStringAsync("/metrics", Cancellation);

        Assert.Contains("process_cpu_seconds_total", metrics, StringComparison.Ordinal);
        Assert.Matches("""cpfml_build_info\{version="[0-9.]+"\} 1""", metrics);
        Assert.Contains("cpfml_ingest_queue_batches 0", metrics, StringComparison.Ordinal);
        Assert.Matches(
            """cpfml_http_request_duration_seconds_count\{code="2xx",method="GET",endpoint="/health/live"\}""",
            metrics);
    }

    [Fact]
    public async Task Version_of_the_service_is_the_last_release_in_the_changelog()
    {
        using var client = worker.Anonymous();
        var changelog = await File.ReadAllTextAsync(Repository.In("CHANGELOG.md"), Cancellation);
        var release = Regex.Match(changelog, @"^## (\d+\.\d+\.\d+)", RegexOptions.Multiline).Groups[1].Value;

        var health = JsonNode.Parse(await client.GetStringAsync("/health/live", Cancellation))!;
        var description = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Cancellation))!;

        Assert.Equal(release, health["version"]!.GetValue<string>());
        Assert.Equal(release, description["info"]!["version"]!.GetValue<string>());
        Assert.Contains($"cpfml_build_info{{version=\"{release}\"}} 1",
            await client.GetStringAsync("/metrics", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_over_the_limit_is_refused_as_a_problem()
    {
        using var client = await worker.WithTokenAsync(Scopes.Administer);
        using var content = new StringContent(
            $$"""{"name":"{{new string('x', 2 * 1024 * 1024)}}","scopes":["read"]}""",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var answer = await client.PostAsync("/api/v1/tokens", content, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public void Stop_ends_ingest_before_partitions_and_partitions_before_publishers()
    {
        // Hosted services stop in the reverse of their order.
        var order = worker.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .Select(service => service.GetType().Namespace!).ToList();
        int First(string part) => order.FindIndex(
            name => name.StartsWith($"Cpf.Ml.Worker.{part}", StringComparison.Ordinal));
        int Last(string part) => order.FindLastIndex(
            name => name.StartsWith($"Cpf.Ml.Worker.{part}", StringComparison.Ordinal));

        Assert.InRange(Last("Publish"), 0, First("Transactions") - 1);
        Assert.InRange(Last("Transactions"), 0, First("Ingest") - 1);
    }

    [Fact]
    public async Task No_secret_is_ever_logged()
    {
        var log = new CapturedLog();
        using var output = new StringWriter();
        await using var own = await WorkerFixture.StartAsync(
            new()
            {
                ["Access:FirstSignIn"] = "true",
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
            },
            services => services.AddSingleton<ILoggerProvider>(log).AddSingleton<TextWriter>(output));
        using var session = await own.SignInAsync(Roles.Operator, Roles.Administrator);
        var token = await own.TokenAsync(Scopes.Administer);
        using var robot = own.Anonymous();
        robot.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await robot.GetAsync("/api/v1/tokens", Cancellation);
        using var wrong = await own.PostSignInAsync(own.Anonymous(), "operator", "a-wrong-but-close-password");

        var text = log.Text;

        Assert.Contains("/api/v1/tokens", text, StringComparison.Ordinal);
        Assert.DoesNotContain(WorkerFixture.Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong-but-close-password", text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            output.ToString().Split("admin")[1].Trim().Split('\n')[0], text, StringComparison.Ordinal);
        Assert.DoesNotContain("cpf-ml-session=C", text, StringComparison.Ordinal);
    }
}
