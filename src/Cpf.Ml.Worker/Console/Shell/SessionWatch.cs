using System.Security.Claims;
using Cpf.Ml.Worker.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Cpf.Ml.Worker.Console.Shell;

/// <summary>A page that stays open sends no request, so it asks from time to time whether its reader may still read.</summary>
internal sealed class SessionWatch(ILoggerFactory log, Accounts accounts) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken cancellationToken)
    {
        var account = await accounts.FindAsync(state.User.ActorName, cancellationToken);
        return account is { DisabledAt: null }
            && account.ToPrincipal() is var now
            && now.FindFirstValue(AccessClaims.Stamp) == state.User.FindFirstValue(AccessClaims.Stamp)
            && now.FindAll(ClaimTypes.Role).Select(role => role.Value)
                .SequenceEqual(state.User.FindAll(ClaimTypes.Role).Select(role => role.Value));
    }
}
