using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Neutrality;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Neutrality;
using Cpf.Ml.Worker.Tests.Console;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.Neutrality;

/// <content>The service with a log, and what the tests ask of it.</content>
public sealed partial class NeutralityPageTests
{
    private static object Request(int offers) => new
    {
        query = "anglais",
        day = "2026-07-01",
        offers = Enumerable.Range(0, offers).Select(
            i => new
            {
                id = $"{i}",
                organisation = $"O{i % 40}",
                score = 1 - (i / 20 / 10.0),
                groups = new Dictionary<string, string> { ["size"] = i % 3 == 0 ? "small" : "large" },
            }),
    };

    private static async Task<string> NewestAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync("/api/v1/neutrality/audits", Cancellation)).RootElement[0]
            .GetProperty("id").GetString()!;

    private Task LookAsync(string language, string name, string path, string[] words) =>
        console.LookAsync(language, name, path, Roles.Auditor, words);

    /// <summary>Waits for the incident that the audit of the log opens, and adds a second bias to it.</summary>
    /// <returns>Its id.</returns>
    private async Task<string> BiasAsync()
    {
        await console.AuditedAsync();
        var search = console.Services.GetRequiredService<IncidentSearchStore>();
        while (true)
        {
            var found = await search.FindAsync(new IncidentQuery(Capability: Capability.Neutrality), Cancellation);
            if (found.Items is [var incident, ..])
            {
                var alert = incident.Alerts[0];
                var region = alert with
                {
                    Id = AlertId.Of(alert.Rule, "region", alert.OpenedAt),
                    SeriesId = "region",
                    SeriesName = new("Région", "Region"),
                };
                await console.Services.GetRequiredService<AlertPipeline>()
                    .ProcessAsync([new AlertChange(AlertTransition.Open, region)], Cancellation);
                return incident.Id;
            }

            await Task.Delay(50, Cancellation);
        }
    }

    private async Task<string> AuditAsync()
    {
        await console.AuditedAsync();
        using var client = await console.WithTokenAsync(Scopes.Audit);
        return await NewestAsync(client);
    }

    /// <summary>The whole service with an imagined log.</summary>
    public sealed class WithLog : ConsoleFixture
    {
        private readonly TemporaryFolder _log = new();

        protected override Dictionary<string, string> Settings =>
            new(base.Settings) { ["Neutrality:Logs"] = _log.Path, ["Neutrality:Dimensions:0"] = "size" };

        public override async ValueTask InitializeAsync()
        {
            SearchLogSample.WriteBiased(_log.Path, 10);
            await base.InitializeAsync();
        }

        /// <summary>The log was another before, and is audited once more.</summary>
        public async Task AuditedAsync()
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            deadline.CancelAfter(TimeSpan.FromMinutes(2));
            while (Services.GetRequiredService<ScheduledAudits>().Current is null)
            {
                await Task.Delay(50, deadline.Token);
            }
        }
    }
}
