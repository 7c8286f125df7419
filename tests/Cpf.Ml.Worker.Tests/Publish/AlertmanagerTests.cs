using System.Collections.Immutable;
using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Tests.Alerts;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Publish;

/// <summary>Against a real Alertmanager 0.25.</summary>
public sealed class AlertmanagerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_is_exactly_one_active_alert_until_it_closes()
    {
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));

        await host.Stores.ProcessAsync(Open(Alert(0)), Open(Alert(1, "s2")));
        var alert = Assert.Single(await alertmanager.UntilAsync(active => active.Count > 0));
        await host.Stores.ProcessAsync(Open(Alert(2, "s3")));
        Assert.Single(
            await alertmanager.UntilAsync(
                active => Annotation(active[0], "description").Contains("s3 lent", StringComparison.Ordinal)));
        var incident = await host.Stores.SingleAsync();
        Assert.Equal(incident.Id, Label(alert, "incident"));

        await host.Stores.Actions.CloseAsync(incident.Id, null, AlertStores.Alice, Cancellation);

        await alertmanager.UntilAsync(active => active.Count == 0);
    }

    [Fact]
    public async Task Labels_identify_and_annotations_explain()
    {
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));
        var document = Alert(0).Document with
        {
            Observed = 4.8,
            Expected = 1.1,
            Band99 = new(0.8, 1.6),
            Unit = "s",
            Score = 92.4,
            Labels = Labels("a:9100"),
        };

        var other = Alert(1, "s2", score: 70);
        await host.Stores.ProcessAsync(
            Open(Alert(0) with { Document = document }),
            Open(other with { Document = other.Document with { Labels = Labels("b:9100") } }));

        var alert = Assert.Single(await alertmanager.UntilAsync(active => active.Count > 0));
        Assert.Equal(
            "duration_seconds{instance=\"a:9100\",job=\"achat\"}\nduration_seconds{instance=\"b:9100\",job=\"achat\"}",
            Annotation(alert, "series"));
        var id = (await host.Stores.SingleAsync()).Id;
        Assert.Equal(
            [
                "alertname=CpfMlIncident",
                "capability=transactions",
                $"incident={id}",
                "service=purchase",
                "severity=warning",
            ],
            alert.GetProperty("labels").EnumerateObject().Select(label => $"{label.Name}={label.Value}").Order());
        Assert.Equal(
            ("s1 lent", "s1 slow", "92", "4,8\u00a0s", "1,1\u00a0s", "800\u00a0ms – 1,6\u00a0s"),
            (Annotation(alert, "summary"), Annotation(alert, "summary_en"), Annotation(alert, "score"),
                Annotation(alert, "observed"), Annotation(alert, "expected"), Annotation(alert, "band")));
        Assert.Equal($"https://cpf-ml.example/incidents/{id}", Annotation(alert, "dashboard_url"));
        Assert.Equal("https://cpf-ml.example/docs/runbooks/anomaly.md", Annotation(alert, "runbook_url"));
    }

    [Fact]
    public void Capability_label_is_the_one_of_the_incident() =>
        Assert.Equal(
            "neutrality",
            Assert.Single(AlertmanagerAlert.Of(
                Incident(Open(Alert(0, capability: Capability.Neutrality))),
                new PublishSettings(),
                Minute(20),
                Minute(0))).Labels["capability"]);

    [Fact]
    public async Task An_escalation_ends_the_milder_alert()
    {
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await alertmanager.UntilAsync(active => active.Count == 1);

        await host.Stores.ProcessAsync(Open(Alert(1, "s2", severity: Severity.Critical)));

        await alertmanager.UntilAsync(active => active.Count == 1 && Label(active[0], "severity") == "critical");
    }

    [Fact]
    public async Task A_silenced_incident_leaves_and_comes_back()
    {
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await alertmanager.UntilAsync(active => active.Count == 1);

        var ends = TimeProvider.System.GetUtcNow().AddHours(1);
        var silence = await host.Stores.Silencing.BeginAsync(
            new([new("service", "purchase")], ends, "connu"), AlertStores.Alice, Cancellation);
        await alertmanager.UntilAsync(active => active.Count == 0);
        await host.Stores.Silencing.EndAsync(silence.Id, AlertStores.Alice, Cancellation);

        await alertmanager.UntilAsync(active => active.Count == 1);
    }

    [Fact]
    public async Task Restarted_Alertmanager_gets_firing_alerts_again()
    {
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await alertmanager.UntilAsync(active => active.Count == 1);

        await alertmanager.StopAsync();
        await alertmanager.StartAsync();

        await alertmanager.UntilAsync(active => active.Count == 1);
    }

    [Fact]
    public async Task Unavailable_Alertmanager_gets_everything_later()
    {
        await using var alertmanager = new AlertmanagerServer();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));
        await host.Stores.ProcessAsync(Open(Alert(0)), Open(Alert(0, "s2", service: "search")));
        await host.UntilAsync("alertmanager", status => status is { Pending: 2, LastError: not null });

        await alertmanager.StartAsync();

        await alertmanager.UntilAsync(active => active.Count == 2);
        await host.UntilAsync("alertmanager", status => status is { Pending: 0, Dead: 0 });
    }

    /// <param name="seconds">
    /// How long ends are posted again: 0 as if the outage had lasted much longer than the incident.
    /// </param>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task Incident_that_ended_while_alertmanager_was_away_is_delivered_late_and_marked_so(int seconds)
    {
        await using var people = await WebhookReceiver.StartAsync();
        await using var alertmanager = new AlertmanagerServer { Notifies = people.Url };
        await using var host = await PublishHost.StartAsync(Settings(alertmanager, TimeSpan.FromSeconds(seconds)));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await host.Stores.ProcessAsync(Open(Alert(1, "s2", severity: Severity.Critical)));
        var id = (await host.Stores.SingleAsync()).Id;
        await host.Stores.Actions.CloseAsync(id, null, AlertStores.Alice, Cancellation);
        await host.UntilAsync("alertmanager", status => status is { Pending: 3, LastError: not null });

        await alertmanager.StartAsync();

        var told = JsonDocument.Parse((await people.NextAsync()).Body).RootElement;
        Assert.Equal("firing", told.GetProperty("status").GetString());
        var alert = Assert.Single(
            told.GetProperty("alerts").EnumerateArray(), alert => alert.GetProperty("status").GetString() == "firing");
        Assert.Equal(
            (id, "critical", "true"), (Label(alert, "incident"), Label(alert, "severity"), Label(alert, "late")));
        Assert.StartsWith("Terminé après", Annotation(alert, "description"), StringComparison.Ordinal);
        Assert.StartsWith("Over after", Annotation(alert, "description_en"), StringComparison.Ordinal);
        var over = JsonDocument.Parse((await people.NextAsync()).Body).RootElement;
        Assert.Equal("resolved", over.GetProperty("status").GetString());
        await host.UntilAsync("alertmanager", status => status is { Pending: 0, Dead: 0 });
        Assert.Equal(
            [
                "Transmis à alertmanager après coup : l'incident était terminé",
                "Transmis à alertmanager après coup : l'incident était terminé",
                "Transmis à alertmanager",
            ],
            (await host.Stores.TimelineAsync(id))
                .Where(line => line.Kind == IncidentEventKind.Published && line.Detail.Publisher == "alertmanager")
                .Select(line => EventSentences.Of(line, Capability.Transactions).Fr));
    }

    [Fact]
    public async Task Incident_silenced_during_an_Alertmanager_outage_is_not_notified()
    {
        await using var people = await WebhookReceiver.StartAsync();
        await using var alertmanager = new AlertmanagerServer { Notifies = people.Url };
        await using var host = await PublishHost.StartAsync(Settings(alertmanager));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        await host.Stores.Silencing.BeginAsync(
            new([new("service", "purchase")], TimeProvider.System.GetUtcNow().AddHours(1), "connu"),
            AlertStores.Alice,
            Cancellation);
        await host.Stores.ProcessAsync(Open(Alert(0, "s2", service: "search")));
        await host.UntilAsync("alertmanager", status => status is { Pending: 3, LastError: not null });

        await alertmanager.StartAsync();

        await host.UntilAsync("alertmanager", status => status is { Pending: 0 });
        Assert.Equal(
            "search", Label(Assert.Single(await alertmanager.UntilAsync(active => active.Count > 0)), "service"));
        var told = JsonDocument.Parse((await people.NextAsync()).Body).RootElement;
        Assert.All(
            told.GetProperty("alerts").EnumerateArray(), alert => Assert.Equal("search", Label(alert, "service")));
    }

    [Theory]
    [InlineData(300, 0)]
    [InlineData(0, 1)]
    public async Task Resolved_alert_is_re_posted_for_the_configured_time(int seconds, int left)
    {
        await using var alertmanager = new AlertmanagerServer();
        await alertmanager.StartAsync();
        await using var host = await PublishHost.StartAsync(Settings(alertmanager, TimeSpan.FromSeconds(seconds)));
        await host.Stores.ProcessAsync(Open(Alert(0)));
        var alert = Assert.Single(await alertmanager.UntilAsync(active => active.Count == 1));
        await host.Stores.Actions.CloseAsync(
            (await host.Stores.SingleAsync()).Id, null, AlertStores.Alice, Cancellation);
        await host.UntilAsync("alertmanager", status => status is { Pending: 0 });
        await alertmanager.UntilAsync(active => active.Count == 0);

        // Another Alertmanager of the cluster may still believe it, and so may this one after it forgot the end.
        await alertmanager.PostAsync(
            new
            {
                labels = alert.GetProperty("labels"),
                startsAt = alert.GetProperty("startsAt"),
                endsAt = TimeProvider.System.GetUtcNow().AddHours(1),
            });
        await host.Stores.ProcessAsync(Open(Alert(0, "s2", service: "search")));

        await alertmanager.UntilAsync(active => active.Count(known => Label(known, "service") == "purchase") == left
            && active.Any(known => Label(known, "service") == "search"));
    }

    private static PublishSettings Settings(AlertmanagerServer alertmanager, TimeSpan? repostClosedFor = null) => new()
    {
        ConsoleUrl = "https://cpf-ml.example",
        Alertmanager = new()
        {
            Url = alertmanager.Url,
            RepostEvery = TimeSpan.FromMilliseconds(500),
            RepostClosedFor = repostClosedFor ?? TimeSpan.FromMinutes(5),
            LateFor = TimeSpan.FromSeconds(4),
        },
        FirstRetryDelay = TimeSpan.FromMilliseconds(50),
        MaxRetryDelay = TimeSpan.FromMilliseconds(500),
    };

    private static ImmutableSortedDictionary<string, string> Labels(string instance) =>
        ImmutableSortedDictionary.CreateRange<string, string>(
            [new("__name__", "duration_seconds"), new("job", "achat"), new("instance", instance)]);

    private static string Label(JsonElement alert, string name) =>
        alert.GetProperty("labels").GetProperty(name).GetString()!;

    private static string Annotation(JsonElement alert, string name) =>
        alert.GetProperty("annotations").GetProperty(name).GetString()!;
}
