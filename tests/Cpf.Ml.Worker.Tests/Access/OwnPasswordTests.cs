using System.Net;
using System.Net.Http.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.Access;

public sealed class OwnPasswordTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private const string New = "a quiet river bends twice";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Password_change_replaces_the_old_password_at_sign_in()
    {
        using var client = await SignInAsync("jeanne");

        using var changed = await ChangeAsync(client, WorkerFixture.Password, New);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);

        using var ended = await client.GetAsync("/api/v1/incidents", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        using var other = worker.Anonymous();
        using var old = await worker.PostSignInAsync(other, "jeanne", WorkerFixture.Password);
        Assert.Contains("error=credentials", old.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var fresh = await worker.PostSignInAsync(other, "jeanne", New);
        Assert.Equal("/", fresh.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("not my password", New, HttpStatusCode.Forbidden)]
    [InlineData(WorkerFixture.Password, "short", HttpStatusCode.BadRequest)]
    [InlineData(WorkerFixture.Password, WorkerFixture.Password, HttpStatusCode.BadRequest)]
    public async Task Refused_password_change_changes_nothing(string current, string password, HttpStatusCode status)
    {
        using var client = await SignInAsync("louis");

        using var refused = await ChangeAsync(client, current, password);

        Assert.Equal(status, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        using var still = await client.GetAsync("/api/v1/incidents", Cancellation);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Wrong_current_passwords_lock_the_account_as_at_sign_in()
    {
        using var client = await SignInAsync("marthe");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await ChangeAsync(client, "a guess", New);
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }

        using var right = await ChangeAsync(client, WorkerFixture.Password, New);

        Assert.Equal(HttpStatusCode.Forbidden, right.StatusCode);
        var account = await worker.Services.GetRequiredService<Accounts>().FindAsync("marthe", Cancellation);
        Assert.NotNull(account!.LockedUntil);
    }

    private async Task<HttpClient> SignInAsync(string name)
    {
        var accounts = worker.Services.GetRequiredService<Accounts>();
        if (await accounts.FindAsync(name, Cancellation) is null)
        {
            await accounts.CreateAsync(
                Actor.System, name, name, [Roles.Operator], "fr", WorkerFixture.Password, Cancellation);
        }

        var client = worker.Anonymous();
        using var answer = await worker.PostSignInAsync(client, name, WorkerFixture.Password);
        Assert.Equal("/", answer.Headers.Location!.ToString());
        return client;
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current, string password) =>
        client.PostAsJsonAsync("/api/v1/account/password", new { current, password }, Cancellation);
}
