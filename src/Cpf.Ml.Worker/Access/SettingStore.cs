using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Access;

/// <summary>What people set while the service runs, for example the alert budget.</summary>
internal sealed class SettingStore(Database database, AuditLog audit)
{
    /// <returns>The JSON that was saved; null when nobody has set it.</returns>
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(
            "select value from setting where name = @name", new { name }, cancellationToken);
    }

    /// <summary>Saves the setting, with who, when and what it was in the audit log.</summary>
    /// <param name="json">A JSON document.</param>
    public async Task SaveAsync(string name, string json, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await connection.ExecuteScalarAsync<string?>(
            "select value from setting where name = @name", new { name }, cancellationToken, transaction);
        var entry = audit.Entry(actor, "setting.change", name) with { Before = before, After = json };
        await connection.ExecuteAsync(
            """
            insert into setting (name, value, changed_by, changed_at) values (@name, @json, @ChangedBy, @ChangedAt)
            on conflict (name) do update
            set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """,
            new { name, json, ChangedBy = actor.Name, ChangedAt = entry.At.ToUnixTimeMilliseconds() },
            cancellationToken,
            transaction);
        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
