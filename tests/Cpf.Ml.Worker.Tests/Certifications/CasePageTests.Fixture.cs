using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Tests.Console;
using Microsoft.Extensions.DependencyInjection;
using static Cpf.Ml.Worker.Tests.Certifications.CaseSample;

namespace Cpf.Ml.Worker.Tests.Certifications;

/// <content>The service with the cases of a run.</content>
public sealed partial class CasePageTests
{
    /// <summary>The whole service with a run's cases.</summary>
    public sealed class WithCases : ConsoleFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Services.GetRequiredService<CertificationRunStore>().RecordAsync(
                Run(),
                [
                    Case("RNCP34", harm: 90_000, isFact: true) with { Evidence = Evidence },
                    Case("RNCP12", harm: 50_000),
                    Case("RNCP99", harm: 10_000),
                    Case("RNCP55", harm: 9_000),
                    Case("RNCP77", CaseOrigin.Random),
                    Case("RNCP88", CaseOrigin.Random),
                ],
                weeklyBudget: 20,
                TestContext.Current.CancellationToken);
        }
    }
}
