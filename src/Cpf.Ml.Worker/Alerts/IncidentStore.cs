using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>The one way in which incidents change: one transaction after the other, with timeline, outbox and
/// audit.</summary>
internal sealed class IncidentStore(Database database,
    AlertReceivers receivers, OutboxSignal signal, IncidentFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>Any number, as long as nothing else of this service takes the same advisory lock.</summary>
    private const long PostgresLock = 0x69_6E_63_69_64;

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Runs <paramref name="work"/> and commits what it saved, or nothing. Publishers and pages hear of it
    /// after the commit.</summary>
    public async Task<T> ChangeAsync<T>(Func<IncidentTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        IReadOnlyList<IncidentRevision> saved;
        T result;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);

            // SQLite locks the file at the begin of a transaction; on PostgreSQL the lock keeps other workers waiting
            // likewise.
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (database.IsPostgres)
            {
                await connection.ExecuteAsync(
                    "select pg_advisory_xact_lock(@PostgresLock)",
                    new { PostgresLock }, cancellationToken, transaction);
            }

            var unit = new IncidentTransaction(transaction, receivers, time, cancellationToken);
            result = await work(unit);
            saved = unit.Saved;

            // Once begun, a commit is not called off: the caller must know whether it came about.
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }

        if (saved.Any(revision => revision.Notice is not null))
        {
            signal.Set();
        }

        if (saved.Count > 0)
        {
            feed.Raise([.. saved.Select(revision => revision.After)]);
        }

        return result;
    }

    public void Dispose() => _writing.Dispose();
}
