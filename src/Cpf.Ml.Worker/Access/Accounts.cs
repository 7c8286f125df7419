using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Cpf.Ml.Worker.Access;

/// <summary>People and their passwords. Every change is in the audit log.</summary>
internal sealed partial class Accounts(
    AccountStore store, AuditLog audit, IPasswordHasher<Account> hasher, AccessSettings settings, TimeProvider time)
{
    public const int MinPasswordLength = 12;

    /// <summary>OWASP (2023) for PBKDF2 with HMAC-SHA-512.</summary>
    public const int HashIterations = 210_000;

    private const int MaxPasswordLength = 200;

    /// <summary>Verified in place of an unknown name, so that the answer takes as long. Nobody has its
    /// password.</summary>
    private readonly Lazy<Account> _nobody = new(() => WithPassword(
        new Account("", "", "", [], "fr", default, null, 0, null), Secret.Password(), hasher));

    /// <summary>
    /// Raised with the changed account when its roles, its password or its right to sign in changed in this process;
    /// handlers return immediately and do not throw.
    /// </summary>
    public event Action<Account>? Changed;

    public Task<IReadOnlyList<Account>> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(cancellationToken);

    public Task<Account?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.FindAsync(Normalise(name), cancellationToken);

    /// <returns>The account; null when the name is unknown, the password wrong, or the account locked or disabled,
    /// without saying which.</returns>
    public async Task<Account?> VerifyAsync(Actor claimed, string password, CancellationToken cancellationToken)
    {
        var name = Normalise(claimed.Name);
        var account = await store.FindAsync(name, cancellationToken);
        var verdict = hasher.VerifyHashedPassword(
            account ?? _nobody.Value,
            (account ?? _nobody.Value).PasswordHash, password[..Math.Min(password.Length, MaxPasswordLength)]);
        var now = time.GetUtcNow();

        // An attempt counts and is recorded also when the client does not wait for the answer.
        cancellationToken = CancellationToken.None;
        if (account is null)
        {
            // The name may be a password typed into the wrong field: it is not recorded.
            await audit.RecordAsync(
                claimed with { Name = "" }, "sign-in.refused", "", null, new { reason = "unknown" }, cancellationToken);
            return null;
        }

        if (account.DisabledAt is not null || account.LockedUntil > now)
        {
            var reason = account.DisabledAt is not null ? "disabled" : "locked";
            await audit.RecordAsync(
                claimed with { Name = name }, "sign-in.refused", name, null, new { reason }, cancellationToken);
            return null;
        }

        if (verdict == PasswordVerificationResult.Failed)
        {
            var entry =
                audit.Entry(claimed with { Name = name }, "sign-in.refused", name, null, new { reason = "password" });
            await store.CountFailureAsync(
                name, settings.LockAfter, now + settings.LockLength, entry, cancellationToken);
            return null;
        }

        await store.ForgetFailuresAsync(
            name, audit.Entry(claimed with { Name = name }, "sign-in", name), cancellationToken);
        return account;
    }

    /// <param name="password">Null: one is generated.</param>
    /// <returns>The account, and its password in clear, to be shown once.</returns>
    /// <exception cref="RefusedException">The name is taken, or a value is invalid.</exception>
    public async Task<(Account Account, string Password)> CreateAsync(
        Actor actor,
        string name, string displayName, IReadOnlyCollection<string> roles, string language, string? password,
        CancellationToken cancellationToken)
    {
        name = Normalise(name);
        if (!ValidName().IsMatch(name))
        {
            throw new RefusedException(400, new(
                "Le nom doit avoir 2 à 64 caractères : lettres sans accent, chiffres, point, tiret, souligné ou @, et "
                    + "commencer par une lettre ou un chiffre.",
                "The name must have 2 to 64 characters: letters a to z, digits, dot, hyphen, underscore or @, "
                    + "beginning with a letter or digit."));
        }

        password ??= Secret.Password();
        var draft = new Account(
            name, displayName.Trim(), "", [.. roles.Distinct()], language,
            DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()), null, 0, null);
        Check(draft);
        CheckPassword(password);
        var account = WithPassword(draft, password, hasher);
        if (!await store.AddAsync(
            account, audit.Entry(actor, "account.create", name, null, Describe(account)), cancellationToken))
        {
            throw new RefusedException(
                409, new($"Le compte « {name} » existe déjà.", $"There is an account \"{name}\" already."));
        }

        return (account, password);
    }

    /// <summary>Changes what is not null.</summary>
    /// <exception cref="RefusedException">The account is unknown, a value is invalid, or no administrator would be
    /// left.</exception>
    public async Task<Account> ChangeAsync(
        Actor actor,
        string name, string? displayName, IReadOnlyCollection<string>? roles, string? language, bool? disabled,
        CancellationToken cancellationToken)
    {
        var account = await ExistingAsync(name, cancellationToken);
        var changed = account with
        {
            DisplayName = displayName?.Trim() ?? account.DisplayName,
            Roles = roles is null ? account.Roles : [.. roles.Distinct()],
            Language = language ?? account.Language,
            DisabledAt = disabled switch
            {
                null => account.DisabledAt,
                false => null,
                true => account.DisabledAt ?? time.GetUtcNow()
            },
        };
        Check(changed);
        if (Administers(account) && !Administers(changed)
            && !(await store.ReadAsync(cancellationToken))
                .Any(other => other.Name != account.Name && Administers(other)))
        {
            throw new RefusedException(409, new(
                $"« {account.Name} » est le dernier administrateur : nommez-en d’abord un autre.",
                $"\"{account.Name}\" is the last administrator: name another one first."));
        }

        await store.SaveAsync(
            changed,
            audit.Entry(actor, "account.change", account.Name, Describe(account), Describe(changed)),
            cancellationToken);
        Changed?.Invoke(changed);
        return changed;
    }

    /// <summary>Ends all sessions of the account, and its lock.</summary>
    /// <param name="password">Null: one is generated.</param>
    /// <returns>The password in clear, to be shown once.</returns>
    /// <exception cref="RefusedException">Unknown account, or the password is too short or too long.</exception>
    public async Task<string> SetPasswordAsync(
        Actor actor, string name, string? password, CancellationToken cancellationToken)
    {
        var account = await ExistingAsync(name, cancellationToken);
        password ??= Secret.Password();
        CheckPassword(password);
        var changed = WithPassword(account, password, hasher);
        await store.SaveAsync(changed, audit.Entry(actor, "account.password", account.Name), cancellationToken);
        Changed?.Invoke(changed);
        return password;
    }

    /// <summary>Changes a person's own password against the current one; wrong ones count and lock as at sign-in. Ends
    /// the person's other sessions.</summary>
    /// <returns>The account with its new password, for the session that continues.</returns>
    /// <exception cref="RefusedException">The current password is wrong, the account is locked, or the new password is
    /// too short, too long or unchanged.</exception>
    public async Task<Account> ChangeOwnPasswordAsync(
        Actor actor, string current, string password, CancellationToken cancellationToken)
    {
        var account = await ExistingAsync(actor.Name, cancellationToken);
        var now = time.GetUtcNow();
        if (account.LockedUntil > now)
        {
            throw new RefusedException(403, new(
                "Trop de mots de passe faux : ce compte attend un quart d'heure. Réessayez ensuite.",
                "Too many wrong passwords: this account is locked for a quarter of an hour. Try again then."));
        }

        CheckPassword(password);
        if (hasher.VerifyHashedPassword(
            account, account.PasswordHash, current[..Math.Min(current.Length, MaxPasswordLength)])
            == PasswordVerificationResult.Failed)
        {
            var refused = audit.Entry(actor, "account.password.refused", account.Name);
            await store.CountFailureAsync(
                account.Name, settings.LockAfter, now + settings.LockLength, refused, cancellationToken);
            throw new RefusedException(403, new(
                "Le mot de passe actuel n'est pas le bon. Rien n'a changé.",
                "The current password is not right. Nothing changed."));
        }

        if (password == current)
        {
            throw new RefusedException(400, new(
                "Le nouveau mot de passe est le même que l'actuel. Choisissez-en un autre.",
                "The new password is the same as the current one. Choose another."));
        }

        var changed = WithPassword(account, password, hasher);
        await store.SaveAsync(changed, audit.Entry(actor, "account.password", account.Name), cancellationToken);
        Changed?.Invoke(changed);
        return changed;
    }

    private static string Normalise(string name) => name.Trim().ToLowerInvariant();

    private static bool Administers(Account account) =>
        account.DisabledAt is null && account.Roles.Contains(Roles.Administrator);

    /// <summary>The part of an account that the audit log records.</summary>
    private static object Describe(Account account) =>
        new { account.DisplayName, account.Roles, account.Language, Disabled = account.DisabledAt is not null };

    private static Account WithPassword(Account account, string password, IPasswordHasher<Account> hasher) =>
        account with { PasswordHash = hasher.HashPassword(account, password) };

    private static void CheckPassword(string password)
    {
        if (password.Length is < MinPasswordLength or > MaxPasswordLength)
        {
            throw new RefusedException(400, new(
                $"Le mot de passe doit avoir {MinPasswordLength} à {MaxPasswordLength} caractères.",
                $"The password must have {MinPasswordLength} to {MaxPasswordLength} characters."));
        }
    }

    private static void Check(Account account)
    {
        if (account.DisplayName.Length is 0 or > 100)
        {
            throw new RefusedException(400, new(
                "Le nom affiché doit avoir 1 à 100 caractères.", "The display name must have 1 to 100 characters."));
        }

        if (account.Roles.IsEmpty || account.Roles.Except(Roles.All).Any())
        {
            var all = string.Join(", ", Roles.All);
            throw new RefusedException(400, new(
                $"Choisissez au moins un rôle parmi : {all}.", $"Choose at least one role out of: {all}."));
        }

        if (account.Language is not ("fr" or "en"))
        {
            throw new RefusedException(400, new("La langue doit être fr ou en.", "The language must be fr or en."));
        }
    }

    private async Task<Account> ExistingAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken)
        ?? throw new RefusedException(
            404, new($"Il n’y a pas de compte « {name} ».", $"There is no account \"{name}\"."));

    [GeneratedRegex("^[a-z0-9][a-z0-9._@-]{1,63}$")]
    private static partial Regex ValidName();
}
