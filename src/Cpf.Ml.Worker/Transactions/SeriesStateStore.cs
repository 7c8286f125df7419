using System.Data.Common;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>A series as it is stored, with the state of its detector.</summary>
/// <param name="Labels">JSON object.</param>
/// <param name="Kind">Name of a metric kind.</param>
/// <param name="Model">The trained model that it began from, or empty.</param>
internal sealed record StoredSeries(long Id,
    string Key, string Name, string Labels, string Kind, string Unit, string Service, string Model, byte[] State);

/// <summary>Series and the states of their detectors.</summary>
internal sealed class SeriesStateStore(Database database, TimeProvider time)
{
    /// <summary>Writes series and states in one transaction.</summary>
    public async Task WriteAsync(IReadOnlyList<StoredSeries> series, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = series.Select(row => new
        {
            row.Id,
            row.Key,
            row.Name,
            row.Labels,
            row.Kind,
            row.Unit,
            row.Service,
            row.Model,
            row.State,
            Now = now
        }).ToList();
        await connection.ExecuteAsync(
            """
            insert into series (id, key, name, labels, kind, unit, service, model, created_at)
            values (@Id, @Key, @Name, @Labels, @Kind, @Unit, @Service, @Model, @Now)
            on conflict (id) do update
            set kind = excluded.kind, unit = excluded.unit, service = excluded.service, model = excluded.model
            """,
            rows,
            cancellationToken,
            transaction);
        await connection.ExecuteAsync(
            """
            insert into detector_state (series_id, saved_at, state) values (@Id, @Now, @State)
            on conflict (series_id) do update set saved_at = excluded.saved_at, state = excluded.state
            """,
            rows,
            cancellationToken,
            transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes states. The series keep their names for as long as they have points.</summary>
    public async Task ForgetAsync(IReadOnlyList<long> series, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "delete from detector_state where series_id = @Id",
            series.Select(id => new { Id = id }), cancellationToken, transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes the names of series that have neither state nor points.</summary>
    public async Task ForgetNamesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            delete from series
            where not exists (select 1 from detector_state d where d.series_id = series.id)
              and not exists (select 1 from point_block p where p.series_id = series.id)
            """,
            null,
            cancellationToken);
    }

    /// <summary>Every series that has a state, one at a time: all together may be larger than memory allows
    /// twice.</summary>
    /// <exception cref="DbException">The store cannot be read.</exception>
    public async IAsyncEnumerable<StoredSeries> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = connection.QueryUnbufferedAsync<StoredSeries>(
            """
            select s.id as Id, s.key as Key, s.name as Name, s.labels as Labels, s.kind as Kind, s.unit as Unit,
                   s.service as Service, s.model as Model, d.state as State
            from series s join detector_state d on d.series_id = s.id order by s.id
            """, cancellationToken);
        await foreach (var row in rows)
        {
            yield return row;
        }
    }
}
