using Cpf.Ml.Scoring.Matching.Perimeters;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Matching;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Matching;

public abstract class PerimetersContract(StoreFixture fixture)
{
    private static readonly Actor Alice = new("alice", "", "");
    private static readonly Actor Bob = new("bob", "", "");
    private static readonly PerimeterRequest Water = new(
        "Eau en Bretagne", "métiers de l'eau", ["K2301", "K2306"], PerimeterRule.Declared, [], new(2027, 1, 1),
        new(2027, 12, 31));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approved_version_stays_and_a_change_creates_a_new_one()
    {
        var perimeters = await CreateAsync();
        var draft = await perimeters.CreateAsync(Water, Alice, Cancellation);
        Assert.Equal(["RNCP103", "RNCP104"], draft.Content.Certifications);
        var proposed = await perimeters.ProposeAsync(draft.Id, draft.Revision, Alice, Cancellation);
        var approved = await perimeters.DecideAsync(draft.Id, proposed.Revision, true, null, Bob, Cancellation);
        Assert.Equal(
            (PerimeterState.Approved, "bob", true, false),
            (
                approved.State,
                approved.DecidedBy,
                approved.IsInForce(new(2027, 6, 1)),
                approved.IsInForce(new(2028, 1, 1))));

        var next = await perimeters.ReviseAsync(
            draft.Id,
            approved.Revision,
            Water with { Choices = [new("RNCP104", false, "hors budget")] },
            Alice,
            Cancellation);
        Assert.Equal((2, PerimeterState.Draft), (next.Number, next.State));
        Assert.Equal(
            ["RNCP103", "RNCP104"], (await perimeters.FindAsync(draft.Id, 1, Cancellation)).Content.Certifications);
        Assert.Equal(
            ["RNCP104"],
            PerimeterDifference.Between(
                (await perimeters.FindAsync(draft.Id, 1, Cancellation)).Content, next.Content).Removed);

        proposed = await perimeters.ProposeAsync(draft.Id, next.Revision, Alice, Cancellation);
        await perimeters.DecideAsync(draft.Id, proposed.Revision, true, null, Bob, Cancellation);
        Assert.Equal(
            [PerimeterState.Approved, PerimeterState.Replaced],
            (await perimeters.VersionsAsync(draft.Id, Cancellation)).Select(perimeter => perimeter.State));
    }

    [Fact]
    public async Task Nobody_approves_what_they_wrote_or_proposed_and_sending_back_needs_a_reason()
    {
        var perimeters = await CreateAsync();
        var draft = await perimeters.CreateAsync(Water, Alice, Cancellation);
        var proposed = await perimeters.ProposeAsync(draft.Id, draft.Revision, Bob, Cancellation);
        foreach (var own in new[] { Alice, Bob })
        {
            Assert.Equal(
                403,
                await Refusal.StatusAsync(
                    () => perimeters.DecideAsync(draft.Id, proposed.Revision, true, null, own, Cancellation)));
        }

        var carol = new Actor("carol", "", "");
        Assert.Equal(
            400,
            await Refusal.StatusAsync(
                () => perimeters.DecideAsync(draft.Id, proposed.Revision, false, " ", carol, Cancellation)));
        var back = await perimeters.DecideAsync(draft.Id, proposed.Revision, false, "trop large", carol, Cancellation);
        Assert.Equal((PerimeterState.Draft, "trop large"), (back.State, back.Motive));
    }

    [Fact]
    public async Task Token_can_write_drafts_and_neither_propose_nor_approve()
    {
        var (perimeters, token) = (await CreateAsync(), new Actor("token:nightly", "", ""));
        var draft = await perimeters.CreateAsync(Water, token, Cancellation);
        Assert.Equal(
            403,
            await Refusal.StatusAsync(() => perimeters.ProposeAsync(draft.Id, draft.Revision, token, Cancellation)));
        var proposed = await perimeters.ProposeAsync(draft.Id, draft.Revision, Alice, Cancellation);
        Assert.Equal(
            403,
            await Refusal.StatusAsync(
                () => perimeters.DecideAsync(draft.Id, proposed.Revision, true, null, token, Cancellation)));
        Assert.Equal(
            PerimeterState.Approved,
            (await perimeters.DecideAsync(draft.Id, proposed.Revision, true, null, Bob, Cancellation)).State);
    }

    [Fact]
    public async Task Second_of_two_concurrent_changes_is_refused()
    {
        var perimeters = await CreateAsync();
        var draft = await perimeters.CreateAsync(Water, Alice, Cancellation);
        await perimeters.ReviseAsync(draft.Id, draft.Revision, Water with { Name = "Eau" }, Alice, Cancellation);
        Assert.Equal(
            409,
            await Refusal.StatusAsync(
                () => perimeters.ReviseAsync(
                    draft.Id, draft.Revision, Water with { Name = "Froid" }, Bob, Cancellation)));
        Assert.Equal("Eau", Assert.Single(await perimeters.ListAsync(Cancellation)).Content.Name);
    }

    [Fact]
    public async Task Invalid_request_is_refused_with_the_reason_and_leaves_nothing()
    {
        var perimeters = await CreateAsync();
        foreach (var wrong in new[]
        {
            Water with { Name = " " },
            Water with { Name = new('a', 121) },
            Water with { Jobs = [] },
            Water with { Jobs = ["Z9999"] },
            Water with { Until = new(2026, 1, 1) },
            Water with { Choices = [new("RNCP104", false, "")] },
            Water with { Choices = [new("RNCP999999", true, "x")] },
        })
        {
            Assert.Equal(400, await Refusal.StatusAsync(() => perimeters.CreateAsync(wrong, Alice, Cancellation)));
        }

        Assert.Empty(await perimeters.ListAsync(Cancellation));
        Assert.Equal(404, await Refusal.StatusAsync(() => perimeters.FindAsync("none", null, Cancellation)));
    }

    [Fact]
    public async Task Copied_perimeter_is_a_draft_of_its_own()
    {
        var perimeters = await CreateAsync();
        var perimeter = await perimeters.CreateAsync(Water, Alice, Cancellation);
        var copy = await perimeters.DuplicateAsync(perimeter.Id, null, Bob, Cancellation);
        Assert.Equal(
            ("Eau en Bretagne (copie)", 1, PerimeterState.Draft, "bob"),
            (copy.Content.Name, copy.Number, copy.State, copy.WrittenBy));
        Assert.Equal(2, (await perimeters.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Judged_set_keeps_the_last_judgement_of_each_person()
    {
        var perimeters = await CreateAsync();
        await perimeters.JudgeAsync("RNCP103", "K2301", true, null, Alice, Cancellation);
        await perimeters.JudgeAsync("RNCP103", "K2301", false, "autre métier", Alice, Cancellation);
        await perimeters.JudgeAsync("RNCP103", "K2301", true, null, Bob, Cancellation);
        Assert.Equal(
            400,
            await Refusal.StatusAsync(() => perimeters.JudgeAsync("RNCP103", "K2301", false, null, Bob, Cancellation)));
        Assert.Equal(
            404,
            await Refusal.StatusAsync(() => perimeters.JudgeAsync("RNCP103", "F1603", true, null, Bob, Cancellation)));
        var judged = await new PerimeterStore(fixture.Database).JudgementsAsync("RNCP103", Cancellation);
        Assert.Equal(
            [("alice", false, "autre métier"), ("bob", true, "")],
            judged.Select(judgement => (judgement.Person, judgement.IsAccepted, judgement.Reason)).Order());
    }

    private async Task<Perimeters> CreateAsync()
    {
        await using var connection = await fixture.Database.OpenAsync(Cancellation);
        await connection.ExecuteAsync("delete from perimeter_version; delete from recommendation_judgement");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
        return new(
            new PerimeterStore(fixture.Database),
            CatalogueLoadingTests.Loaded(),
            new AuditLog(new AuditStore(fixture.Database), time),
            time);
    }
}

public sealed class PerimetersOnSqlite(SqliteStore store) : PerimetersContract(store), IClassFixture<SqliteStore>;

public sealed class PerimetersOnPostgres(PostgresStore store) : PerimetersContract(store), IClassFixture<PostgresStore>;
