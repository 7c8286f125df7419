using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public abstract class CasesContract(StoreFixture fixture)
{
    private const int Budget = 20;

    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_taken_twice_opens_nothing_twice_and_a_new_one_renews_what_is_open()
    {
        var (store, cases) = await CreateAsync();
        Assert.Equal(2, await store.TakeAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation));
        Assert.Equal(0, await store.TakeAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation));
        Assert.Equal(1, await store.TakeAsync(Run("run-2"), [Case("RS1", harm: 5000, run: "run-2") with { Id = "other" }, Case("RS3", run: "run-2")], Budget, Cancellation));

        var all = await ListAsync(cases);
        Assert.Equal(["RS1", "RS2", "RS3"], all.Select(one => one.CertificationId).Order());
        Assert.Equal(("case-RS1", 5000, "run-2"), (all[0].Id, all[0].Harm, all[0].RunId));
        Assert.Equal(["case.open", "case.renew"], (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Action));
    }

    [Fact]
    public async Task The_last_run_says_what_ranked_and_what_moved()
    {
        var (store, _) = await CreateAsync();
        await store.TakeAsync(Run(), [], Budget, Cancellation);
        var said = (await store.FindLastRunAsync(Cancellation))!.Document!;
        Assert.Equal(("certification-evidence@2", 0.041, 0.052), (said.Ranking, said.FirstOfSmall, said.FirstOfLarge));
        Assert.Equal([new("F13", 0.31), new("F02", 0.24), new("F01", 0.04)], said.Drift);
        Assert.Equal(["F44"], said.NotComputable);

        await store.TakeAsync(Run("run-2") with { RanAt = Start.AddDays(1), Document = null }, [], Budget, Cancellation);
        Assert.Null((await store.FindLastRunAsync(Cancellation))!.Document);
    }

    [Fact]
    public async Task No_more_cases_are_opened_in_seven_days_than_the_budget_says()
    {
        var (store, _) = await CreateAsync();
        Assert.Equal(2, await store.TakeAsync(Run(), [Case("RS1"), Case("RS2"), Case("RS3")], 2, Cancellation));
        Assert.Equal(0, await store.TakeAsync(Run("run-2") with { RanAt = Start.AddDays(6) }, [Case("RS1", run: "run-2"), Case("RS3", run: "run-2")], 2, Cancellation));
        Assert.Equal(1, await store.TakeAsync(Run("run-3") with { RanAt = Start.AddDays(8) }, [Case("RS3", run: "run-3")], 2, Cancellation));
    }

    [Fact]
    public async Task Blind_cases_come_before_the_others_so_that_their_place_tells_nothing()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1", harm: 9000), Case("RS2", "random", harm: 1), Case("RS3", harm: 100)], Budget, Cancellation);
        Assert.Equal(["RS2", "RS1", "RS3"], (await ListAsync(cases)).Select(one => one.CertificationId));
        Assert.DoesNotContain("rank", Assert.Single(await cases.HistoryAsync("case-RS2", Cancellation)).Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_looks_changes_nothing_and_is_a_line_once_while_they_look()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        var version = (await cases.ViewAsync("case-RS1", Alice, Cancellation)).Version;
        await cases.ViewAsync("case-RS1", Alice, Cancellation);
        Assert.Equal(version, (await cases.ViewAsync("case-RS1", Bob, Cancellation)).Version);
        Assert.Equal(["system", "alice", "bob"], (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Actor));
    }

    [Fact]
    public async Task A_certification_whose_case_was_closed_can_have_a_new_one()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.DecideAsync("case-RS1", "nothing", "conforme", Alice, Cancellation);

        Assert.Contains("RS1", await store.FindClosedAsync(Start.AddDays(-1), Cancellation));
        Assert.Empty(await store.FindClosedAsync(Start.AddDays(1), Cancellation));
        Assert.Equal(1, await store.TakeAsync(Run("run-2"), [Case("RS1", run: "run-2") with { Id = "second" }], Budget, Cancellation));
        var all = await ListAsync(cases);
        Assert.Equal([("closed", 0), ("open", 1)], all.Select(one => (one.State, (int)one.Earlier)).Order());
    }

    [Fact]
    public async Task Two_people_never_hold_the_same_case_and_a_hold_that_is_not_used_ends()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.TakeAsync("case-RS1", Alice, Cancellation);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => cases.TakeAsync("case-RS1", Bob, Cancellation));
        Assert.Equal(409, refused.Status);
        Assert.Contains("alice", refused.Reason.Fr, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("bob", (await cases.TakeAsync("case-RS1", Bob, Cancellation)).Holder);
    }

    [Fact]
    public async Task A_note_prolongs_the_hold_of_who_reads_the_case_and_never_begins_one()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        Assert.Null((await cases.CommentAsync("case-RS1", "À rapprocher de RS2.", Alice, Cancellation)).Holder);

        await cases.TakeAsync("case-RS1", Bob, Cancellation);
        _time.Advance(TimeSpan.FromMinutes(29));
        await cases.CommentAsync("case-RS1", "Vendeur rappelé.", Bob, Cancellation);
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(409, (await Assert.ThrowsAsync<RefusedException>(() => cases.TakeAsync("case-RS1", Alice, Cancellation))).Status);
    }

    [Fact]
    public async Task Of_two_who_take_a_case_at_the_same_moment_one_is_refused()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        var attempts = new[] { Alice, Bob }.Select(actor => Task.Run(async () =>
        {
            try
            {
                return (await cases.TakeAsync("case-RS1", actor, Cancellation)).Holder == actor.Name;
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
    public async Task Serious_indications_close_a_case_only_when_another_person_agrees()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        var proposed = await cases.DecideAsync("case-RS1", "serious", "prix au solde", Alice, Cancellation);
        Assert.Equal(("proposed", null), (proposed.State, proposed.ClosedAt));

        Assert.Equal(403, (await Assert.ThrowsAsync<RefusedException>(() => cases.SecondAsync("case-RS1", true, "oui", Alice, Cancellation))).Status);
        var closed = await cases.SecondAsync("case-RS1", true, "d'accord", Bob, Cancellation);
        Assert.Equal(("closed", "serious", "alice", "bob"), (closed.State, closed.Outcome, closed.DecidedBy, closed.ConfirmedBy));
        Assert.Equal(409, (await Assert.ThrowsAsync<RefusedException>(() => cases.CommentAsync("case-RS1", "trop tard", Bob, Cancellation))).Status);
    }

    [Fact]
    public async Task Finding_nothing_needs_a_second_reader_where_a_rule_is_broken_and_nowhere_else()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1", isFact: true), Case("RS2")], Budget, Cancellation);

        Assert.Equal("proposed", (await cases.DecideAsync("case-RS1", "nothing", "justifié", Alice, Cancellation)).State);
        Assert.Equal("open", (await cases.SecondAsync("case-RS1", false, "le fait demeure", Bob, Cancellation)).State);
        Assert.Equal("closed", (await cases.DecideAsync("case-RS2", "nothing", "conforme", Alice, Cancellation)).State);
    }

    [Fact]
    public async Task A_blind_case_is_not_decided_before_somebody_has_said_what_they_think()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1", stream: "random")], Budget, Cancellation);
        Assert.True((await cases.ViewAsync("case-RS1", Alice, Cancellation)).IsBlind);
        Assert.Equal(409, (await Assert.ThrowsAsync<RefusedException>(() => cases.DecideAsync("case-RS1", "nothing", "conforme", Alice, Cancellation))).Status);

        Assert.False((await cases.OpinionAsync("case-RS1", "semble conforme", Alice, Cancellation)).IsBlind);
        Assert.Equal("closed", (await cases.DecideAsync("case-RS1", "nothing", "conforme", Alice, Cancellation)).State);
    }

    [Fact]
    public async Task A_case_that_is_put_aside_comes_back_on_its_date()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.SnoozeAsync("case-RS1", Start.AddDays(7), "attente des relevés", Alice, Cancellation);
        Assert.Equal("snoozed", (await ListAsync(cases))[0].State);

        _time.Advance(TimeSpan.FromDays(8));
        Assert.Equal("open", (await ListAsync(cases))[0].State);
        Assert.Equal(400, (await Assert.ThrowsAsync<RefusedException>(() => cases.SnoozeAsync("case-RS1", Start, "hier", Alice, Cancellation))).Status);
    }

    [Theory]
    [InlineData("update case_event set detail = '{}' where sequence = 3", "Line 3 is not as it was written")]
    [InlineData("delete from case_event where sequence = 2", "Line 2 is missing")]
    [InlineData("delete from case_event where sequence = (select max(sequence) from case_event)", "lines are missing at the end")]
    [InlineData("update case_event set sequence = sequence + 1000 where sequence = 2", "Line 2 is missing")]
    [InlineData("update case_event set actor = 'bob' where sequence = 2", "Line 2 is not as it was written")]
    public async Task What_is_altered_removed_or_moved_in_the_history_shows(string forgery, string expected)
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.ViewAsync("case-RS1", Alice, Cancellation);
        await cases.CommentAsync("case-RS1", "à revoir", Alice, Cancellation);
        await cases.DecideAsync("case-RS1", "insufficient", "demander les relevés", Alice, Cancellation);
        Assert.Empty(await cases.VerifyAsync(Cancellation));
        Assert.Equal(["case.open", "case.view", "case.comment", "case.decide"], (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Action));

        await ExecuteAsync(forgery);
        Assert.Contains(await cases.VerifyAsync(Cancellation), wrong => wrong.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_act_without_words_is_refused_and_leaves_no_line()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        Assert.Equal(400, (await Assert.ThrowsAsync<RefusedException>(() => cases.DecideAsync("case-RS1", "nothing", " ", Alice, Cancellation))).Status);
        Assert.Equal(400, (await Assert.ThrowsAsync<RefusedException>(() => cases.DecideAsync("case-RS1", "guilty", "non", Alice, Cancellation))).Status);
        Assert.Single(await cases.HistoryAsync("case-RS1", Cancellation));
    }

    [Fact]
    public async Task Cases_are_found_by_state_by_whose_they_are_and_by_words_page_by_page()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1", harm: 3), Case("RS2", harm: 2), Case("RS3", harm: 1), Case("RS44", "random")], Budget, Cancellation);
        await cases.AssignAsync("case-RS2", "bob", Alice, Cancellation);
        await cases.DecideAsync("case-RS3", "nothing", "conforme", Alice, Cancellation);
        async Task<string> Of(CaseQuery query) => string.Join(' ', (await cases.ListAsync(query, Cancellation)).Cases.Select(one => one.CertificationId));

        Assert.Equal("RS44 RS1 RS2 RS3", await Of(new()));
        Assert.Equal("RS44 RS1 RS2", await Of(new("open")));
        Assert.Equal("RS2", await Of(new(Assignee: "bob")));
        Assert.Equal("RS44 RS1", await Of(new("open", Assignee: "")));
        Assert.Equal("RS2", await Of(new(Skip: 2, Take: 1)));
        Assert.Equal("RS44 RS1 RS2 RS3", await Of(new(Text: "securite INCENDIE")));
        Assert.Equal("RS44", await Of(new(Text: "rs4")));
        Assert.Equal("RS1 RS2 RS3", await Of(new(Text: "solde titulaire"))); // a blind case is not found by its reasons
        Assert.Equal("", await Of(new(Text: "rs_")));
        var (total, states) = (await cases.ListAsync(new("open", Take: 1), Cancellation)) is var page ? (page.Total, page.States) : default;
        Assert.Equal((3, 3, 1), (total, states["open"], states["closed"]));
        Assert.Equal(["case.open", "case.assign"], (await cases.HistoryAsync("case-RS2", Cancellation)).Select(line => line.Action));
    }

    [Fact]
    public async Task A_blind_case_that_a_later_run_ranks_among_the_first_is_still_not_found_by_its_reasons()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1", "random")], Budget, Cancellation);
        await store.TakeAsync(Run("run-2"), [Case("RS1", "top", run: "run-2")], Budget, Cancellation);
        Assert.Empty((await cases.ListAsync(new(Text: "solde"), Cancellation)).Cases);
        Assert.Single((await cases.ListAsync(new(Text: "rs1"), Cancellation)).Cases);
    }

    [Fact]
    public async Task Evidence_is_kept_with_its_case_and_not_read_with_lists()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1") with { Evidence = Evidence }], Budget, Cancellation);
        Assert.Null((await ListAsync(cases))[0].Evidence);
        var read = (await cases.ReadAsync("case-RS1", Cancellation)).Evidence!;
        Assert.Equal(Evidence.Reasons["F05"].Dossiers!.Most, read.Reasons["F05"].Dossiers!.Most);
        Assert.Equal(Evidence.Network!.Links, read.Network!.Links);
    }

    [Fact]
    public async Task Among_five_thousand_cases_nineteen_of_twenty_pages_come_within_200_ms()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1") with { Evidence = Evidence }], Budget, Cancellation);
        await ExecuteAsync(
            """
            with recursive n (i) as (select 2 union all select i + 1 from n where i < 5000)
            insert into certification_case (id, certification_id, title, stream, state, harm, run_id, document, search, opened_at, updated_at, version)
            select 'case-' || i, 'RS' || i, title, case when i % 10 = 0 then 'random' else 'top' end, 'open', i, run_id, document, 'rs' || i, opened_at, updated_at, 1 from certification_case, n where id = 'case-RS1';
            insert into case_evidence (case_id, document) select id, (select document from case_evidence where case_id = 'case-RS1') from certification_case where id <> 'case-RS1'
            """);
        var random = new Random(1);

        // The best of three rounds: other tests use the same processors.
        var rounds = new List<double>();
        while (rounds.Count < 3 && !rounds.Exists(round => round <= 200))
        {
            var times = new List<double>();
            for (var i = 0; i < 60; i++)
            {
                var begun = System.Diagnostics.Stopwatch.GetTimestamp();
                var query = (i % 3) switch { 0 => new CaseQuery("open", Skip: 50 * random.Next(100)), 1 => new CaseQuery("open", Text: $"rs{random.Next(5000)}"), _ => new CaseQuery("open", "") };
                Assert.True((await cases.ListAsync(query, Cancellation)).Total > 0);
                await cases.ViewAsync($"case-{2 + random.Next(4998)}", Alice, Cancellation);
                times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            rounds.Add(times.Order().ElementAt(57));
        }

        Assert.InRange(rounds.Min(), 0, 200);
    }

    [Fact]
    public async Task A_document_is_kept_with_its_case_and_both_adding_and_reading_it_are_lines()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation);
        byte[] content = [1, 2, 3];
        await cases.AttachAsync("case-RS1", "C:\\temp\\relevés.pdf", content, Alice, Cancellation);
        await cases.AttachAsync("case-RS1", "b.txt", [4], Alice, Cancellation);

        var listed = await cases.AttachmentsAsync("case-RS1", Cancellation);
        Assert.Equal([(1, "relevés.pdf", 3, "alice"), (2, "b.txt", 1, "alice")], listed.Select(one => ((int)one.Number, one.Name, (int)one.Size, one.AddedBy)));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), listed[0].Sha256);
        Assert.Empty(await cases.AttachmentsAsync("case-RS2", Cancellation));
        var (name, bytes) = await cases.ReadAttachmentAsync("case-RS1", 1, Alice, Cancellation);
        Assert.Equal("relevés.pdf", name);
        Assert.Equal(content, bytes);
        Assert.Equal(["case.open", "case.attach", "case.attach", "case.read"], (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Action));
        Assert.Contains(listed[0].Sha256, (await cases.HistoryAsync("case-RS1", Cancellation))[1].Detail, StringComparison.Ordinal);
        Assert.Equal(404, (await Assert.ThrowsAsync<RefusedException>(() => cases.ReadAttachmentAsync("case-RS1", 3, Alice, Cancellation))).Status);
    }

    [Fact]
    public async Task A_document_that_is_empty_too_large_nameless_or_one_too_many_is_refused_and_leaves_nothing()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1")], Budget, Cancellation);
        foreach (var (name, content) in new (string?, byte[])[] { ("a", []), ("a", new byte[CaseAttachment.MostBytes + 1]), (" ", [1]), (null, [1]), (new string('a', 201), [1]) })
        {
            Assert.Equal(content.Length > CaseAttachment.MostBytes ? 413 : 400, (await Assert.ThrowsAsync<RefusedException>(() => cases.AttachAsync("case-RS1", name, content, Alice, Cancellation))).Status);
        }

        Assert.Single(await cases.HistoryAsync("case-RS1", Cancellation));
        for (var i = 0; i < CaseAttachment.Most; i++)
        {
            await cases.AttachAsync("case-RS1", $"{i}.txt", [1], Alice, Cancellation);
        }

        Assert.Contains("20", (await Assert.ThrowsAsync<RefusedException>(() => cases.AttachAsync("case-RS1", "x", [1], Alice, Cancellation))).Reason.En, StringComparison.Ordinal);
        Assert.Equal(CaseAttachment.Most, (await cases.AttachmentsAsync("case-RS1", Cancellation)).Count);
    }

    [Fact]
    public async Task Decisions_tell_by_origin_how_often_the_queue_was_right()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1"), Case("RS2"), Case("RS3"), Case("RS4", "random"), Case("RS5")], Budget, Cancellation);
        await cases.DecideAsync("case-RS1", "serious", "indices", Alice, Cancellation);
        await cases.SecondAsync("case-RS1", false, "trop peu", Bob, Cancellation);
        await cases.DecideAsync("case-RS1", "serious", "indices", Alice, Cancellation);
        _time.Advance(TimeSpan.FromDays(20));
        await cases.SecondAsync("case-RS1", true, "oui", Bob, Cancellation);
        await cases.DecideAsync("case-RS2", "nothing", "conforme", Alice, Cancellation);
        await cases.DecideAsync("case-RS3", "insufficient", "à demander", Alice, Cancellation);
        await cases.OpinionAsync("case-RS4", "conforme", Alice, Cancellation);
        await cases.DecideAsync("case-RS4", "nothing", "conforme", Alice, Cancellation);

        var quality = await cases.QualityAsync(Cancellation);
        Assert.Equal([("top", 2, 1, 1), ("uncertain", 0, 0, 0), ("random", 1, 0, 0)], quality.Streams.Select(one => (one.Stream, one.Decided, one.Serious, one.Insufficient)));
        Assert.Equal((0.095, 0.905), (Math.Round(quality.Streams[0].Low!.Value, 3), Math.Round(quality.Streams[0].High!.Value, 3))); // Wilson of 1 in 2
        Assert.Null(quality.Streams[1].Low);
        Assert.Equal((1, 1, 1), (quality.Waiting, quality.Confirmed, quality.Returned));
        Assert.Equal(20, quality.MedianDays!.Value, 3);
        var bin = Assert.Single(quality.Bins);
        Assert.Equal((3, 0.72, 0.333), (bin.Cases, Math.Round(bin.Promised, 3), Math.Round(bin.Found, 3)));
    }

    [Fact]
    public async Task Dossiers_behind_a_closed_case_are_forgotten_after_a_year_and_why_it_was_closed_is_not()
    {
        var (store, cases) = await CreateAsync();
        await store.TakeAsync(Run(), [Case("RS1") with { Evidence = Evidence }, Case("RS2") with { Evidence = Evidence }], Budget, Cancellation);
        await cases.AttachAsync("case-RS1", "a.pdf", [1], Alice, Cancellation);
        await cases.DecideAsync("case-RS1", "nothing", "conforme", Alice, Cancellation);
        var retention = new Retention(fixture.Database, new StorageSettings(), _time, NullLogger<Retention>.Instance);

        _time.Advance(TimeSpan.FromDays(364));
        await retention.ForgetAsync(Cancellation);
        Assert.NotNull((await cases.ReadAsync("case-RS1", Cancellation)).Evidence);

        _time.Advance(TimeSpan.FromDays(2));
        await retention.ForgetAsync(Cancellation);
        var closed = await cases.ReadAsync("case-RS1", Cancellation);
        Assert.Equal((null, "conforme", 2), (closed.Evidence, closed.Motive, closed.Document.Reasons.Length));
        Assert.NotNull((await cases.ReadAsync("case-RS2", Cancellation)).Evidence);
        Assert.Empty(await cases.AttachmentsAsync("case-RS1", Cancellation));
        Assert.Empty(await cases.VerifyAsync(Cancellation));
    }

    private static async Task<IReadOnlyList<CertificationCase>> ListAsync(Cases cases) => (await cases.ListAsync(new(), Cancellation)).Cases;

    private async Task<(CaseStore Store, Cases Cases)> CreateAsync()
    {
        await ExecuteAsync("delete from case_attachment; delete from case_evidence; delete from certification_case; delete from certification_run; delete from case_event; update case_chain set sequence = 0, hash = ''");
        var store = new CaseStore(fixture.Database);
        return (store, new Cases(store, new CertificationsSettings(), _time));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await fixture.Database.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql);
    }
}

public sealed class CasesOnSqlite(SqliteStore store) : CasesContract(store), IClassFixture<SqliteStore>;

public sealed class CasesOnPostgres(PostgresStore store) : CasesContract(store), IClassFixture<PostgresStore>;
