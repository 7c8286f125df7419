using System.Security.Claims;
using Cpf.Ml.Worker.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Cpf.Ml.Worker.Console.Kit;

/// <summary>
/// The current identity of the reader of an open page. A page sends no request, so it is notified of a change of the
/// account in this process, checks the store before every action, and polls it for changes made by another worker.
/// </summary>
internal sealed class SessionWatch : RevalidatingServerAuthenticationStateProvider
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private readonly Accounts _accounts;
    private readonly AccessSettings _settings;
    private readonly ILogger _log;

    public SessionWatch(ILoggerFactory log, Accounts accounts, AccessSettings settings)
        : base(log)
    {
        _accounts = accounts;
        _settings = settings;
        _log = log.CreateLogger<SessionWatch>();
        accounts.Changed += OnChanged;
    }

    protected override TimeSpan RevalidationInterval => _settings.SessionCheck;

    /// <summary>Reloads the reader from the store; the page follows when they have changed.</summary>
    public async Task<ClaimsPrincipal> AskAsync(CancellationToken cancellationToken)
    {
        var before = (await GetAuthenticationStateAsync()).User;
        return Follow(before, await _accounts.FindAsync(before.ActorName, cancellationToken));
    }

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState state, CancellationToken cancellationToken)
    {
        try
        {
            var account = await _accounts.FindAsync(state.User.ActorName, cancellationToken);
            return Follow(state.User, account).Identity is { IsAuthenticated: true };
        }
        catch (Exception reason) when (!cancellationToken.IsCancellationRequested)
        {
            // The store is unavailable, so nothing is known. What is on screen was read with the right to do so, and no
            // action is possible without the store.
            Log.SessionUnknown(_log, reason);
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _accounts.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    private void OnChanged(Account account) => _ = ChangeAsync(account);

    private async Task ChangeAsync(Account account)
    {
        var user = (await GetAuthenticationStateAsync()).User;
        if (user.ActorName == account.Name)
        {
            Follow(user, account);
        }
    }

    /// <returns>The reader with the current roles of their account; nobody when the session has ended.</returns>
    private ClaimsPrincipal Follow(ClaimsPrincipal before, Account? account)
    {
        var now = account is { DisabledAt: null } ? account.ToPrincipal() : Nobody;
        if (now.FindFirstValue(AccessClaims.Stamp) != before.FindFirstValue(AccessClaims.Stamp))
        {
            now = Nobody;
        }
        else if (RolesOf(now).SequenceEqual(RolesOf(before)))
        {
            return before;
        }
        else if (before.FindFirst(Actor.SourceClaim) is { } source)
        {
            ((ClaimsIdentity)now.Identity!).AddClaim(source.Clone());
        }

        SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
        return now;
    }

    private static IEnumerable<string> RolesOf(ClaimsPrincipal user) =>
        user.FindAll(ClaimTypes.Role).Select(role => role.Value);
}
