using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Tests.Fixtures;
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
            $"Incident Opened: s1 slow ({id}, service purchase, severity Critical, alerts 2, "
                + $"https://cpf-ml.example/incidents/{id})",
            line,
            StringComparison.Ordinal);
        Assert.All(
            [$"IncidentId={id}", "Notice=Opened", "Service=purchase", "Severity=Critical", "Alerts=2", "Title=s1 slow"],
            field => Assert.Contains(field, line, StringComparison.Ordinal));
    }
}
