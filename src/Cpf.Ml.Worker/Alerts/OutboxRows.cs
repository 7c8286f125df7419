using System.Data.Common;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>A message of the outbox as a row.</summary>
internal sealed class OutboxRows
{
    public const string Columns = """
        id, publisher, incident_id as IncidentId, kind, version, payload, created_at as CreatedAt,
        not_before as NotBefore, attempts, last_error as LastError, dead_at as DeadAt
        """;

    public string Id { get; init; } = "";

    public string Publisher { get; init; } = "";

    public string IncidentId { get; init; } = "";

    public string Kind { get; init; } = "";

    public long Version { get; init; }

    public string Payload { get; init; } = "";

    public long CreatedAt { get; init; }

    public long NotBefore { get; init; }

    public int Attempts { get; init; }

    public string? LastError { get; init; }

    public long? DeadAt { get; init; }

    public OutboxMessage ToMessage() => new(
        Id,
        Publisher,
        IncidentId,
        StoredJson.Parse<Notice>(Kind),
        Version,
        Payload,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        Attempts,
        LastError,
        DeadAt is { } dead ? DateTimeOffset.FromUnixTimeMilliseconds(dead) : null);

    /// <summary>A message that is stored already is left unchanged.</summary>
    public static Task WriteAsync(
        DbTransaction transaction, IEnumerable<OutboxMessage> messages, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            """
            insert into outbox (id, publisher, incident_id, kind, version, payload, created_at, not_before)
            values (@Id, @Publisher, @IncidentId, @Kind, @Version, @Payload, @CreatedAt, @NotBefore)
            on conflict (id) do nothing
            """,
            messages.Select(message => new OutboxRows
            {
                Id = message.Id,
                Publisher = message.Publisher,
                IncidentId = message.IncidentId,
                Kind = StoredJson.Name(message.Notice),
                Version = message.Version,
                Payload = message.Payload,
                CreatedAt = message.CreatedAt.ToUnixTimeMilliseconds(),
                NotBefore = message.CreatedAt.ToUnixTimeMilliseconds(),
            }).ToList(),
            cancellationToken,
            transaction);
}
