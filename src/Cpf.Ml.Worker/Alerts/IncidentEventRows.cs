using System.Data.Common;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>The timeline as rows, which are only inserted.</summary>
internal static class IncidentEventRows
{
    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<IncidentEvent>> ReadAsync(
        DbConnection connection, DbTransaction? transaction, string incidentId, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select id, incident_id as IncidentId, at, actor, kind, version, detail
            from incident_event where incident_id = @incidentId order by at, version, position, id
            """,
            new { incidentId },
            cancellationToken,
            transaction);
        return
        [
            .. rows.Select(row => new IncidentEvent(
                row.Id,
                row.IncidentId,
                DateTimeOffset.FromUnixTimeMilliseconds(row.At),
                row.Actor,
                StoredJson.Parse<IncidentEventKind>(row.Kind),
                row.Version,
                StoredJson.Read<EventDetail>(row.Detail))),
        ];
    }

    public static Task WriteAsync(
        DbTransaction transaction, IEnumerable<IncidentEvent> events, CancellationToken cancellationToken) =>
        SqlRows.InsertAsync(
            transaction,
            "incident_event (id, incident_id, at, actor, kind, version, position, detail)",
            "on conflict (id) do nothing",
            events.Select((line, position) => new object?[]
            {
                line.Id,
                line.IncidentId,
                line.At.ToUnixTimeMilliseconds(),
                line.Actor,
                StoredJson.Name(line.Kind),
                line.Version,
                position,
                StoredJson.Write(line.Detail),
            }),
            cancellationToken);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string IncidentId { get; init; } = "";

        public long At { get; init; }

        public string Actor { get; init; } = "";

        public string Kind { get; init; } = "";

        public long Version { get; init; }

        public string Detail { get; init; } = "";
    }
}
