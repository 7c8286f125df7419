using System.Net;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Access;

public sealed class SignInTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Correct_password_opens_a_session_that_the_api_accepts()
    {
        using var client = await worker.SignInAsync(Roles.Administrator);

        using var answer = await client.GetAsync("/api/v1/accounts", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Session_cookie_is_HttpOnly_and_SameSite_Lax()
    {
        using var client = worker.Anonymous();
        using var answer = await worker.PostSignInAsync(
            client, await worker.AccountAsync(Roles.Operator), WorkerFixture.Password);

        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"),
            value => value.StartsWith("cpf-ml-session=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/incidents/42?tab=timeline", "/incidents/42?tab=timeline")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    public async Task Sign_in_redirects_to_paths_of_this_site_only(string returnUrl, string expected)
    {
        using var client = worker.Anonymous();

        using var answer = await worker.PostSignInAsync(
            client, await worker.AccountAsync(Roles.Operator), WorkerFixture.Password, returnUrl);

        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData(Roles.Operator, "/incidents")]
    [InlineData(Roles.Controller, "/certifications")]
    [InlineData(Roles.Funder, "/matching")]
    public async Task Start_page_leads_to_sign_in_and_then_to_the_page_of_the_role(string role, string expected)
    {
        using var anonymous = worker.Anonymous();
        using var before = await anonymous.GetAsync(
            new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", before.Headers.Location?.AbsolutePath);
        Assert.Equal("", before.Headers.Location?.Query);

        // An account of its own: those of other tests may have more roles.
        var name = $"front-{role}";
        await worker.Services.GetRequiredService<Accounts>().CreateAsync(
            Actor.System, name, name, [role], "fr", WorkerFixture.Password, TestContext.Current.CancellationToken);
        using var signedIn = worker.Anonymous();
        using var done = await worker.PostSignInAsync(signedIn, name, WorkerFixture.Password);
        using var after = await signedIn.GetAsync(
            new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, after.Headers.Location?.AbsolutePath);
    }

    [Theory]
    [InlineData("operator", "not the password")]
    [InlineData("nobody-of-that-name", "correct horse battery")]
    [InlineData("", "")]
    public async Task Unknown_name_and_wrong_password_get_the_same_answer(string name, string password)
    {
        await worker.AccountAsync(Roles.Operator);
        using var client = worker.Anonymous();

        using var answer = await worker.PostSignInAsync(client, name, password, "/estate");

        Assert.Equal("/sign-in?error=credentials&returnUrl=%2Festate", answer.Headers.Location?.OriginalString);
        Assert.DoesNotContain("cpf-ml-session", string.Join(' ', answer.Headers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_without_antiforgery_token_opens_no_session()
    {
        using var client = worker.Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = await worker.AccountAsync(Roles.Operator),
            ["password"] = WorkerFixture.Password,
        });

        using var answer = await client.PostAsync("/sign-in", form, Cancellation);

        Assert.Equal("/sign-in?error=expired", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_until_the_lock_expires()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        await using var own = await WorkerFixture.StartAsync(
            new() { ["Access:LockAfter"] = "3", ["Access:LockLength"] = "00:10:00" },
            services => services.AddSingleton<TimeProvider>(clock));
        var accounts = own.Services.GetRequiredService<Accounts>();
        var name = await own.AccountAsync(Roles.Operator);
        var actor = new Actor(name, "127.0.0.1", "");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Null(await accounts.VerifyAsync(actor, "wrong", Cancellation));
        }

        Assert.Null(await accounts.VerifyAsync(actor, WorkerFixture.Password, Cancellation));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.NotNull(await accounts.VerifyAsync(actor, WorkerFixture.Password, Cancellation));
        Assert.Null((await accounts.FindAsync(name, Cancellation))!.LockedUntil);
    }

    [Fact]
    public async Task Disabled_account_loses_its_session_immediately()
    {
        using var client = await worker.SignInAsync(Roles.Auditor, Roles.Administrator);
        await worker.AccountAsync(Roles.Administrator);
        var accounts = worker.Services.GetRequiredService<Accounts>();

        await accounts.ChangeAsync(Actor.System, Roles.Auditor, null, null, null, disabled: true, Cancellation);

        using var answer = await client.GetAsync("/api/v1/accounts", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task New_password_ends_earlier_sessions()
    {
        using var client = await worker.SignInAsync(Roles.Funder, Roles.Administrator);
        var accounts = worker.Services.GetRequiredService<Accounts>();

        await accounts.SetPasswordAsync(Actor.System, Roles.Funder, WorkerFixture.Password, Cancellation);

        using var answer = await client.GetAsync("/api/v1/accounts", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Sign_in_attempts_from_one_address_are_rate_limited()
    {
        await using var own = await WorkerFixture.StartAsync(new() { ["Access:SignInsPerMinute"] = "2" });
        using var client = own.Anonymous();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var refused = await own.PostSignInAsync(client, "nobody", "wrong");
        }

        using var answer = await own.PostSignInAsync(client, "nobody", "wrong");

        Assert.Equal("/sign-in?error=rate", answer.Headers.Location?.OriginalString);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    /// <summary>The fixtures hash with one iteration; OWASP asks for 210 000 of PBKDF2 with HMAC-SHA-512.</summary>
    [Fact]
    public async Task Passwords_are_hashed_with_210_000_iterations()
    {
        await using var app = WorkerHost.Build([]);

        Assert.Equal(210_000, app.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount);
    }
}
