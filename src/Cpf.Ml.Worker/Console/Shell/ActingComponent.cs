using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cpf.Ml.Worker.Console.Shell;

/// <summary>A page on which people change something: what was refused and what was done is said in words.</summary>
public abstract class ActingComponent : LiveComponent
{
    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Inject]
    private ILogger<ActingComponent> ActionLog { get; set; } = null!;

    /// <summary>Why the last action was refused; null when it was not.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>What the last action did; null when it was refused.</summary>
    protected string? Done { get; private set; }

    /// <summary>An action is under way: its buttons wait.</summary>
    protected bool Busy { get; private set; }

    protected string Me { get; private set; } = "";

    protected override async Task OnInitializedAsync() => Me = (await Session).User.ActorName;

    /// <param name="done">Said when the action succeeded.</param>
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
            await action(Actor.Of((await Session).User));
            Done = done;
        }
        catch (RefusedException refused)
        {
            Refusal = Ui.T(refused.Reason);
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            ConsoleLog.ActionFailed(ActionLog, GetType().Name, reason);
            Refusal = T(
                "Rien n'a été enregistré : le service n'a pas pu écrire dans sa base. Réessayez dans un instant ; si cela persiste, l'administrateur trouvera la cause dans le journal du service.",
                "Nothing was saved: the service could not write to its database. Try again in a moment; if it persists, the administrator finds the cause in the service's log.");
        }
        finally
        {
            Busy = false;
        }

        await RefreshAsync(Gone);
        return Refusal is null;
    }

    /// <summary>Says why what was typed cannot be used, before anything is sent.</summary>
    protected void Refuse(string why) => (Refusal, Done) = (why, null);
}
