using Dapper;

namespace Cpf.Ml.Worker.Storage;

/// <param name="SeriesId">Of the series.</param>
/// <param name="Hour">Unix milliseconds of the hour's begin.</param>
/// <param name="Points">Encoded points.</param>
internal sealed record PointBlock(long SeriesId, long Hour, byte[] Points);

/// <summary>Scored points, one row a series and hour.</summary>
internal sealed class PointBlockStore(Database database)
{
    public async Task<IReadOnlyList<PointBlock>> ReadAsync(long seriesId, long from, long to, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<PointBlock>(new CommandDefinition(
            """
            select series_id as SeriesId, hour as Hour, points as Points
            from point_block where series_id = @seriesId and hour >= @from and hour < @to order by hour
            """,
            new { seriesId, from, to },
            cancellationToken: cancellationToken))];
    }

    public async Task WriteAsync(IReadOnlyList<PointBlock> blocks, CancellationToken cancellationToken)
    {
        if (blocks.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into point_block (series_id, hour, points) values (@SeriesId, @Hour, @Points)
            on conflict (series_id, hour) do update set points = excluded.points
            """,
            blocks,
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes hours that began before an instant.</summary>
    public async Task ForgetAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from point_block where hour < @before", new { before }, cancellationToken: cancellationToken));
    }
}
