using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Access;

/// <summary>Makes sure that somebody can sign in. Runs after the migrations and before requests are accepted.</summary>
internal sealed class FirstStart(Accounts accounts, ApiTokens tokens, AccessSettings settings)
{
    private const string Administrator = "admin";

    /// <summary>Name and password of accounts created at this start; shown once, then dropped.</summary>
    public List<(string Name, string Password)> Created { get; } = [];

    /// <summary>Secret of a token that may ingest; null when none was created at this start.</summary>
    public string? IngestToken { get; private set; }

    /// <exception cref="RefusedException"><see cref="AccessSettings.NewPasswordFor"/> names no account.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if ((await accounts.ReadAsync(cancellationToken)).Count == 0)
        {
            await CreateAsync(cancellationToken);
        }

        if (settings.NewPasswordFor.Length > 0)
        {
            var password =
                await accounts.SetPasswordAsync(Actor.System, settings.NewPasswordFor, null, cancellationToken);
            Created.Add((settings.NewPasswordFor, password));
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (settings.FirstPassword.Length > 0)
        {
            await accounts.CreateAsync(
                Actor.System, Administrator,
                "Administration", [Roles.Administrator], "fr", settings.FirstPassword, cancellationToken);
            return;
        }

        if (!settings.FirstSignIn)
        {
            return;
        }

        await CreateAsync(Administrator, "Administration", Roles.Administrator, cancellationToken);
        if (settings.DemoAccounts)
        {
            await CreateAsync("operateur", "Camille Exploitation", Roles.Operator, cancellationToken);
            await CreateAsync("controleur", "Dominique Contrôle", Roles.Controller, cancellationToken);
            await CreateAsync("financeur", "Claude Financement", Roles.Funder, cancellationToken);
            await CreateAsync("auditeur", "Andrea Audit", Roles.Auditor, cancellationToken);
        }

        (_, IngestToken) =
            await tokens.CreateAsync(Actor.System, "first-ingest", [Scopes.Ingest], null, cancellationToken);
    }

    private async Task CreateAsync(string name, string displayName, string role, CancellationToken cancellationToken)
    {
        var (account, password) = await accounts.CreateAsync(
            Actor.System, name, displayName, [role], "fr", null, cancellationToken);
        Created.Add((account.Name, password));
    }
}
