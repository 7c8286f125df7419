using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Reads silences and maintenance windows; an <see cref="IncidentTransaction"/> writes them.</summary>
internal sealed class SilenceStore(Database database)
{
    /// <summary>Those that are active at <paramref name="now"/>.</summary>
    public async Task<IReadOnlyList<Silence>> FindActiveAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await SilenceRows.ReadActiveAsync(connection, null, now, cancellationToken);
    }

    public async Task<Silence?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await SilenceRows.FindAsync(connection, null, id, cancellationToken);
    }

    /// <summary>Active and planned ones first, then ended ones; the newest first.</summary>
    public async Task<IReadOnlyList<Silence>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await SilenceRows.ReadAsync(
            connection,
            null,
            "where 1 = 1 order by case when ends_at > @now and ended_at is null then 0 else 1 end, starts_at desc, id "
                + "limit 500",
            new { now = now.ToUnixTimeMilliseconds() },
            cancellationToken);
    }
}
