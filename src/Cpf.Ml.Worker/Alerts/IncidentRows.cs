using System.Collections.Immutable;
using System.Data.Common;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Incidents and alerts as rows.</summary>
internal static class IncidentRows
{
    /// <param name="where">Constant SQL over the table <c>incident i</c>, with what follows it; values are
    /// parameters.</param>
    public static async Task<IReadOnlyList<Incident>> ReadAsync(
        DbConnection connection, DbTransaction? transaction,
        string where, object? parameters, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<IncidentRow>(
            $"""
            select i.id, i.capability, i.service, i.severity, i.opened_at as OpenedAt, i.updated_at as UpdatedAt,
                   i.held_from as HeldFrom, i.closed_at as ClosedAt, i.title, i.acknowledged_by as AcknowledgedBy,
                   i.acknowledged_at as AcknowledgedAt, i.assignee, i.verdict, i.silenced_by as SilencedBy,
                   i.announced, i.version
            from incident i {where}
            """,
            parameters,
            cancellationToken,
            transaction)).ToList();
        var alerts = (await connection.QueryAsync<AlertRow>(
            """
            select id, incident_id as IncidentId, capability, rule, series_id as SeriesId, series_name as SeriesName,
                   service, severity, opened_at as OpenedAt, updated_at as UpdatedAt, closed_at as ClosedAt, document
            from alert where incident_id in (select key from json_each(@ids))
            """,
            new { ids = SqlList.Of(rows.Select(row => row.Id)) },
            cancellationToken,
            transaction)).ToLookup(row => row.IncidentId);
        return [.. rows.Select(row => row.ToIncident(alerts[row.Id]))];
    }

    /// <summary>Outlines of incidents, which similarity compares, without their alerts.</summary>
    /// <param name="where">As for <see cref="ReadAsync"/>.</param>
    public static async Task<IReadOnlyList<IncidentOutline>> ReadOutlinesAsync(
        DbConnection connection, DbTransaction? transaction,
        string where, object parameters, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<OutlineRow>(
            $"""
            select i.id, i.capability, i.service, i.opened_at as OpenedAt, i.title, i.verdict, i.traits
            from incident i {where}
            """,
            parameters,
            cancellationToken,
            transaction)).ToList();

        // Incidents that were closed before traits were stored.
        var older = (await ReadAsync(
                connection,
                transaction,
                "where i.id in (select key from json_each(@ids))",
                new { ids = SqlList.Of(rows.Where(row => row.Traits is null).Select(row => row.Id)) },
                cancellationToken))
            .ToDictionary(incident => incident.Id, IncidentTraits.Of, StringComparer.Ordinal);
        return
        [
            .. rows.Select(row => new IncidentOutline(
                row.Id,
                StoredJson.Parse<Capability>(row.Capability),
                row.Service,
                At(row.OpenedAt),
                StoredJson.Read<Text>(row.Title),
                row.Verdict,
                row.Traits is { } traits ? StoredJson.Read<IncidentTraits>(traits) : older[row.Id])),
        ];
    }

    /// <returns>False when the incident was changed since it was read.</returns>
    public static async Task<bool> WriteAsync(
        DbTransaction transaction, Incident? before, Incident after, CancellationToken cancellationToken)
    {
        var written = await transaction.Connection!.ExecuteAsync(
            before is null
                ? """
                  insert into incident (id, capability, service, severity, opened_at, updated_at, held_from, closed_at,
                      title, acknowledged_by, acknowledged_at, assignee, verdict, silenced_by, announced, announced_at,
                      search, traits, version)
                  values (@Id, @Capability, @Service, @Severity, @OpenedAt, @UpdatedAt, @HeldFrom, @ClosedAt,
                      @Title, @AcknowledgedBy, @AcknowledgedAt, @Assignee, @Verdict, @SilencedBy, @Announced,
                      @AnnouncedAt, @Search, @Traits, @Version)
                  on conflict (id) do nothing
                  """
                : """
                  update incident set severity = @Severity, opened_at = @OpenedAt, updated_at = @UpdatedAt,
                      held_from = @HeldFrom, closed_at = @ClosedAt, title = @Title, acknowledged_by = @AcknowledgedBy,
                      acknowledged_at = @AcknowledgedAt, assignee = @Assignee, verdict = @Verdict,
                      silenced_by = @SilencedBy, announced = @Announced, announced_at = @AnnouncedAt, search = @Search,
                      traits = @Traits, version = @Version
                  where id = @Id and version = @Version - 1
                  """,
            IncidentRow.Of(after),
            cancellationToken,
            transaction);
        var known = new HashSet<object>(before?.Alerts ?? [], ReferenceEqualityComparer.Instance);
        await SqlRows.InsertAsync(
            transaction,
            """
            alert (id, incident_id, capability, rule, series_id, series_name, service, severity, opened_at, updated_at,
                closed_at, document)
            """,
            """
            on conflict (id) do update set series_name = excluded.series_name, severity = excluded.severity,
                updated_at = excluded.updated_at, closed_at = excluded.closed_at, document = excluded.document
            """,
            after.Alerts.Where(alert => !known.Contains(alert)).Select(alert => AlertRow.Of(alert, after.Id)),
            cancellationToken);
        return written == 1;
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } value ? At(value) : null;

    private sealed class IncidentRow
    {
        public string Id { get; init; } = "";

        public string Capability { get; init; } = "";

        public string Service { get; init; } = "";

        public string Severity { get; init; } = "";

        public long OpenedAt { get; init; }

        public long UpdatedAt { get; init; }

        public long? HeldFrom { get; init; }

        public long? ClosedAt { get; init; }

        public string Title { get; init; } = "";

        public string? AcknowledgedBy { get; init; }

        public long? AcknowledgedAt { get; init; }

        public string? Assignee { get; init; }

        public string? Verdict { get; init; }

        public string? SilencedBy { get; init; }

        public string Announced { get; init; } = "";

        public long AnnouncedAt { get; init; }

        public string Search { get; init; } = "";

        public string? Traits { get; init; }

        public long Version { get; init; }

        public static IncidentRow Of(Incident incident) => new()
        {
            Id = incident.Id,
            Capability = StoredJson.Name(incident.Capability),
            Service = incident.Service,
            Severity = StoredJson.Name(incident.Severity),
            OpenedAt = incident.OpenedAt.ToUnixTimeMilliseconds(),
            UpdatedAt = incident.UpdatedAt.ToUnixTimeMilliseconds(),
            HeldFrom = incident.HeldFrom?.ToUnixTimeMilliseconds(),
            ClosedAt = incident.ClosedAt?.ToUnixTimeMilliseconds(),
            Title = StoredJson.Write(incident.Title),
            AcknowledgedBy = incident.AcknowledgedBy,
            AcknowledgedAt = incident.AcknowledgedAt?.ToUnixTimeMilliseconds(),
            Assignee = incident.Assignee,
            Verdict = incident.Verdict,
            SilencedBy = incident.SilencedBy,
            Announced = StoredJson.Write(incident.Announced),
            AnnouncedAt =
                incident.Announced.Max(
                    announcement => (announcement.Until ?? announcement.Since).ToUnixTimeMilliseconds() as long?) ?? 0,
            Search = SearchText.Of(incident),
            Traits = StoredJson.Write(IncidentTraits.Of(incident)),
            Version = incident.Version,
        };

        public Incident ToIncident(IEnumerable<AlertRow> alerts) => new()
        {
            Id = Id,
            Capability = StoredJson.Parse<Capability>(Capability),
            Service = Service,
            Severity = StoredJson.Parse<Severity>(Severity),
            OpenedAt = At(OpenedAt),
            UpdatedAt = At(UpdatedAt),
            HeldFrom = At(HeldFrom),
            ClosedAt = At(ClosedAt),
            Title = StoredJson.Read<Text>(Title),
            Alerts = AlertRank.Order(alerts.Select(row => row.ToAlert())),
            AcknowledgedBy = AcknowledgedBy,
            AcknowledgedAt = At(AcknowledgedAt),
            Assignee = Assignee,
            Verdict = Verdict,
            SilencedBy = SilencedBy,
            Announced = StoredJson.Read<ImmutableArray<Announcement>>(Announced),
            Version = Version,
        };
    }

    private sealed class OutlineRow
    {
        public string Id { get; init; } = "";

        public string Capability { get; init; } = "";

        public string Service { get; init; } = "";

        public long OpenedAt { get; init; }

        public string Title { get; init; } = "";

        public string? Verdict { get; init; }

        public string? Traits { get; init; }
    }

    private sealed class AlertRow
    {
        public string Id { get; init; } = "";

        public string IncidentId { get; init; } = "";

        public string Capability { get; init; } = "";

        public string Rule { get; init; } = "";

        public string SeriesId { get; init; } = "";

        public string SeriesName { get; init; } = "";

        public string Service { get; init; } = "";

        public string Severity { get; init; } = "";

        public long OpenedAt { get; init; }

        public long UpdatedAt { get; init; }

        public long? ClosedAt { get; init; }

        public string Document { get; init; } = "";

        /// <summary>Values in the order of the columns.</summary>
        public static object?[] Of(Alert alert, string incidentId) =>
        [
            alert.Id,
            incidentId,
            StoredJson.Name(alert.Capability),
            alert.Rule,
            alert.SeriesId,
            StoredJson.Write(alert.SeriesName),
            alert.Service,
            StoredJson.Name(alert.Severity),
            alert.OpenedAt.ToUnixTimeMilliseconds(),
            alert.UpdatedAt.ToUnixTimeMilliseconds(),
            alert.ClosedAt?.ToUnixTimeMilliseconds(),
            StoredJson.Write(alert.Document),
        ];

        public Alert ToAlert() => new()
        {
            Id = Id,
            Capability = StoredJson.Parse<Capability>(Capability),
            Rule = Rule,
            SeriesId = SeriesId,
            SeriesName = StoredJson.Read<Text>(SeriesName),
            Service = Service,
            Severity = StoredJson.Parse<Severity>(Severity),
            OpenedAt = At(OpenedAt),
            UpdatedAt = At(UpdatedAt),
            ClosedAt = At(ClosedAt),
            Document = StoredJson.Read<AlertDocument>(Document),
        };
    }
}
