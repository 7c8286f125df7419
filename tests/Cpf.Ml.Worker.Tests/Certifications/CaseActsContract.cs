using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Tests.Fixtures;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public abstract class CaseActsContract(StoreFixture fixture) : CaseStoreTests(fixture)
{
    [Fact]
    public async Task View_changes_nothing_and_is_noted_once_within_five_minutes()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        var version = (await cases.ViewAsync("case-RS1", Alice, Cancellation)).Version;
        await cases.ViewAsync("case-RS1", Alice, Cancellation);
        Assert.Equal(version, (await cases.ViewAsync("case-RS1", Bob, Cancellation)).Version);
        Assert.Equal(
            ["system", "alice", "bob"],
            (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Actor));
    }

    [Fact]
    public async Task Case_lease_excludes_others_and_expires_after_thirty_minutes()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.TakeAsync("case-RS1", Alice, Cancellation);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => cases.TakeAsync("case-RS1", Bob, Cancellation));
        Assert.Equal(409, refused.Status);
        Assert.Contains("alice", refused.Reason.Fr, StringComparison.Ordinal);

        Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("bob", (await cases.TakeAsync("case-RS1", Bob, Cancellation)).LeaseHolder);
    }

    [Fact]
    public async Task Note_extends_the_lease_of_its_author_and_never_acquires_one()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        Assert.Null((await cases.CommentAsync("case-RS1", "À rapprocher de RS2.", Alice, Cancellation)).LeaseHolder);

        await cases.TakeAsync("case-RS1", Bob, Cancellation);
        Time.Advance(TimeSpan.FromMinutes(29));
        await cases.CommentAsync("case-RS1", "Vendeur rappelé.", Bob, Cancellation);
        Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(409, await Refusal.StatusAsync(() => cases.TakeAsync("case-RS1", Alice, Cancellation)));
    }

    [Fact]
    public async Task One_of_two_concurrent_takes_is_refused()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        var attempts = new[] { Alice, Bob }.Select(actor => Task.Run(async () =>
        {
            try
            {
                return (await cases.TakeAsync("case-RS1", actor, Cancellation)).LeaseHolder == actor.Name;
            }
            catch (RefusedException)
            {
                return false;
            }
        }));

        Assert.Single(await Task.WhenAll(attempts), held => held);
        Assert.Empty(await cases.VerifyAsync(Cancellation));
    }

    [Fact]
    public async Task Serious_indications_need_the_agreement_of_another_person()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        var proposed = await cases.DecideAsync("case-RS1", CaseOutcome.Serious, "prix au solde", Alice, Cancellation);
        Assert.Equal((CaseState.Proposed, (DateTimeOffset?)null), (proposed.State, proposed.ClosedAt));

        Assert.Equal(
            403,
            await Refusal.StatusAsync(() => cases.SecondAsync("case-RS1", true, "oui", Alice, Cancellation)));
        var closed = await cases.SecondAsync("case-RS1", true, "d'accord", Bob, Cancellation);
        Assert.Equal(
            (CaseState.Closed, (CaseOutcome?)CaseOutcome.Serious, "alice", "bob"),
            (closed.State, closed.Outcome, closed.DecidedBy, closed.ConfirmedBy));
        Assert.Equal(
            409,
            await Refusal.StatusAsync(() => cases.CommentAsync("case-RS1", "trop tard", Bob, Cancellation)));
    }

    [Fact]
    public async Task Token_is_neither_first_nor_second_reader_of_a_measure()
    {
        var ((runs, cases), token) = (await CreateAsync(), new Actor("token:nightly", "", ""));
        await runs.RecordAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation);
        Assert.Equal(
            403,
            await Refusal.StatusAsync(
                () => cases.DecideAsync("case-RS1", CaseOutcome.Serious, "indices", token, Cancellation)));
        await cases.DecideAsync("case-RS1", CaseOutcome.Serious, "indices", Alice, Cancellation);
        Assert.Equal(
            403,
            await Refusal.StatusAsync(() => cases.SecondAsync("case-RS1", true, "oui", token, Cancellation)));
        Assert.Equal(
            CaseState.Closed,
            (await cases.DecideAsync("case-RS2", CaseOutcome.Nothing, "conforme", token, Cancellation)).State);
    }

    [Fact]
    public async Task Finding_nothing_needs_a_second_reader_only_where_a_rule_is_broken()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1", isFact: true), Case("RS2")], Budget, Cancellation);

        Assert.Equal(
            CaseState.Proposed,
            (await cases.DecideAsync("case-RS1", CaseOutcome.Nothing, "justifié", Alice, Cancellation)).State);
        Assert.Equal(
            CaseState.Open, (await cases.SecondAsync("case-RS1", false, "le fait demeure", Bob, Cancellation)).State);
        Assert.Equal(
            CaseState.Closed,
            (await cases.DecideAsync("case-RS2", CaseOutcome.Nothing, "conforme", Alice, Cancellation)).State);
    }

    [Fact]
    public async Task Blind_case_cannot_be_decided_before_an_opinion()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1", origin: CaseOrigin.Random)], Budget, Cancellation);
        Assert.True((await cases.ViewAsync("case-RS1", Alice, Cancellation)).IsBlind);
        Assert.Equal(
            409,
            await Refusal.StatusAsync(
                () => cases.DecideAsync("case-RS1", CaseOutcome.Nothing, "conforme", Alice, Cancellation)));

        Assert.False((await cases.OpinionAsync("case-RS1", "semble conforme", Alice, Cancellation)).IsBlind);
        Assert.Equal(
            CaseState.Closed,
            (await cases.DecideAsync("case-RS1", CaseOutcome.Nothing, "conforme", Alice, Cancellation)).State);
    }

    [Fact]
    public async Task Snoozed_case_reopens_on_its_date()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.SnoozeAsync("case-RS1", Start.AddDays(7), "attente des relevés", Alice, Cancellation);
        Assert.Equal(CaseState.Snoozed, (await ListAsync(cases))[0].State);

        Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(CaseState.Open, (await ListAsync(cases))[0].State);
        Assert.Equal(
            400,
            await Refusal.StatusAsync(() => cases.SnoozeAsync("case-RS1", Start, "hier", Alice, Cancellation)));
    }

    [Theory]
    [InlineData("update case_event set detail = '{}' where sequence = 3", "Line 3 is not as it was written")]
    [InlineData("delete from case_event where sequence = 2", "Line 2 is missing")]
    [InlineData(
        "delete from case_event where sequence = (select max(sequence) from case_event)",
        "lines are missing at the end")]
    [InlineData("update case_event set sequence = sequence + 1000 where sequence = 2", "Line 2 is missing")]
    [InlineData("update case_event set actor = 'bob' where sequence = 2", "Line 2 is not as it was written")]
    public async Task Chain_verification_finds_altered_removed_and_moved_lines(string forgery, string expected)
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.ViewAsync("case-RS1", Alice, Cancellation);
        await cases.CommentAsync("case-RS1", "à revoir", Alice, Cancellation);
        await cases.DecideAsync("case-RS1", CaseOutcome.Insufficient, "demander les relevés", Alice, Cancellation);
        Assert.Empty(await cases.VerifyAsync(Cancellation));
        Assert.Equal(
            ["case.open", "case.view", "case.comment", "case.decide"],
            (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Action));

        await ExecuteAsync(forgery);
        Assert.Contains(
            await cases.VerifyAsync(Cancellation), wrong => wrong.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Act_without_text_is_refused_and_leaves_no_line()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        Assert.Equal(
            400,
            await Refusal.StatusAsync(
                () => cases.DecideAsync("case-RS1", CaseOutcome.Nothing, " ", Alice, Cancellation)));
        Assert.Single(await cases.HistoryAsync("case-RS1", Cancellation));
    }

    [Theory]
    [InlineData("guilty")]
    [InlineData("0")]
    [InlineData(null)]
    public void Unknown_outcome_is_refused_with_the_known_ones(string? outcome)
    {
        var refused = Assert.Throws<RefusedException>(() => new CaseDecision(outcome, "non").ToOutcome());

        Assert.Equal(400, refused.Status);
        Assert.Contains("serious, insufficient", refused.Reason.En, StringComparison.Ordinal);
    }
}

public sealed class CaseActsOnSqlite(SqliteStore store) : CaseActsContract(store), IClassFixture<SqliteStore>;

public sealed class CaseActsOnPostgres(PostgresStore store) : CaseActsContract(store), IClassFixture<PostgresStore>;
