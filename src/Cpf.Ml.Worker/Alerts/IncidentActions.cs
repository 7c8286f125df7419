using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>
/// What people do to an incident, each with actor and time in the timeline and in the audit log. A caller gives the
/// version that it saw: when somebody else took the same action since, the call is refused with who did what. A null
/// version skips this check.
/// </summary>
internal sealed class IncidentActions(IncidentStore store, AccountStore accounts, AuditLog audit, TimeProvider time)
{
    /// <summary>Longest comment, in characters.</summary>
    public const int MaxCommentLength = 4000;

    public Task<Incident> AcknowledgeAsync(
        string id, long? version, Actor actor, CancellationToken cancellationToken) => ActAsync(
        id, version, IncidentEventKind.Acknowledged, "incident.acknowledge", actor, incident => incident.AcknowledgedBy,
        incident =>
        {
            IncidentRefusals.IfClosed(incident);
            return incident.AcknowledgedBy == actor.Name ? null
                : IncidentLife.Acknowledge(incident, actor.Name, time.GetUtcNow());
        },
        cancellationToken);

    /// <param name="assignee">Name of an account that may handle incidents; null unassigns
    /// it.</param>
    public async Task<Incident> AssignAsync(
        string id, string? assignee, long? version, Actor actor, CancellationToken cancellationToken)
    {
        var name = string.IsNullOrWhiteSpace(assignee) ? null : assignee.Trim().ToLowerInvariant();
        if (name is not null && await accounts.FindAsync(name, cancellationToken) is not { MayHandleIncidents: true })
        {
            throw IncidentRefusals.NoSuchHandler(name);
        }

        return await ActAsync(
            id, version, IncidentEventKind.Assigned, "incident.assign", actor, incident => incident.Assignee,
            incident => incident.Assignee == name ? null
                : IncidentLife.Assign(incident, name, actor.Name, time.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>Comments never conflict: no version is checked.</summary>
    public Task<Incident> CommentAsync(string id, string text, Actor actor, CancellationToken cancellationToken)
    {
        var comment = Refusals.IfEmpty(text, "text");
        Refusals.IfLonger(comment, MaxCommentLength, "text");
        return ActAsync(
            id, null, IncidentEventKind.Comment, "incident.comment", actor, _ => null,
            incident => IncidentLife.Comment(incident, comment, actor.Name, time.GetUtcNow()), cancellationToken);
    }

    /// <param name="verdict"><c>useful</c>, <c>noise</c>, or null to withdraw the verdict.</param>
    public Task<Incident> JudgeAsync(
        string id, string? verdict, long? version, Actor actor, CancellationToken cancellationToken)
    {
        IncidentRefusals.IfNoVerdict(verdict);
        return ActAsync(
            id, version, IncidentEventKind.Verdict, "incident.verdict", actor, incident => incident.Verdict,
            incident => incident.Verdict == verdict ? null
                : IncidentLife.Judge(incident, verdict, actor.Name, time.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>Closes by hand. Its alerts stay open; only one that gets worse reopens the incident.</summary>
    public Task<Incident> CloseAsync(
        string id, long? version, Actor actor, CancellationToken cancellationToken) => ActAsync(
        id, version, IncidentEventKind.Closed, "incident.close", actor, incident => incident.ClosedAt,
        incident =>
        {
            IncidentRefusals.IfClosed(incident);
            return IncidentLife.Close(incident, actor.Name, time.GetUtcNow());
        },
        cancellationToken);

    /// <param name="field">The field that the action changes, for the audit log.</param>
    /// <param name="act">Null when there is nothing to change.</param>
    private Task<Incident> ActAsync(
        string id,
        long? version,
        IncidentEventKind kind,
        string action,
        Actor actor,
        Func<Incident, object?> field,
        Func<Incident, IncidentRevision?> act,
        CancellationToken cancellationToken) => store.ChangeAsync(
            async transaction =>
            {
                var incident = await transaction.FindAsync(id) ?? throw IncidentRefusals.NoIncident(id);
                if (version is { } seen && (await transaction.FindEventsAsync(id))
                        .LastOrDefault(
                            line => line.Version > seen && line.Kind == kind && line.Actor != actor.Name) is { } other)
                {
                    throw IncidentRefusals.Conflict(incident, other);
                }

                if (act(incident) is not { } revision)
                {
                    return incident;
                }

                await transaction.SaveAsync(revision);
                var detail = revision.Events.Length > 0 ? revision.Events[0].Detail.Text : null;
                await transaction
                    .AuditAsync(audit.Entry(actor, action, id, field(incident), field(revision.After) ?? detail));
                return revision.After;
            },
            cancellationToken);
}
