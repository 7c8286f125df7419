namespace Cpf.Ml.Worker.Storage;

/// <summary>Named states of the Worker that survive a restart, such as open minutes and source offsets.</summary>
internal sealed class WorkerStateStore(Database database, TimeProvider time)
{
    /// <returns>Null when nothing was saved under the name.</returns>
    public async Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<byte[]?>(
            "select state from worker_state where name = @name", new { name }, cancellationToken);
    }

    public async Task SaveAsync(string name, byte[] state, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into worker_state (name, saved_at, state) values (@name, @now, @state)
            on conflict (name) do update set saved_at = excluded.saved_at, state = excluded.state
            """,
            new { name, now = time.GetUtcNow().ToUnixTimeMilliseconds(), state },
            cancellationToken);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("delete from worker_state where name = @name", new { name }, cancellationToken);
    }
}
