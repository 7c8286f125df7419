using System.Text.Json.Nodes;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Logging;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Publish;

public sealed class LogPublisherTests
{
    [Fact]
    public async Task Notice_is_one_line_of_the_log_with_its_fields()
    {
        using var log = new CapturedLog();
        await using var host = await PublishHost.StartAsync(
            new PublishSettings { ConsoleUrl = "https://cpf-ml.example" }, log);

        await host.Stores.ProcessAsync(Open(Alert(0, severity: Severity.Critical)), Open(Alert(1, "s2")));

        await host.UntilAsync("log", status => status is { Pending: 0, LastDelivered: not null });
        var id = (await host.Stores.SingleAsync()).Id;
        var line = Assert.Single(
            log.Text.Split('\n'), line => line.Contains(typeof(LogPublisher).FullName!, StringComparison.Ordinal));
        Assert.StartsWith("Warning ", line, StringComparison.Ordinal);
        Assert.Contains(
            $"Incident Opened: s1 slow ({id}, capability Transactions, service purchase, severity Critical, alerts 2, "
                + $"https://cpf-ml.example/incidents/{id})",
            line,
            StringComparison.Ordinal);
        Assert.All(
            [
                $"IncidentId={id}", "Capability=Transactions", "Notice=Opened", "Service=purchase", "Severity=Critical",
                "Alerts=2", "Title=s1 slow",
            ],
            field => Assert.Contains(field, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Message_that_version_0_5_0_queued_is_logged()
    {
        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        var incident = Incident(Open(Alert(0)));
        var payload = JsonNode.Parse(StoredJson.Write(IncidentDocument.Of(incident, new PublishSettings().Receivers)))!;
        Assert.True(payload["alerts"]![0]!.AsObject().Remove("capability"));

        var delivery = await new LogPublisher(factory.CreateLogger<LogPublisher>()).DeliverAsync(
            OutboxMessage.Of("log", incident, Notice.Opened, payload.ToJsonString(), Minute(20)),
            TestContext.Current.CancellationToken);

        Assert.Equal(Delivery.Done, delivery);
        Assert.Contains($"Incident Opened: s1 slow ({incident.Id}", log.Text, StringComparison.Ordinal);
    }
}
