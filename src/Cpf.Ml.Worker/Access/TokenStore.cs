using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Access;

internal sealed class TokenStore(Database database)
{
    private const string Select = """
        select id, name, hash, scopes, created_by as CreatedBy, created_at as CreatedAt, expires_at as ExpiresAt,
               revoked_at as RevokedAt, last_used_at as LastUsedAt
        from api_token
        """;

    public async Task<ApiToken?> FindByHashAsync(string hash, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"{Select} where hash = @hash", new { hash }, cancellationToken);
        return row?.ToToken();
    }

    public async Task<ApiToken?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(
            $"{Select} where id = @id", new { id }, cancellationToken))?.ToToken();
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ApiToken>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>($"{Select} order by created_at desc, id", null, cancellationToken))
            .Select(row => row.ToToken())];
    }

    public async Task AddAsync(ApiToken token, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into api_token (id, name, hash, scopes, created_by, created_at, expires_at)
            values (@Id, @Name, @Hash, @Scopes, @CreatedBy, @CreatedAt, @ExpiresAt)
            """,
            Row.Of(token),
            cancellationToken,
            transaction);
        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>False when the token is unknown or revoked already; nothing was changed.</returns>
    public async Task<bool> RevokeAsync(string id, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var revoked = await connection.ExecuteAsync(
            "update api_token set revoked_at = @now where id = @id and revoked_at is null",
            new { id, now = entry.At.ToUnixTimeMilliseconds() },
            cancellationToken,
            transaction);
        if (revoked == 0)
        {
            return false;
        }

        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update api_token set last_used_at = @at where id = @id and (last_used_at is null or last_used_at < @at)",
            new { id, at = at.ToUnixTimeMilliseconds() },
            cancellationToken);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";

        public string Scopes { get; init; } = "";

        public string CreatedBy { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? ExpiresAt { get; init; }

        public long? RevokedAt { get; init; }

        public long? LastUsedAt { get; init; }

        public static Row Of(ApiToken token) => new()
        {
            Id = token.Id,
            Name = token.Name,
            Hash = token.Hash,
            Scopes = string.Join(',', token.Scopes),
            CreatedBy = token.CreatedBy,
            CreatedAt = token.CreatedAt.ToUnixTimeMilliseconds(),
            ExpiresAt = token.ExpiresAt?.ToUnixTimeMilliseconds(),
        };

        public ApiToken ToToken() => new(
            Id,
            Name,
            Hash,
            [.. Scopes.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            CreatedBy,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            Instant(ExpiresAt),
            Instant(RevokedAt),
            Instant(LastUsedAt));

        private static DateTimeOffset? Instant(long? milliseconds) =>
            milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
