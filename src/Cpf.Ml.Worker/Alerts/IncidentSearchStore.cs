using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;
using Dapper;

namespace Cpf.Ml.Worker.Alerts;

/// <param name="HeldFrom">Since when no alert is open, Unix milliseconds.</param>
/// <param name="SilencedBy">Id of the silence that covers it.</param>
internal sealed record UnclosedIncident(string Id, long Version, long? HeldFrom, string? SilencedBy);

/// <summary>Finds incidents, for pages and the API.</summary>
internal sealed class IncidentSearchStore(Database database)
{
    private const string Filter = """
        where (cast(@Capability as text) is null or i.capability = @Capability)
          and (cast(@State as text) is null or
               case when i.closed_at is not null then 'closed'
                    when i.silenced_by is not null then 'silenced'
                    when i.acknowledged_by is not null then 'acknowledged'
                    else 'open' end = @State)
          and (cast(@Service as text) is null or i.service = @Service)
          and (cast(@Severity as text) is null or i.severity = @Severity)
        """;

    public async Task<IncidentList> FindAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(new
        {
            Capability = query.Capability is { } capability ? StoredJson.Name(capability) : null,
            State = query.State is { } state ? StoredJson.Name(state) : null,
            query.Service,
            Severity = query.Severity is { } severity ? StoredJson.Name(severity) : null,
            Id = query.Text?.Trim(),
            query.Skip,
            Take = Math.Clamp(query.Take, 1, IncidentQuery.MaxTake),
        });
        var filter = $"{Filter} {TextFilter(query.Text, parameters)}";
        await using var connection = await database.OpenAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            $"select count(*) from incident i {filter}", parameters, cancellationToken);
        var order = query.Sort switch
        {
            IncidentSort.Newest => "i.opened_at desc",
            IncidentSort.Oldest => "i.opened_at",
            IncidentSort.Updated => "i.updated_at desc",
            _ => """
                 case when i.closed_at is null then 0 else 1 end,
                 case i.severity when 'critical' then 0 when 'warning' then 1 else 2 end, i.opened_at desc
                 """,
        };
        var found = await IncidentRows.ReadAsync(
            connection,
            null, $"{filter} order by {order}, i.id limit @Take offset @Skip", parameters, cancellationToken);
        return new IncidentList(found, (int)total);
    }

    public async Task<Incident?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await IncidentRows.ReadAsync(
            connection, null, "where i.id = @id", new { id }, cancellationToken) is [var found]
            ? found : null;
    }

    /// <summary>Incidents by id, as far as they exist, in no order.</summary>
    public async Task<IReadOnlyList<Incident>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        return await IncidentRows.ReadAsync(
            connection, null, "where i.id in (select key from json_each(@ids))", new { ids = SqlList.Of(ids) },
            cancellationToken);
    }

    /// <summary>The version of an incident, which grows with every change; null when there is no such
    /// incident.</summary>
    public async Task<long?> FindVersionAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(
            "select version from incident where id = @id", new { id }, cancellationToken);
    }

    /// <summary>One incident with its timeline and similar past incidents; null when there is no such
    /// incident.</summary>
    public async Task<IncidentDetail?> DescribeAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (await IncidentRows.ReadAsync(
            connection, null, "where i.id = @id", new { id }, cancellationToken) is not [var incident])
        {
            return null;
        }

        var past = await IncidentRows.ReadOutlinesAsync(
            connection,
            null,
            """
            where i.capability = @capability and i.closed_at is not null and i.opened_at < @opened
              and (i.service = @service
                   or exists (select 1 from alert a
                              where a.incident_id = i.id and a.series_id in (select key from json_each(@series))))
            order by i.opened_at desc, i.id limit 200
            """,
            new
            {
                capability = StoredJson.Name(incident.Capability),
                opened = incident.OpenedAt.ToUnixTimeMilliseconds(),
                service = incident.Service,
                series = SqlList.Of(incident.Alerts.Select(alert => alert.SeriesId)),
            },
            cancellationToken);
        var timeline = await IncidentEventRows.ReadAsync(connection, null, id, cancellationToken);
        return new IncidentDetail(incident, timeline, IncidentSimilarity.Closest(incident, past, 5));
    }

    public async Task<IReadOnlyList<Incident>> FindUnclosedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await IncidentRows.ReadAsync(connection, null, "where i.closed_at is null", null, cancellationToken);
    }

    /// <summary>Every incident that is not closed, with what decides whether a sweep must read it whole.</summary>
    public async Task<IReadOnlyList<UnclosedIncident>> FindUnclosedOutlinesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<UnclosedIncident>(
            "select id, version, held_from as HeldFrom, silenced_by as SilencedBy from incident where closed_at "
                + "is null",
            null,
            cancellationToken)];
    }

    /// <summary>Open alerts, also those of incidents that a person closed.</summary>
    public async Task<IReadOnlyList<Alert>> FindOpenAlertsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var incidents = await IncidentRows.ReadAsync(
            connection,
            null, "where i.id in (select incident_id from alert where closed_at is null)", null, cancellationToken);
        return [.. incidents.SelectMany(incident => incident.Alerts).Where(alert => alert.ClosedAt is null)];
    }

    /// <summary>When the last alert of each series closed, Unix milliseconds, by the series.</summary>
    public async Task<IReadOnlyDictionary<string, long>> FindLastClosedAsync(
        string rule, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Series, long At)>(
            "select series_id, max(closed_at) from alert where rule = @rule and closed_at is not null group by "
                + "series_id", new { rule }, cancellationToken);
        return rows.ToDictionary(row => row.Series, row => row.At, StringComparer.Ordinal);
    }

    /// <summary>Incidents with an announcement that is open, or that ended at <paramref name="since"/> or
    /// later.</summary>
    public async Task<IReadOnlyList<Incident>> FindAnnouncedAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await IncidentRows.ReadAsync(
            connection,
            null,
            "where i.announced_at >= @since or (i.announced_at > 0 and i.closed_at is null)",
            new { since = since.ToUnixTimeMilliseconds() },
            cancellationToken);
    }

    /// <summary>Incidents of a series, newest first, for its page.</summary>
    public async Task<IReadOnlyList<Incident>> FindOfSeriesAsync(
        string seriesId, int take, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await IncidentRows.ReadAsync(
            connection,
            null,
            "where i.id in (select incident_id from alert where series_id = @seriesId) order by i.opened_at desc "
                + "limit @take",
            new { seriesId, take },
            cancellationToken);
    }

    public async Task<IncidentCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<IncidentCounts>(
            """
            select count(case when closed_at is null and silenced_by is null and acknowledged_by is null
                              then 1 end) as Open,
                   count(case when closed_at is null and silenced_by is null and acknowledged_by is not null
                              then 1 end) as Acknowledged,
                   count(case when closed_at is null and silenced_by is not null then 1 end) as Silenced,
                   count(closed_at) as Closed
            from incident
            """,
            null,
            cancellationToken);
    }

    /// <summary>Counts the alerts of a rule that opened since an instant, by the verdict on their incidents.</summary>
    public async Task<AlertYield> FindYieldAsync(string rule, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<AlertYield>(
            """
            select count(*) as Alerts,
                   count(case when i.verdict = 'useful' then 1 end) as Useful,
                   count(case when i.verdict = 'noise' then 1 end) as Noise
            from alert a join incident i on i.id = a.incident_id
            where a.rule = @rule and a.opened_at >= @since
            """,
            new { rule, since = since.ToUnixTimeMilliseconds() },
            cancellationToken);
    }

    /// <summary>Capabilities that have had an incident, in their order.</summary>
    public async Task<IReadOnlyList<Capability>> FindCapabilitiesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var names = await connection.QueryAsync<string>(
            "select distinct capability from incident", null, cancellationToken);
        return [.. names.Select(StoredJson.Parse<Capability>).Order()];
    }

    /// <summary>Services that have had an incident, by name.</summary>
    public async Task<IReadOnlyList<string>> FindServicesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(
            "select distinct service from incident order by service", null, cancellationToken)];
    }

    /// <summary>Fills the search text of rows that were stored before it existed; at start, after the
    /// migrations.</summary>
    public async Task FoldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        while (await IncidentRows.ReadAsync(
            connection, null, "where i.search is null limit 200", null, cancellationToken) is [_, ..] found)
        {
            await connection.ExecuteAsync(
                "update incident set search = @Search where id = @Id and search is null",
                found.Select(incident => new { incident.Id, Search = SearchText.Of(incident) }),
                cancellationToken);
        }
    }

    /// <summary>SQL that requires every word somewhere in the search text, or the whole text as id.</summary>
    private static string TextFilter(string? text, DynamicParameters parameters)
    {
        var words = SearchText.Words(text);
        if (words.Length == 0)
        {
            return "";
        }

        var each = words.Index().Select(word =>
        {
            parameters.Add($"Word{word.Index}", $"%{Escaped(word.Item)}%");
            return $"i.search like @Word{word.Index} escape '\\'";
        });
        return $"and (i.id = @Id or ({string.Join(" and ", each)}))";
    }

    private static string Escaped(string word) => word
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
