using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cpf.Ml.Worker.Console.Kit;

/// <summary>A page with actions: it reports in words what was done or refused.</summary>
public abstract class ActingComponent : LiveComponent
{
    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Inject]
    private SessionWatch Reader { get; set; } = null!;

    [Inject]
    private ILogger<ActingComponent> ActionLogger { get; set; } = null!;

    /// <summary>Why the last action was refused; null when it was not.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>What the last action did; null when it was refused.</summary>
    protected string? Done { get; private set; }

    /// <summary>An action is running: its buttons are disabled.</summary>
    protected bool Busy { get; private set; }

    protected string Me { get; private set; } = "";

    /// <summary>Scope that the reader must have, checked before every action.</summary>
    protected virtual string Right => Scopes.Operate;

    protected override async Task OnInitializedAsync() => Me = (await Session).User.ActorName;

    /// <summary>Who reads the page.</summary>
    private protected async Task<Actor> ReaderAsync() => Actor.Of((await Session).User);

    /// <param name="done">Message shown when the action succeeded.</param>
    /// <returns>Whether it succeeded.</returns>
    private protected async Task<bool> ActAsync(Func<Actor, Task> action, string done)
    {
        if (Busy)
        {
            return false;
        }

        (Busy, Refusal, Done) = (true, null, null);
        try
        {
            var user = await Reader.AskAsync(Gone);
            if (!user.May(Right))
            {
                throw new RefusedException(403, new(
                    "Rien n'a été enregistré : votre compte n'a plus ce droit. Un administrateur peut vous le rendre.",
                    "Nothing was saved: your account no longer has this permission. An administrator can restore it."));
            }

            await action(Actor.Of(user));
            Done = done;
        }
        catch (RefusedException refused)
        {
            Refusal = Ui.T(refused.Reason);
        }
        catch (Exception reason) when (!Gone.IsCancellationRequested)
        {
            Log.ActionFailed(ActionLogger, GetType().Name, reason);
            Refusal = T(
                "Rien n'a été enregistré : le service n'a pas pu écrire dans sa base. Réessayez dans un instant ; si "
                    + "cela persiste, l'administrateur trouvera la cause dans le journal du service.",
                "Nothing was saved: the service could not write to its database. Try again in a moment; if it "
                    + "persists, the administrator finds the cause in the service's log.");
        }
        finally
        {
            Busy = false;
        }

        // The outcome is shown even when this refresh fails.
        await TryRefreshAsync();
        return Refusal is null;
    }

    /// <summary>Reports why the input is invalid, before anything is sent.</summary>
    protected void Refuse(string why) => (Refusal, Done) = (why, null);
}
