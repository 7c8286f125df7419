using Cpf.Ml.Worker.Access;

namespace Cpf.Ml.Worker.Console.Pages;

/// <summary>Who may sign in, and as what.</summary>
public sealed partial class PeoplePage
{
    private readonly HashSet<string> _roles = [Roles.Operator];

    private IReadOnlyList<Account> _accounts = [];
    private string _name = "";
    private string _displayName = "";
    private string _language = "fr";
    private string? _secret;
    private int _asked;

    protected override string Right => Scopes.Administer;

    protected override async Task RefreshAsync(CancellationToken cancellationToken) =>
        _accounts = await Accounts.ReadAsync(cancellationToken);

    private async Task CreateAsync()
    {
        var shown = string.IsNullOrWhiteSpace(_displayName) ? _name : _displayName;
        if (await ActAsync(
                async actor =>
                    (_, _secret) = await Accounts.CreateAsync(actor, _name, shown, _roles, _language, null, Gone),
                T($"Compte {_name} créé.", $"Account {_name} created.")))
        {
            (_name, _displayName) = ("", "");
        }
    }

    private async Task SetRoleAsync(Account account, string role, bool held)
    {
        var roles = held ? account.Roles.Add(role) : account.Roles.Remove(role);
        await ActAsync(
            actor => Accounts.ChangeAsync(actor, account.Name, null, roles, null, null, Gone),
            held
                ? T($"{account.Name} a maintenant le rôle « {RoleNames.Of(role, Ui)} ».",
                    $"{account.Name} now has the role “{RoleNames.Of(role, Ui)}”.")
                : T($"{account.Name} n'a plus le rôle « {RoleNames.Of(role, Ui)} ».",
                    $"{account.Name} no longer has the role “{RoleNames.Of(role, Ui)}”."));

        // After a refusal the checkbox is rendered again with the value of before.
        _asked++;
    }

    private async Task SetOpenAsync(Account account) => await ActAsync(
        actor => Accounts.ChangeAsync(actor, account.Name, null, null, null, account.DisabledAt is null, Gone),
        account.DisabledAt is null
            ? T($"Compte {account.Name} fermé. « Rouvrir » le rétablit.",
                $"Account {account.Name} closed. “Reopen” restores it.")
            : T($"Compte {account.Name} rouvert.", $"Account {account.Name} reopened."));

    private async Task SetPasswordAsync(Account account) => await ActAsync(
        async actor => _secret = await Accounts.SetPasswordAsync(actor, account.Name, null, Gone),
        T($"Nouveau mot de passe pour {account.Name} ; ses sessions sont terminées.",
            $"New password for {account.Name}; its sessions have ended."));

    private void Choose(string role, bool chosen)
    {
        if (chosen)
        {
            _roles.Add(role);
        }
        else
        {
            _roles.Remove(role);
        }
    }

    private string StateOf(Account account) => account switch
    {
        { DisabledAt: { } closed } => T($"fermé le {Ui.Moment(closed)}", $"closed on {Ui.Moment(closed)}"),
        { LockedUntil: { } until } when until > Now =>
            T($"verrouillé jusqu'à {Ui.Since(until, Now)}", $"locked until {Ui.Since(until, Now)}"),
        _ => T("ouvert", "open"),
    };
}
