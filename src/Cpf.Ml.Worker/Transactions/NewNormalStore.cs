using System.Data.Common;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>New normals as rows. They are added in an <see cref="IncidentTransaction"/>.</summary>
internal sealed class NewNormalStore(Database database)
{
    private const string Select = "select id as Id, series_id as SeriesId, at as At, reason as Reason, created_by as "
        + "CreatedBy, created_at as CreatedAt from new_normal";

    /// <summary>The newest one of each series, Unix milliseconds by series.</summary>
    public async Task<IReadOnlyDictionary<long, long>> FindNewestAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(long Series, long At)>(
            "select series_id, max(at) from new_normal group by series_id", null, cancellationToken))
            .ToDictionary(row => row.Series, row => row.At);
    }

    /// <summary>Of one series in [<paramref name="from"/>, <paramref name="to"/>), newest first.</summary>
    public async Task<IReadOnlyList<NewNormal>> FindAsync(
        long series, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"{Select} where series_id = @series and at >= @from and at < @to order by at desc, id",
            new { series, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() },
            cancellationToken);
        return [.. rows.Select(row => new NewNormal(
            row.Id, row.SeriesId, DateTimeOffset.FromUnixTimeMilliseconds(row.At),
            row.Reason, row.CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)))];
    }

    public static Task AddAsync(DbTransaction transaction,
        NewNormal normal, CancellationToken cancellationToken) => transaction.Connection!.ExecuteAsync(
        """
        insert into new_normal (id, series_id, at, reason, created_by, created_at)
        values (@Id, @SeriesId, @At, @Reason, @CreatedBy, @CreatedAt)
        """,
        new
        {
            normal.Id,
            normal.SeriesId,
            At = normal.At.ToUnixTimeMilliseconds(),
            normal.Reason,
            normal.CreatedBy,
            CreatedAt = normal.CreatedAt.ToUnixTimeMilliseconds(),
        },
        cancellationToken,
        transaction);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long SeriesId { get; init; }

        public long At { get; init; }

        public string Reason { get; init; } = "";

        public string CreatedBy { get; init; } = "";

        public long CreatedAt { get; init; }
    }
}
