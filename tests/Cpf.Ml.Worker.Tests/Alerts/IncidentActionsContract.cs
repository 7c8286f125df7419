using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Tests.Fixtures;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Alerts;

public abstract class IncidentActionsContract(StoreFixture store)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_action_is_in_timeline_and_audit_log_with_its_actor()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var id = await OpenAsync(stores);
        await stores.AddAccountAsync("bob", Roles.Operator);

        await stores.Actions.AcknowledgeAsync(id, null, AlertStores.Alice, Cancellation);
        await stores.Actions.AssignAsync(id, "bob", null, AlertStores.Alice, Cancellation);
        await stores.Actions.CommentAsync(id, " on regarde ", AlertStores.Bob, Cancellation);
        await stores.Actions.JudgeAsync(id, "noise", null, AlertStores.Bob, Cancellation);
        await stores.Actions.CloseAsync(id, null, AlertStores.Bob, Cancellation);

        var incident = await stores.SingleAsync();
        Assert.Equal(
            ("alice", "bob", "noise", IncidentState.Closed),
            (incident.AcknowledgedBy, incident.Assignee, incident.Verdict, incident.State));
        Assert.Equal(
            [
                "Incident ouvert\u00a0: s1",
                "alice a pris l'incident en compte",
                "alice a confié l'incident à bob",
                "bob\u00a0: on regarde",
                "bob juge que c'est du bruit", "bob a clos l'incident",
            ],
            (await stores.TimelineAsync(id)).Select(line => EventSentences.Of(line, Capability.Transactions).Fr));
        var audit = await stores.Audit.ReadAsync(new AuditFilter(Subject: id), Cancellation);
        Assert.Equal(
            ["incident.acknowledge", "incident.assign", "incident.close", "incident.comment", "incident.verdict"],
            audit.Select(line => line.Action).Order());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("auditor")]
    [InlineData("closed")]
    public async Task Incident_is_assigned_only_to_an_open_account_that_may_handle_it(string name)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var id = await OpenAsync(stores);
        await stores.AddAccountAsync("auditor", Roles.Auditor);
        await stores.AddAccountAsync("closed", Roles.Operator, closed: true);

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => stores.Actions.AssignAsync(id, name, null, AlertStores.Alice, Cancellation));

        Assert.Equal(400, refusal.Status);
        Assert.Contains(name, refusal.Reason.Fr, StringComparison.Ordinal);
        Assert.Null((await stores.SingleAsync()).Assignee);
    }

    [Fact]
    public async Task Second_acknowledgement_conflicts_and_names_the_first_actor()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var id = await OpenAsync(stores);
        var seen = (await stores.SingleAsync()).Version;
        await stores.Actions.AcknowledgeAsync(id, seen, AlertStores.Alice, Cancellation);

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => stores.Actions.AcknowledgeAsync(id, seen, AlertStores.Bob, Cancellation));
        await stores.Actions.CommentAsync(id, "moi aussi", AlertStores.Bob, Cancellation);

        Assert.Equal(409, refusal.Status);
        Assert.Contains("alice acknowledged the incident", refusal.Reason.En, StringComparison.Ordinal);
        Assert.Equal("alice", (await stores.SingleAsync()).AcknowledgedBy);
    }

    [Fact]
    public async Task Changes_by_the_service_do_not_conflict_with_an_action()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var id = await OpenAsync(stores);
        var seen = (await stores.SingleAsync()).Version;
        await stores.ProcessAsync(Open(Alert(2, "s2")));
        await stores.AddAccountAsync("alice", Roles.Operator);

        await stores.Actions.AssignAsync(id, "alice", seen, AlertStores.Alice, Cancellation);

        Assert.Equal("alice", (await stores.SingleAsync()).Assignee);
    }

    [Fact]
    public async Task Repeated_acknowledgement_adds_no_timeline_event()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var id = await OpenAsync(stores);

        await stores.Actions.AcknowledgeAsync(id, null, AlertStores.Alice, Cancellation);
        await stores.Actions.AcknowledgeAsync(id, null, AlertStores.Alice, Cancellation);

        Assert.Equal(2, (await stores.TimelineAsync(id)).Count);
    }

    [Fact]
    public async Task Silence_takes_effect_at_once_and_its_end_reopens_the_incident()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var id = await OpenAsync(stores);

        var silence = await stores.Silencing.BeginAsync(
            new NewSilence([new("service", "purchase")], Minute(60), "mise à jour"), AlertStores.Alice, Cancellation);
        Assert.Equal(IncidentState.Silenced, (await stores.SingleAsync()).State);
        await stores.Silencing.EndAsync(silence.Id, AlertStores.Bob, Cancellation);

        Assert.Equal(IncidentState.Open, (await stores.SingleAsync()).State);
        Assert.Equal(
            ["alice a posé un silence\u00a0: mise à jour", "Fin du silence"],
            (await stores.TimelineAsync(id)).Skip(1)
                .Select(line => EventSentences.Of(line, Capability.Transactions).Fr));
        Assert.Equal("bob", Assert.Single(await stores.Silencing.ListAsync(Cancellation)).EndedBy);
        Assert.Equal(3, await stores.CountAsync("outbox"));
    }

    [Fact]
    public async Task Maintenance_window_silences_only_between_start_and_end()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await OpenAsync(stores);
        await stores.Silencing.BeginAsync(
            new NewSilence([new("rule", "anomaly")], Minute(40), "bascule", Minute(30), SilenceKind.Maintenance),
            AlertStores.Alice,
            Cancellation);

        Assert.Equal(IncidentState.Open, (await stores.SingleAsync()).State);
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        await stores.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(IncidentState.Silenced, (await stores.SingleAsync()).State);
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        await stores.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(IncidentState.Open, (await stores.SingleAsync()).State);
    }

    [Fact]
    public async Task Silence_of_a_capability_covers_its_incidents_however_its_name_is_written()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            Open(Alert(0)), Open(Alert(0, service: "search-engine", capability: Capability.Neutrality)));

        await stores.Silencing.BeginAsync(
            new NewSilence([new("capability", "Neutrality")], Minute(60), "audit refait"),
            AlertStores.Alice,
            Cancellation);

        Assert.Equal(
            (IncidentState.Open, IncidentState.Silenced),
            ((await stores.SingleAsync()).State, (await stores.SingleAsync("search-engine")).State));
    }

    [Theory]
    [InlineData("host", "x", 60, "why", "must be capability, service, series or rule")]
    [InlineData("capability", "search", 60, "why", "capability must be one of matching, certifications, transactions")]
    [InlineData("service", " ", 60, "why", "with a value")]
    [InlineData("service", "x", 20, "why", "lie in the future")]
    [InlineData("service", "x", 60, " ", "reason is empty")]
    [InlineData("service", "x", 200_000, "why", "90 days at most")]
    public async Task Invalid_silence_is_refused_with_the_reason(
        string label, string value, double ends, string why, string words)
    {
        await using var stores = await AlertStores.CreateAsync(store);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => stores.Silencing.BeginAsync(
            new NewSilence([new(label, value)], Minute(ends), why), AlertStores.Alice, Cancellation));

        Assert.Equal(400, refusal.Status);
        Assert.Contains(words, refusal.Reason.En, StringComparison.Ordinal);
        Assert.Equal(0, await stores.CountAsync("silence"));
    }

    [Fact]
    public async Task Action_on_an_unknown_incident_is_refused_by_its_id() =>
        Assert.Contains("no incident nowhere", (await Assert.ThrowsAsync<RefusedException>(async () =>
        {
            await using var stores = await AlertStores.CreateAsync(store);
            await stores.Actions.CloseAsync("nowhere", null, AlertStores.Alice, Cancellation);
        })).Reason.En, StringComparison.Ordinal);

    private static async Task<string> OpenAsync(AlertStores stores)
    {
        await stores.ProcessAsync(Open(Alert(0)));
        return (await stores.SingleAsync()).Id;
    }
}

public sealed class IncidentActionsOnSqlite(SqliteStore store)
    : IncidentActionsContract(store), IClassFixture<SqliteStore>;

public sealed class IncidentActionsOnPostgres(PostgresStore store)
    : IncidentActionsContract(store), IClassFixture<PostgresStore>;
