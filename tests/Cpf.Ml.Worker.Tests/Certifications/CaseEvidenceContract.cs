using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public abstract class CaseEvidenceContract(StoreFixture fixture) : CaseStoreTests(fixture)
{
    [Fact]
    public async Task Evidence_is_kept_with_its_case_and_not_read_with_lists()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1") with { Evidence = Evidence }], Budget, Cancellation);
        Assert.Null((await ListAsync(cases))[0].Evidence);
        var read = (await cases.ReadAsync("case-RS1", Cancellation)).Evidence!;
        Assert.Equal(Evidence.Reasons["F05"].Dossiers!.Cited, read.Reasons["F05"].Dossiers!.Cited);
        Assert.Equal(Evidence.Network!.Links, read.Network!.Links);
    }

    [Fact]
    public async Task Adding_and_reading_a_document_are_noted_in_the_history()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1"), Case("RS2")], Budget, Cancellation);
        byte[] content = [1, 2, 3];
        await cases.AttachAsync("case-RS1", "C:\\temp\\relevés.pdf", content, Alice, Cancellation);
        await cases.AttachAsync("case-RS1", "b.txt", [4], Alice, Cancellation);

        var listed = await cases.AttachmentsAsync("case-RS1", Cancellation);
        Assert.Equal(
            [(1, "relevés.pdf", 3, "alice"), (2, "b.txt", 1, "alice")],
            listed.Select(
                attachment => ((int)attachment.Number, attachment.Name, (int)attachment.Size, attachment.AddedBy)));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), listed[0].Sha256);
        Assert.Empty(await cases.AttachmentsAsync("case-RS2", Cancellation));
        var (name, bytes) = await cases.ReadAttachmentAsync("case-RS1", 1, Alice, Cancellation);
        Assert.Equal("relevés.pdf", name);
        Assert.Equal(content, bytes);
        Assert.Equal(
            ["case.open", "case.attach", "case.attach", "case.read"],
            (await cases.HistoryAsync("case-RS1", Cancellation)).Select(line => line.Action));
        Assert.Contains(
            listed[0].Sha256, (await cases.HistoryAsync("case-RS1", Cancellation))[1].Detail, StringComparison.Ordinal);
        Assert.Equal(
            404,
            await Refusal.StatusAsync(() => cases.ReadAttachmentAsync("case-RS1", 3, Alice, Cancellation)));
    }

    [Fact]
    public async Task Invalid_document_is_refused_and_leaves_nothing()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(Run(), [Case("RS1")], Budget, Cancellation);
        foreach (var (name, content) in new (string?, byte[])[]
        {
            ("a", []),
            ("a", new byte[CaseAttachment.MaxBytes + 1]),
            (" ", [1]),
            (null, [1]),
            (new string('a', 201), [1]),
        })
        {
            Assert.Equal(
                content.Length > CaseAttachment.MaxBytes ? 413 : 400,
                await Refusal.StatusAsync(() => cases.AttachAsync("case-RS1", name, content, Alice, Cancellation)));
        }

        Assert.Single(await cases.HistoryAsync("case-RS1", Cancellation));
        for (var i = 0; i < CaseAttachment.MaxPerCase; i++)
        {
            await cases.AttachAsync("case-RS1", $"{i}.txt", [1], Alice, Cancellation);
        }

        Assert.Contains(
            "20",
            (await Assert.ThrowsAsync<RefusedException>(
                () => cases.AttachAsync("case-RS1", "x", [1], Alice, Cancellation))).Reason.En,
            StringComparison.Ordinal);
        Assert.Equal(CaseAttachment.MaxPerCase, (await cases.AttachmentsAsync("case-RS1", Cancellation)).Count);
    }

    [Fact]
    public async Task Evidence_of_a_closed_case_is_deleted_after_a_year_and_its_rationale_is_kept()
    {
        var (runs, cases) = await CreateAsync();
        await runs.RecordAsync(
            Run(),
            [Case("RS1") with { Evidence = Evidence }, Case("RS2") with { Evidence = Evidence }],
            Budget,
            Cancellation);
        await cases.AttachAsync("case-RS1", "a.pdf", [1], Alice, Cancellation);
        await cases.DecideAsync("case-RS1", CaseOutcome.Nothing, "conforme", Alice, Cancellation);
        var retention = new Retention(
            Fixture.Database, new StorageSettings(), Periodic.On(Time), Time, NullLogger<Retention>.Instance);

        Time.Advance(TimeSpan.FromDays(364));
        await retention.PurgeAsync(Cancellation);
        Assert.NotNull((await cases.ReadAsync("case-RS1", Cancellation)).Evidence);

        Time.Advance(TimeSpan.FromDays(2));
        await retention.PurgeAsync(Cancellation);
        var closed = await cases.ReadAsync("case-RS1", Cancellation);
        Assert.Equal((null, "conforme", 2), (closed.Evidence, closed.Rationale, closed.Document.Reasons.Length));
        Assert.NotNull((await cases.ReadAsync("case-RS2", Cancellation)).Evidence);
        Assert.Empty(await cases.AttachmentsAsync("case-RS1", Cancellation));
        Assert.Empty(await cases.VerifyAsync(Cancellation));
    }
}

public sealed class CaseEvidenceOnSqlite(SqliteStore store) : CaseEvidenceContract(store), IClassFixture<SqliteStore>;

public sealed class CaseEvidenceOnPostgres(PostgresStore store)
    : CaseEvidenceContract(store), IClassFixture<PostgresStore>;
