using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Access;

internal static class AccountEndpoints
{
    extension(WebApplication app)
    {
        public void MapAccounts()
        {
            var accounts = app.MapGroup("/api/v1/accounts")
                .RequireAuthorization(Scopes.Administer).WithTags("Accounts");
            accounts.MapGet("", ReadAsync).WithSummary("All accounts, by name.");
            accounts.MapPost("", CreateAsync)
                .WithSummary(
                    "Create an account. Without a password one is generated; it is in this response and nowhere else.");
            accounts.MapPatch("{name}", ChangeAsync)
                .WithSummary("Change the given fields; disabling ends the account's sessions.");
            accounts.MapPost("{name}/password", SetPasswordAsync)
                .WithSummary("Give an account a new password, which ends its sessions and its lock. Without one, it is "
                    + "generated.");
        }
    }

    private static async Task<Ok<List<AccountView>>> ReadAsync(
        Accounts accounts, CancellationToken cancellationToken) =>
        TypedResults.Ok<List<AccountView>>([.. (await accounts.ReadAsync(cancellationToken)).Select(AccountView.Of)]);

    private static async Task<Created<NewAccountView>> CreateAsync(
        NewAccount body, ClaimsPrincipal user, Accounts accounts, CancellationToken cancellationToken)
    {
        var (account, password) = await accounts.CreateAsync(
            Actor.Of(user),
            body.Name, body.DisplayName ?? body.Name, body.Roles, body.Language, body.Password, cancellationToken);
        return TypedResults.Created(
            $"/api/v1/accounts/{Uri.EscapeDataString(account.Name)}",
            new NewAccountView(AccountView.Of(account), body.Password is null ? password : null));
    }

    private static async Task<Ok<AccountView>> ChangeAsync(
        string name,
        AccountChange body, ClaimsPrincipal user, Accounts accounts, CancellationToken cancellationToken) =>
        TypedResults.Ok(AccountView.Of(await accounts.ChangeAsync(
            Actor.Of(user), name, body.DisplayName, body.Roles, body.Language, body.Disabled, cancellationToken)));

    private static async Task<Ok<NewPasswordView>> SetPasswordAsync(
        string name, NewPassword body, ClaimsPrincipal user, Accounts accounts, CancellationToken cancellationToken)
    {
        var password = await accounts.SetPasswordAsync(Actor.Of(user), name, body.Password, cancellationToken);
        return TypedResults.Ok(new NewPasswordView(body.Password is null ? password : null));
    }
}

/// <param name="DisplayName">Default: the name.</param>
/// <param name="Roles">operator, controller, funder, auditor, administrator.</param>
/// <param name="Language">fr or en.</param>
/// <param name="Password">12 to 200 characters; absent: generated.</param>
internal sealed record NewAccount(
    string Name, string[] Roles, string? DisplayName = null, string Language = "fr", string? Password = null);

internal sealed record AccountChange(
    string? DisplayName = null, string[]? Roles = null, string? Language = null, bool? Disabled = null);

internal sealed record NewPassword(string? Password = null);

/// <param name="Password">Only when it was generated; it cannot be read again.</param>
internal sealed record NewPasswordView(string? Password);

/// <param name="Password">Only when it was generated; it cannot be read again.</param>
internal sealed record NewAccountView(AccountView Account, string? Password);

internal sealed record AccountView(
    string Name,
    string DisplayName,
    ImmutableArray<string> Roles,
    string Language,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? LockedUntil)
{
    public static AccountView Of(Account account) => new(
        account.Name, account.DisplayName,
        account.Roles, account.Language, account.CreatedAt, account.DisabledAt, account.LockedUntil);
}
