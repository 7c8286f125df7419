using System.Security.Claims;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Alerts;

internal static class IncidentEndpoints
{
    extension(WebApplication app)
    {
        public void MapIncidents()
        {
            var read = app.MapGroup("/api/v1/incidents").RequireAuthorization(Scopes.Read).WithTags("Incidents");
            read.MapGet("", FindAsync).WithSummary("Incidents, filtered, sorted and in pages of at most 200.");
            read.MapGet("counts", CountAsync).WithSummary("How many incidents there are in each state.");
            read.MapGet("{id}", DescribeAsync)
                .WithSummary("One incident with its alerts, timeline and similar past incidents.");

            var act = app.MapGroup("/api/v1/incidents/{id}").RequireAuthorization(Scopes.Operate).WithTags("Incidents");
            act.MapPost("acknowledge", AcknowledgeAsync).WithSummary("Acknowledge it: you are handling it.");
            act.MapPost("assign", AssignAsync).WithSummary("Assign it to an account, or to nobody.");
            act.MapPost("comments", CommentAsync).WithSummary("Add a comment to the timeline.");
            act.MapPost("verdict", JudgeAsync).WithSummary("Judge the alert useful or noise, or withdraw the verdict.");
            act.MapPost("close", CloseAsync).WithSummary("Close it by hand; only an alert that gets worse reopens it.");
        }
    }

    private static async Task<Ok<IncidentPageView>> FindAsync(
        [AsParameters] IncidentListQuery query,
        IncidentSearchStore search, AlertReceivers receivers, CancellationToken cancellationToken)
    {
        var page = await search.FindAsync(query.ToQuery(), cancellationToken);
        return TypedResults.Ok(new IncidentPageView(
            [.. page.Items.Select(incident => IncidentDocument.Of(incident, receivers))], page.Total));
    }

    private static async Task<Ok<IncidentCounts>> CountAsync(
        IncidentSearchStore search, CancellationToken cancellationToken) =>
        TypedResults.Ok(await search.CountAsync(cancellationToken));

    private static async Task<Ok<IncidentDetailView>> DescribeAsync(
        string id, IncidentSearchStore search, AlertReceivers receivers, CancellationToken cancellationToken)
    {
        var found = await search.DescribeAsync(id, cancellationToken) ?? throw IncidentRefusals.NoIncident(id);
        return TypedResults.Ok(new IncidentDetailView(
            IncidentDocument.Of(found.Incident, receivers),
            [.. found.Timeline.Select(line => new TimelineView(
                line.At, line.Actor, line.Kind, EventSentences.Of(line, found.Incident.Capability), line.Detail))],
            found.Similar));
    }

    private static Task<Ok<IncidentDocument>> AcknowledgeAsync(
        string id, Seen? body,
        ClaimsPrincipal user, IncidentActions actions, AlertReceivers receivers, CancellationToken cancellationToken) =>
        AnswerAsync(actions.AcknowledgeAsync(id, body?.Version, Actor.Of(user), cancellationToken), receivers);

    private static Task<Ok<IncidentDocument>> AssignAsync(
        string id, Assignment body,
        ClaimsPrincipal user, IncidentActions actions, AlertReceivers receivers, CancellationToken cancellationToken) =>
        AnswerAsync(actions.AssignAsync(id, body.Assignee, body.Version, Actor.Of(user), cancellationToken), receivers);

    private static Task<Ok<IncidentDocument>> CommentAsync(
        string id, NewComment body,
        ClaimsPrincipal user, IncidentActions actions, AlertReceivers receivers, CancellationToken cancellationToken) =>
        AnswerAsync(actions.CommentAsync(id, body.Text, Actor.Of(user), cancellationToken), receivers);

    private static Task<Ok<IncidentDocument>> JudgeAsync(
        string id, NewVerdict body,
        ClaimsPrincipal user, IncidentActions actions, AlertReceivers receivers, CancellationToken cancellationToken) =>
        AnswerAsync(actions.JudgeAsync(id, body.Verdict, body.Version, Actor.Of(user), cancellationToken), receivers);

    private static Task<Ok<IncidentDocument>> CloseAsync(
        string id, Seen? body,
        ClaimsPrincipal user, IncidentActions actions, AlertReceivers receivers, CancellationToken cancellationToken) =>
        AnswerAsync(actions.CloseAsync(id, body?.Version, Actor.Of(user), cancellationToken), receivers);

    private static async Task<Ok<IncidentDocument>> AnswerAsync(Task<Incident> acting, AlertReceivers receivers) =>
        TypedResults.Ok(IncidentDocument.Of(await acting, receivers));
}

/// <param name="Version">Version of the incident that you saw; a conflict is refused. Absent: not checked.</param>
internal sealed record Seen(long? Version = null);

/// <param name="Assignee">Account name; null unassigns it.</param>
internal sealed record Assignment(string? Assignee, long? Version = null);

internal sealed record NewComment(string Text);

/// <param name="Verdict"><c>useful</c>, <c>noise</c>, or null to withdraw the verdict.</param>
internal sealed record NewVerdict(string? Verdict, long? Version = null);

/// <param name="State">open, acknowledged, silenced or closed; absent: any.</param>
/// <param name="Severity">notice, warning or critical; absent: any.</param>
/// <param name="Text">Words of a service, a title or a series' name, without regard to case and accents; or an
/// id.</param>
/// <param name="Sort">worst (default), newest, oldest or updated.</param>
/// <param name="Take">1 to 200; default 50.</param>
/// <param name="Capability">matching, certifications, transactions, neutrality or funding; absent: any.</param>
internal sealed record IncidentListQuery(
    string? State,
    string? Service,
    string? Severity,
    string? Text,
    string? Sort,
    int? Skip,
    int? Take,
    string? Capability)
{
    public IncidentQuery ToQuery()
    {
        if (Skip < 0)
        {
            throw Refusals.Bad("«\u00a0skip\u00a0» ne peut être négatif.", $"skip must not be negative, was {Skip}.");
        }

        if (Take is < 1 or > IncidentQuery.MaxTake)
        {
            throw Refusals.Bad(
                $"«\u00a0take\u00a0» va de 1 à {IncidentQuery.MaxTake}.",
                $"take must be 1 to {IncidentQuery.MaxTake}, was {Take}.");
        }

        return new IncidentQuery(
            Refusals.IfNoChoice<IncidentState>(State, "state"),
            Service,
            Refusals.IfNoChoice<Severity>(Severity, "severity"),
            Text,
            Refusals.IfNoChoice<IncidentSort>(Sort, "sort") ?? IncidentSort.Worst,
            Skip ?? 0,
            Take ?? 50,
            Refusals.IfNoChoice<Capability>(Capability, "capability"));
    }
}

internal sealed record IncidentPageView(IReadOnlyList<IncidentDocument> Items, int Total);

internal sealed record IncidentDetailView(
    IncidentDocument Incident, IReadOnlyList<TimelineView> Timeline, IReadOnlyList<SimilarPast> Similar);

/// <param name="Sentence">The event in a sentence.</param>
internal sealed record TimelineView(
    DateTimeOffset At, string Actor, IncidentEventKind Kind, Text Sentence, EventDetail Detail);
