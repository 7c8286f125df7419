using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Tests.Fixtures;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public abstract class CaseQueueContract(StoreFixture fixture) : CaseStoreTests(fixture)
{
    [Fact]
    public async Task Run_recorded_twice_opens_no_case_twice_and_a_new_run_updates_open_cases()
    {
        var (runs, cases) = await CreateAsync();
        Assert.Equal(2, await runs.RecordAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation));
        Assert.Equal(0, await runs.RecordAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation));
        Assert.Equal(
            1,
            await runs.RecordAsync(
                Run("run-2"),
                [Case("RS1", harm: 5000, run: "run-2") with { Id = "other" }, Case("RS3", run: "run-2")],
                Budget,
                Cancellation));

        var all = await ListAsync(cases);
        Assert.Equal(["RS1", "RS2", "RS3"], all.Select(@case => @case.CertificationId).Order());
        Assert.Equal(("case-RS1", 5000, "run-2"), (all[0].Id, all[0].Harm, all[0].RunId));
        Assert.Equal(
            ["case.open", "case.renew"],
            (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Action));
    }

    [Fact]
    public async Task Last_run_reports_what_ranked_and_which_features_drifted()
    {
        var (runs, _) = await CreateAsync();
        await runs.RecordAsync(Run(), [], Budget, Cancellation);
        var said = (await runs.FindLastAsync(Cancellation))!.Document!;
        Assert.Equal(("certification-evidence@2", 0.041, 0.052), (said.Ranking, said.FirstOfSmall, said.FirstOfLarge));
        Assert.Equal([new("F13", 0.31), new("F02", 0.24), new("F01", 0.04)], said.Drift);
        Assert.Equal(["F44"], said.NotComputable);

        await runs.RecordAsync(
            Run("run-2") with { RanAt = Start.AddDays(1), Document = null }, [], Budget, Cancellation);
        Assert.Null((await runs.FindLastAsync(Cancellation))!.Document);
    }

    [Fact]
    public async Task Cases_opened_in_seven_days_never_exceed_the_budget()
    {
        var (runs, _) = await CreateAsync();
        Assert.Equal(2, await runs.RecordAsync(Run(), [Case("RS1"), Case("RS2"), Case("RS3")], 2, Cancellation));
        Assert.Equal(
            0,
            await runs.RecordAsync(
                Run("run-2") with { RanAt = Start.AddDays(6) },
                [Case("RS1", run: "run-2"), Case("RS3", run: "run-2")],
                2,
                Cancellation));
        Assert.Equal(
            1,
            await runs.RecordAsync(
                Run("run-3") with { RanAt = Start.AddDays(8) }, [Case("RS3", run: "run-3")], 2, Cancellation));
    }

    [Fact]
    public async Task Blind_cases_come_first_so_that_their_position_discloses_no_rank()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(
            Run(),
            [Case("RS1", harm: 9000), Case("RS2", CaseOrigin.Random, harm: 1), Case("RS3", harm: 100)],
            Budget,
            Cancellation);
        Assert.Equal(["RS2", "RS1", "RS3"], (await ListAsync(cases)).Select(@case => @case.CertificationId));
        Assert.DoesNotContain(
            "rank",
            Assert.Single(await cases.HistoryAsync("case-RS2", Cancellation)).Detail,
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Certification_with_a_closed_case_can_have_a_new_one()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        await cases.DecideAsync("case-RS1", CaseOutcome.Nothing, "conforme", Alice, Cancellation);

        Assert.Contains("RS1", await Decisions.FindClosedAsync(Start.AddDays(-1), Cancellation));
        Assert.Empty(await Decisions.FindClosedAsync(Start.AddDays(1), Cancellation));
        Assert.Equal(
            1,
            await runs.RecordAsync(
                Run("run-2"), [Case("RS1", run: "run-2") with { Id = "second" }], Budget, Cancellation));
        var all = await ListAsync(cases);
        Assert.Equal(
            [(CaseState.Open, 1), (CaseState.Closed, 0)],
            all.Select(@case => (@case.State, (int)@case.Earlier)).Order());
    }

    [Fact]
    public async Task Cases_are_found_by_state_assignee_and_words_page_by_page()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(
            Run(),
            [Case("RS1", harm: 3), Case("RS2", harm: 2), Case("RS3", harm: 1), Case("RS44", CaseOrigin.Random)],
            Budget,
            Cancellation);
        await cases.AssignAsync("case-RS2", "bob", Alice, Cancellation);
        await cases.DecideAsync("case-RS3", CaseOutcome.Nothing, "conforme", Alice, Cancellation);
        async Task<string> Of(CaseQuery query) =>
            string.Join(' ', (await cases.ListAsync(query, Cancellation)).Cases.Select(@case => @case.CertificationId));

        Assert.Equal("RS44 RS1 RS2 RS3", await Of(new()));
        Assert.Equal("RS44 RS1 RS2", await Of(new(CaseState.Open)));
        Assert.Equal("RS2", await Of(new(Assignee: "bob")));
        Assert.Equal("RS44 RS1", await Of(new(CaseState.Open, Assignee: "")));
        Assert.Equal("RS2", await Of(new(Skip: 2, Take: 1)));
        Assert.Equal("RS44 RS1 RS2 RS3", await Of(new(Text: "securite INCENDIE")));
        Assert.Equal("RS44", await Of(new(Text: "rs4")));
        Assert.Equal("RS1 RS2 RS3", await Of(new(Text: "solde titulaire"))); // a blind case is not found by its reasons
        Assert.Equal("", await Of(new(Text: "rs_")));
        var (total, states) = (await cases.ListAsync(new(CaseState.Open, Take: 1), Cancellation)) is var page
            ? (page.Total, page.States)
            : default;
        Assert.Equal((3, 3, 1), (total, states[CaseState.Open], states[CaseState.Closed]));
        Assert.Equal(
            ["case.open", "case.assign"],
            (await cases.HistoryAsync("case-RS2", Cancellation)).Select(line => line.Action));
    }

    [Fact]
    public async Task Blind_case_that_a_later_run_ranks_first_is_still_not_found_by_its_reasons()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1", CaseOrigin.Random)], Budget, Cancellation);
        await runs.RecordAsync(Run("run-2"), [Case("RS1", CaseOrigin.Top, run: "run-2")], Budget, Cancellation);
        Assert.Empty((await cases.ListAsync(new(Text: "solde"), Cancellation)).Cases);
        Assert.Single((await cases.ListAsync(new(Text: "rs1"), Cancellation)).Cases);
    }

    [Fact]
    public async Task Page_of_five_thousand_cases_holds_fifty_and_a_code_finds_one()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1") with { Evidence = Evidence }], Budget, Cancellation);
        await ExecuteAsync(
            """
            with recursive n (i) as (select 2 union all select i + 1 from n where i < 5000)
            insert into certification_case
                (id, certification_id, title, stream, state, harm, run_id, document, search, opened_at, updated_at,
                version)
            select 'case-' || i, 'RS' || i, title, case when i % 10 = 0 then 'random' else 'top' end, 'open', i, run_id,
                document, 'rs' || i, opened_at, updated_at, 1
            from certification_case, n where id = 'case-RS1'
            """);

        var last = await cases.ListAsync(new(CaseState.Open, Skip: 4950), Cancellation);
        Assert.Equal((5000L, 50), (last.Total, last.Cases.Count));
        var found = await cases.ListAsync(new(CaseState.Open, Text: "rs2999"), Cancellation);
        Assert.Equal("case-2999", Assert.Single(found.Cases).Id);
    }

    [Fact]
    public async Task Quality_counts_decisions_by_origin()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(
            Run(),
            [Case("RS1"), Case("RS2"), Case("RS3"), Case("RS4", CaseOrigin.Random), Case("RS5")],
            Budget,
            Cancellation);
        await cases.DecideAsync("case-RS1", CaseOutcome.Serious, "indices", Alice, Cancellation);
        await cases.SecondAsync("case-RS1", false, "trop peu", Bob, Cancellation);
        await cases.DecideAsync("case-RS1", CaseOutcome.Serious, "indices", Alice, Cancellation);
        Time.Advance(TimeSpan.FromDays(20));
        await cases.SecondAsync("case-RS1", true, "oui", Bob, Cancellation);
        await cases.DecideAsync("case-RS2", CaseOutcome.Nothing, "conforme", Alice, Cancellation);
        await cases.DecideAsync("case-RS3", CaseOutcome.Insufficient, "à demander", Alice, Cancellation);
        await cases.OpinionAsync("case-RS4", "conforme", Alice, Cancellation);
        await cases.DecideAsync("case-RS4", CaseOutcome.Nothing, "conforme", Alice, Cancellation);

        var quality = await Decisions.ReadQualityAsync(Time.GetUtcNow(), Cancellation);
        Assert.Equal(
            [(CaseOrigin.Top, 2, 1, 1), (CaseOrigin.Uncertain, 0, 0, 0), (CaseOrigin.Random, 1, 0, 0)],
            quality.Streams.Select(stream => (stream.Origin, stream.Decided, stream.Serious, stream.Insufficient)));
        // Wilson of 1 in 2
        Assert.Equal(
            (0.095, 0.905),
            (Math.Round(quality.Streams[0].Low!.Value, 3), Math.Round(quality.Streams[0].High!.Value, 3)));
        Assert.Null(quality.Streams[1].Low);
        Assert.Equal((1, 1, 1), (quality.Waiting, quality.Confirmed, quality.Returned));
        Assert.Equal(20, quality.MedianDays!.Value, 3);
        var bin = Assert.Single(quality.Bins);
        Assert.Equal((3, 0.72, 0.333), (bin.Cases, Math.Round(bin.Promised, 3), Math.Round(bin.Found, 3)));
    }
}

public sealed class CaseQueueOnSqlite(SqliteStore store) : CaseQueueContract(store), IClassFixture<SqliteStore>;

public sealed class CaseQueueOnPostgres(PostgresStore store) : CaseQueueContract(store), IClassFixture<PostgresStore>;
