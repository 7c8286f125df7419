using System.Globalization;
using Cpf.Ml.Worker.Storage;
using Dapper;

namespace Cpf.Ml.Worker.Transactions;

/// <param name="SeriesId">Of the series.</param>
/// <param name="Hour">Unix milliseconds of the hour's begin.</param>
/// <param name="Points">Encoded points.</param>
internal sealed record PointBlock(long SeriesId, long Hour, byte[] Points);

/// <summary>A range of one series. Instants in Unix milliseconds.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
internal readonly record struct PointWindow(long SeriesId, long From, long To);

/// <summary>Scored points, one row per series and hour.</summary>
internal sealed class PointBlockStore(Database database)
{
    /// <summary>The hours that begin within the windows, each once, in one query.</summary>
    public async Task<IReadOnlyList<PointBlock>> ReadAsync(
        IReadOnlyCollection<PointWindow> windows, CancellationToken cancellationToken)
    {
        if (windows.Count == 0)
        {
            return [];
        }

        var parameters = new DynamicParameters();
        var each = windows.Distinct().Index().Select(window =>
        {
            var number = window.Index.ToString(CultureInfo.InvariantCulture);
            parameters.Add("series" + number, window.Item.SeriesId);
            parameters.Add("from" + number, window.Item.From);
            parameters.Add("to" + number, window.Item.To);
            return $"(series_id = @series{number} and hour >= @from{number} and hour < @to{number})";
        });
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<PointBlock>(
            $"""
            select series_id as SeriesId, hour as Hour, points as Points
            from point_block where {string.Join(" or ", each)} order by series_id, hour
            """,
            parameters,
            cancellationToken)];
    }

    /// <summary>Single hours of any series, in any order; those that are not there are left out.</summary>
    public async Task<IReadOnlyList<PointBlock>> FindAsync(
        IReadOnlyList<(long SeriesId, long Hour)> hours, CancellationToken cancellationToken)
    {
        if (hours.Count == 0)
        {
            return [];
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<PointBlock>(
            """
            with wanted (series_id, hour) as (
              select cast(value ->> 0 as bigint), cast(value ->> 1 as bigint) from json_each(@hours))
            select b.series_id as SeriesId, b.hour as Hour, b.points as Points
            from wanted w join point_block b on b.series_id = w.series_id and b.hour = w.hour
            """,
            new { hours = SqlList.Of(hours) },
            cancellationToken)];
    }

    public async Task WriteAsync(IReadOnlyList<PointBlock> blocks, CancellationToken cancellationToken)
    {
        if (blocks.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into point_block (series_id, hour, points) values (@SeriesId, @Hour, @Points)
            on conflict (series_id, hour) do update set points = excluded.points
            """,
            blocks,
            cancellationToken,
            transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes hours that began before an instant.</summary>
    public async Task ForgetAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "delete from point_block where hour < @before", new { before }, cancellationToken);
    }
}
