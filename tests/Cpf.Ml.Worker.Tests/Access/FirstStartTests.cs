using System.Net;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.Access;

public sealed partial class FirstStartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_start_prints_address_and_sign_in_and_the_second_prints_no_secret()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string>
        {
            ["Access:FirstSignIn"] = "true",
            ["Storage:Path"] = folder.In("kept.db"),
        };
        using var first = new StringWriter();
        using var second = new StringWriter();

        await using (
            var worker = await WorkerFixture.StartAsync(settings, services => services.AddSingleton<TextWriter>(first)))
        {
            Assert.Contains(worker.Address.ToString().TrimEnd('/'), first.ToString(), StringComparison.Ordinal);
            using var session = worker.Anonymous();
            using var signedIn = await worker.PostSignInAsync(
                session, "admin", Password().Match(first.ToString()).Groups[1].Value);
            Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
            using var robot = worker.Anonymous();
            robot.DefaultRequestHeaders.Authorization = new("Bearer", Token().Match(first.ToString()).Value);
            using var content = new StringContent("");
            using var sent = await robot.PostAsync("/api/v1/metrics", content, Cancellation);
            Assert.NotEqual(HttpStatusCode.Unauthorized, sent.StatusCode);
            Assert.NotEqual(HttpStatusCode.Forbidden, sent.StatusCode);
        }

        await using (await WorkerFixture.StartAsync(settings, services => services.AddSingleton<TextWriter>(second)))
        {
            Assert.Contains("./run --new-password admin", second.ToString(), StringComparison.Ordinal);
            Assert.DoesNotMatch(Password(), second.ToString());
            Assert.DoesNotMatch(Token(), second.ToString());
        }
    }

    [Fact]
    public async Task Session_survives_a_restart()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string> { ["Storage:Path"] = folder.In("kept.db") };
        string cookie;
        await using (var worker = await WorkerFixture.StartAsync(settings))
        {
            using var client = worker.Anonymous();
            using var answer = await worker.PostSignInAsync(
                client, await worker.AccountAsync(Roles.Administrator), WorkerFixture.Password);
            cookie = answer.Headers.GetValues("Set-Cookie")
                .Single(value => value.StartsWith("cpf-ml-session", StringComparison.Ordinal)).Split(';')[0];
        }

        await using var restarted = await WorkerFixture.StartAsync(settings);
        using var handler = new HttpClientHandler { UseCookies = false };
        using var again = new HttpClient(handler) { BaseAddress = restarted.Address };
        again.DefaultRequestHeaders.Add("Cookie", cookie);
        using var listed = await again.GetAsync("/api/v1/accounts", Cancellation);

        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
    }

    [Fact]
    public async Task Password_from_a_credential_creates_the_first_account_and_is_not_printed()
    {
        using var output = new StringWriter();
        await using var worker = await WorkerFixture.StartAsync(
            new() { ["Access:FirstPassword"] = "from a credential" },
            services => services.AddSingleton<TextWriter>(output));
        using var session = worker.Anonymous();

        using var signedIn = await worker.PostSignInAsync(session, "admin", "from a credential");

        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task NewPasswordFor_replaces_a_password_at_start_and_prints_it_once()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var settings = new Dictionary<string, string> { ["Storage:Path"] = folder.In("kept.db") };
        await using (var worker = await WorkerFixture.StartAsync(settings))
        {
            await worker.AccountAsync("operator");
        }

        settings["Access:NewPasswordFor"] = "operator";
        await using var restarted = await WorkerFixture.StartAsync(
            settings, services => services.AddSingleton<TextWriter>(output));
        using var session = restarted.Anonymous();
        using var old = await restarted.PostSignInAsync(session, "operator", WorkerFixture.Password);
        using var now = await restarted.PostSignInAsync(
            session, "operator", Password().Match(output.ToString()).Groups[1].Value);

        Assert.StartsWith("/sign-in?error=credentials", old.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal("/", now.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Start_without_any_account_warns_and_says_what_to_do()
    {
        var log = new CapturedLog();
        await using var worker = await WorkerFixture.StartAsync(
            services: services => services.AddSingleton<ILoggerProvider>(log));

        Assert.Contains("--Access:FirstSignIn=true", log.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:admin|operator) +((?:[a-z2-9]{5}-){3}[a-z2-9]{5})")]
    private static partial Regex Password();

    [GeneratedRegex("cpfml_[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
