using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Access;

internal sealed class AccountStore(Database database)
{
    private const string Select = """
        select name, display_name as DisplayName, password_hash as PasswordHash, roles, language,
               created_at as CreatedAt, disabled_at as DisabledAt, failed_count as FailedCount,
               locked_until as LockedUntil
        from account
        """;

    public async Task<Account?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"{Select} where name = @name", new { name }, cancellationToken);
        return row?.ToAccount();
    }

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Account>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>($"{Select} order by name", null, cancellationToken))
            .Select(row => row.ToAccount())];
    }

    /// <returns>False when the name is taken; nothing was changed.</returns>
    public async Task<bool> AddAsync(Account account, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteAsync(
            """
            insert into account (name, display_name, password_hash, roles, language, created_at, disabled_at,
                failed_count, locked_until)
            values (@Name, @DisplayName, @PasswordHash, @Roles, @Language, @CreatedAt, @DisabledAt, 0, null)
            on conflict (name) do nothing
            """,
            Row.Of(account),
            cancellationToken,
            transaction);
        if (added == 0)
        {
            return false;
        }

        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Saves everything but the name, the creation and the count of failures; a lock ends with a new
    /// password.</summary>
    public async Task SaveAsync(Account account, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            update account set
                failed_count = case when password_hash = @PasswordHash then failed_count else 0 end,
                locked_until = case when password_hash = @PasswordHash then locked_until else null end,
                display_name = @DisplayName, password_hash = @PasswordHash, roles = @Roles, language = @Language,
                disabled_at = @DisabledAt
            where name = @Name
            """,
            Row.Of(account),
            cancellationToken,
            transaction);
        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Counts a wrong password; the one that reaches <paramref name="lockAfter"/> locks the account and resets
    /// the count.</summary>
    public async Task CountFailureAsync(
        string name, int lockAfter, DateTimeOffset lockedUntil, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            update account set
                locked_until = case when failed_count + 1 >= @lockAfter then @until else locked_until end,
                failed_count = case when failed_count + 1 >= @lockAfter then 0 else failed_count + 1 end
            where name = @name
            """,
            new { name, lockAfter, until = lockedUntil.ToUnixTimeMilliseconds() },
            cancellationToken,
            transaction);
        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task ForgetFailuresAsync(string name, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update account set failed_count = 0, locked_until = null where name = @name",
            new { name }, cancellationToken, transaction);
        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string DisplayName { get; init; } = "";

        public string PasswordHash { get; init; } = "";

        public string Roles { get; init; } = "";

        public string Language { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? DisabledAt { get; init; }

        public int FailedCount { get; init; }

        public long? LockedUntil { get; init; }

        public static Row Of(Account account) => new()
        {
            Name = account.Name,
            DisplayName = account.DisplayName,
            PasswordHash = account.PasswordHash,
            Roles = string.Join(',', account.Roles),
            Language = account.Language,
            CreatedAt = account.CreatedAt.ToUnixTimeMilliseconds(),
            DisabledAt = account.DisabledAt?.ToUnixTimeMilliseconds(),
        };

        public Account ToAccount() => new(
            Name,
            DisplayName,
            PasswordHash,
            [.. Roles.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Language,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Instant(DisabledAt),
            FailedCount,
            Instant(LockedUntil));

        private static DateTimeOffset? Instant(long? milliseconds) =>
            milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
