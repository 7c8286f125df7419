using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Marks of important series as rows.</summary>
internal sealed class ImportantSeriesStore(Database database)
{
    public async Task<IReadOnlyList<long>> FindAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>(
            "select series_id from important_series", null, cancellationToken)];
    }

    /// <summary>Sets or removes a mark, with its line in the audit log. Where nothing changes, nothing is
    /// written.</summary>
    /// <param name="audit">Its actor and time are those of the mark.</param>
    public async Task MarkAsync(long series, bool important, AuditEntry audit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(
            important
                ? "insert into important_series (series_id, marked_by, marked_at) values (@series, @Actor, @At) on "
                    + "conflict (series_id) do nothing"
                : "delete from important_series where series_id = @series",
            new { series, audit.Actor, At = audit.At.ToUnixTimeMilliseconds() },
            cancellationToken,
            transaction);
        if (changed > 0)
        {
            await AuditStore.AddAsync(transaction, audit, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
