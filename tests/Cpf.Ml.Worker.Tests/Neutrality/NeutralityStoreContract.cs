using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Tests.Neutrality;
using Cpf.Ml.Worker.Neutrality;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;

namespace Cpf.Ml.Worker.Tests.Neutrality;

public abstract class NeutralityStoreContract(StoreFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_is_stored_once_and_read_back_unchanged()
    {
        await using (var connection = await fixture.Database.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync("delete from neutrality_audit");
        }

        var (store, report) = (
            new NeutralityStore(fixture.Database), AuditReport.Create(Biased(10), new AuditSettings(), "1.0"));
        var at = new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
        Assert.True(await store.AddAsync("one", at, report, Cancellation));
        Assert.False(await store.AddAsync("one", at.AddDays(1), report with { Program = "2.0" }, Cancellation));
        Assert.True(await store.AddAsync("two", at.AddDays(2), report with { Lines = [] }, Cancellation));

        Assert.Equal(report.ToJson(), await store.FindAsync("one", Cancellation));
        Assert.Null(await store.FindAsync("three", Cancellation));
        var all = await store.ListAsync(Cancellation);
        Assert.Equal(
            [("two", NeutralityVerdict.Inconclusive), ("one", NeutralityVerdict.Biased)],
            all.Select(row => (row.Id, row.Verdict)));
        Assert.Equal((at, report.From, report.Until), (all[1].AuditedAt, all[1].From, all[1].Until));
        Assert.Equal(report.Lines.Length, all[1].Neutral + all[1].Biased + all[1].Open);
    }

    internal static SearchLog Biased(int share)
    {
        using var folder = new TemporaryFolder();
        SearchLogSample.WriteBiased(folder.Path, share);
        return SearchLog.Read(folder.Path);
    }
}

public sealed class NeutralityStoreOnSqlite(SqliteStore store)
    : NeutralityStoreContract(store), IClassFixture<SqliteStore>;

public sealed class NeutralityStoreOnPostgres(PostgresStore store)
    : NeutralityStoreContract(store), IClassFixture<PostgresStore>;
