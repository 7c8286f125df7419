using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

public sealed class CertificationScoringTests(SqliteStore fixture) : IClassFixture<SqliteStore>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_fills_the_queue_within_the_budget_and_unchanged_data_open_nothing()
    {
        var (store, runs) = (new CaseStore(fixture.Database), new CertificationRunStore(fixture.Database));
        var scoring = Scoring(Repository.In("data/sample"));

        Assert.Equal(10, await scoring.RunAsync(Cancellation));
        Assert.Null(await scoring.RunAsync(Cancellation));

        var cases = (await store.FindAsync(new CaseQuery(), Start, Cancellation)).Cases;
        Assert.Equal(
            [CaseOrigin.Top, CaseOrigin.Uncertain, CaseOrigin.Random],
            cases.Select(@case => @case.Origin).Distinct().Order());
        Assert.Equal(8, cases.Count(@case => @case.Origin == CaseOrigin.Top));
        Assert.Equal(
            cases.OrderByDescending(@case => @case.Origin == CaseOrigin.Random)
                .ThenByDescending(@case => @case.Origin == CaseOrigin.Random ? 0 : @case.Harm)
                .Select(@case => @case.Origin),
            cases.Select(@case => @case.Origin));

        // Each reason is followed over two years, and most name their dossiers.
        var first = (await store.FindAsync(cases.First(@case => @case.Origin == CaseOrigin.Top).Id, Cancellation))!;
        Assert.All(
            first.Document.Reasons, reason => Assert.Equal(8, first.Evidence!.Reasons[reason.Feature].Past.Length));
        Assert.Contains(
            first.Evidence!.Reasons.Values,
            reason => reason.Dossiers is { Count: > 0, Cited.Length: > 0, Companies.Length: > 0 });

        // A copy made later is the same data.
        using var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.In("sample"));
        foreach (var file in Directory.GetFiles(Repository.In("data/sample"), "*.parquet"))
        {
            File.Copy(file, Path.Combine(copy.In("sample"), Path.GetFileName(file)));
            File.SetLastWriteTimeUtc(
                Path.Combine(copy.In("sample"), Path.GetFileName(file)),
                new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Null(await Scoring(copy.In("sample")).RunAsync(Cancellation));
        Assert.All(
            cases.Where(@case => @case.Origin != CaseOrigin.Random), @case => Assert.NotEmpty(@case.Document.Reasons));
        Assert.Equal(new DateOnly(2026, 7, 1), (await runs.FindLastAsync(Cancellation))!.Cutoff);
        Assert.Empty(await store.VerifyAsync(Cancellation));
    }

    [Fact]
    public async Task Unreadable_data_are_reported_and_the_service_runs_on()
    {
        using var folder = new TemporaryFolder();
        var scoring = Scoring(folder.Path);
        await scoring.StartAsync(Cancellation);
        while (scoring.LastError is null)
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.Contains(
            "purchases.parquet or .csv: there is no such file", scoring.LastError, StringComparison.Ordinal);
        await scoring.StopAsync(Cancellation);
    }

    private CertificationScoring Scoring(string folder) =>
        new(
            new CertificationsSettings { Data = folder, WeeklyBudget = 10 },
            new CertificationRunStore(fixture.Database),
            new CaseDecisionStore(fixture.Database),
            Periodic.On(TimeProvider.System),
            TimeProvider.System,
            NullLogger<CertificationScoring>.Instance);
}
