using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

/// <summary>A store with no case in it, on a clock that a test moves.</summary>
public abstract class CaseStoreTests(StoreFixture fixture)
{
    private protected const int Budget = 20;

    private protected FakeTimeProvider Time { get; } = new(Start);

    private protected CaseDecisionStore Decisions { get; } = new(fixture.Database);

    private protected StoreFixture Fixture => fixture;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static async Task<IReadOnlyList<CertificationCase>> ListAsync(Cases cases) =>
        (await cases.ListAsync(new(), Cancellation)).Cases;

    private protected async Task<(CertificationRunStore Runs, Cases Cases)> CreateAsync()
    {
        await ExecuteAsync("delete from case_attachment; delete from case_evidence; delete from certification_case; "
            + "delete from certification_run; delete from case_event; update case_chain set sequence = 0, hash = ''");
        return (new CertificationRunStore(fixture.Database),
            new Cases(new CaseStore(fixture.Database), new CertificationsSettings(), Time));
    }

    private protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await fixture.Database.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql);
    }
}
