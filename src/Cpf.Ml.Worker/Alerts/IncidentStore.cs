using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>The only writer of incidents: one transaction at a time, with timeline, outbox and audit log.</summary>
internal sealed class IncidentStore(Database database,
    AlertReceivers receivers, OutboxSignal signal, IncidentFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>Any number that no other advisory lock of this service uses.</summary>
    private const long PostgresLock = 0x69_6E_63_69_64;

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Runs <paramref name="work"/> and commits what it saved, or nothing. Publishers and pages are notified
    /// after the commit.</summary>
    public async Task<T> ChangeAsync<T>(Func<IncidentTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        IReadOnlyList<IncidentRevision> saved;
        T result;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);

            // SQLite locks the file when a transaction begins; on PostgreSQL the advisory lock does the same for other
            // workers.
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

            // A commit that has begun is not cancelled: the caller must know its outcome.
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
