using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Transactions;

/// <param name="OpenedAt">Unix milliseconds.</param>
internal sealed record OngoingIncident(string Id, string Service, long OpenedAt);

/// <summary>Examples of transactions, one list per incident.</summary>
internal sealed class IncidentExampleStore(Database database)
{
    /// <summary>Incidents that are not closed, of some services.</summary>
    public async Task<IReadOnlyList<OngoingIncident>> FindOngoingAsync(
        IEnumerable<string> services, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<OngoingIncident>(
            """
            select id as Id, service as Service, opened_at as OpenedAt from incident
            where capability = 'transactions' and closed_at is null
            and service in (select key from json_each(@services))
            """,
            new { services = SqlList.Of(services) },
            cancellationToken)];
    }

    /// <returns>Empty when there are none.</returns>
    public async Task<IReadOnlyList<IncidentExample>> FindAsync(string incident, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var document = await connection.ExecuteScalarAsync<string?>(
            "select document from incident_example where incident_id = @incident",
            new { incident }, cancellationToken);
        return document is null ? [] : StoredJson.Read<IReadOnlyList<IncidentExample>>(document);
    }

    public async Task SaveAsync(
        string incident, IReadOnlyList<IncidentExample> examples, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into incident_example (incident_id, document) values (@incident, @document)
            on conflict (incident_id) do update set document = excluded.document
            """,
            new { incident, document = StoredJson.Write(examples) },
            cancellationToken);
    }
}
