using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Transactions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.Console;

/// <summary>
/// A platform with four weeks behind it: purchases were slow a week ago, which somebody judged and closed, and are slow
/// again now, after a deployment. Everything went through the real door, detectors and pipeline.
/// </summary>
public sealed class PlatformFixture : ConsoleFixture
{
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(40);

    private readonly Random _random = new(11);

    /// <summary>
    /// When the fixture begins: it is half past two in the afternoon on the platform, whatever the clock says, so that
    /// every run sees the same values.
    /// </summary>
    private DateTimeOffset _now;

    /// <summary>The incident that is going on.</summary>
    public string Incident { get; private set; } = "";

    /// <summary>The series that leads it.</summary>
    public string Series { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        _now = now;
        await AccountAsync(Roles.Operator);

        var lastWeek = now.AddDays(-7);
        await SendAsync(now.AddDays(-28), lastWeek, now);
        await ForgetAsync();
        await SendAsync(lastWeek, lastWeek.AddHours(6), lastWeek);
        await SettleAsync();
        await SendAsync(lastWeek.AddHours(6), now - Slow, now);
        await ForgetAsync();
        await Services.GetRequiredService<Deployments>().AddAsync(
            new NewDeployment("achat", "4.2", now - Slow - TimeSpan.FromMinutes(3)),
            new Actor("usine", "127.0.0.1", ""),
            default);
        await SendAsync(now - Slow, now, now - Slow);

        var open = await Search.FindAsync(new IncidentQuery(IncidentState.Open, "achat"), default);
        Assert.NotEmpty(open.Items);
        Incident = open.Items[0].Id;
        Series = open.Items[0].Alerts[0].SeriesId;
        await Services.GetRequiredService<IncidentExampleStore>().SaveAsync(Incident, [
            new("achat", now.AddMinutes(-12.3), 9.83, 1.12, 3e-6, false, "web", "Bretagne", "7f3a91c20d"),
            new("achat", now.AddMinutes(-31.7), 7.4, 1.10, 0.0004, true, "mobile", "", "02bb6e18aa"),
            new("achat", now.AddMinutes(-2.2), 3.1, null, null, false, "", "", ""),
        ], default);
        Services.GetRequiredService<IngestHealth>().Source(IngestHealth.Metrics).Reject(Rejection.Late, 3);
        Services.GetRequiredService<IngestHealth>().Source("pull:paiement").Fail("http://127.0.0.1:9090 answered 503.");
    }

    protected override Dictionary<string, string> Settings => new(base.Settings)
    {
        // Port 1 answers nobody.
        ["Publish:Webhooks:0:Name"] = "astreinte",
        ["Publish:Webhooks:0:Url"] = "http://127.0.0.1:1/hook",
        ["Publish:Webhooks:0:Secrets:0"] = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    };

    private IncidentSearchStore Search => Services.GetRequiredService<IncidentSearchStore>();

    /// <summary>
    /// Four weeks in a few seconds bring the false alerts of four weeks, which are not what the pages are to show.
    /// </summary>
    private async Task ForgetAsync()
    {
        await using var connection = await Services.GetRequiredService<Database>().OpenAsync(default);
        await connection.ExecuteAsync(
            """
            delete from outbox where incident_id in (select id from incident where verdict is null);
            delete from incident_event where incident_id in (select id from incident where verdict is null);
            delete from alert where incident_id in (select id from incident where verdict is null);
            delete from incident where verdict is null;
            """);
    }

    /// <summary>A person closes what went wrong last week and says what it was.</summary>
    private async Task SettleAsync()
    {
        var actions = Services.GetRequiredService<IncidentActions>();
        var somebody = new Actor("operator", "127.0.0.1", "");
        foreach (var incident in (await Search.FindAsync(new IncidentQuery(), default)).Items)
        {
            if (incident.ClosedAt is null)
            {
                await actions.CloseAsync(incident.Id, null, somebody, default);
            }

            await actions.CommentAsync(incident.Id, "Base de données saturée, index ajouté.", somebody, default);
            await actions.JudgeAsync(incident.Id, "useful", null, somebody, default);
        }
    }

    /// <summary>
    /// A point a minute of each series in [from, to), with purchases four times as slow after <paramref name="slow"/>.
    /// </summary>
    private async Task SendAsync(DateTimeOffset from, DateTimeOffset to, DateTimeOffset slow)
    {
        var intake = Services.GetRequiredService<Intake>();
        var source = Services.GetRequiredService<IngestHealth>().Source(IngestHealth.Metrics);
        var series = Targets();
        for (var day = from; day < to; day = day.AddDays(1))
        {
            var batch = intake.Batch();
            var end = day.AddDays(1) < to ? day.AddDays(1) : to;
            for (var minute = day; minute < end; minute = minute.AddMinutes(1))
            {
                foreach (var (target, typical) in series)
                {
                    var slowed = target.Identity.Name.StartsWith("achat_duree", StringComparison.Ordinal)
                        && minute >= slow
                        && minute < slow + Slow;
                    batch.Add(
                        target,
                        minute.ToUnixTimeMilliseconds(),
                        Value(target.Series.Kind, typical, minute) * (slowed ? 4 : 1),
                        400);
                }
            }

            await intake.SubmitAsync(batch, source, default);
        }
    }

    private double Value(MetricKind kind, double typical, DateTimeOffset minute)
    {
        var hour = 14.5 + (minute - _now).TotalHours;
        var day = 1 + 0.5 * Math.Sin((hour - 8) * Math.PI / 12);
        var noise = 1 + 0.06 * (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5);
        return kind == MetricKind.Volume ? Math.Round(typical * day * noise) : typical * (0.8 + 0.2 * day) * noise;
    }

    private static List<(SeriesTarget Target, double Typical)> Targets() =>
    [
        .. from place in new[] { ("Bretagne", "web"), ("Occitanie", "mobile"), ("Normandie", "web") }
           select (Target("achat_duree_p95", "achat", MetricKind.Duration, "s", place), 1.1),
        .. from place in new[] { ("Bretagne", "web"), ("Occitanie", "mobile"), ("Normandie", "web") }
           select (Target("achat_volume", "achat", MetricKind.Volume, "1/min", place), 220.0),
        (Target("connexion_volume", "connexion", MetricKind.Volume, "1/min", ("Bretagne", "web")), 900),
        (Target("connexion_erreurs", "connexion", MetricKind.ErrorRate, "ratio", ("Bretagne", "web")), 0.012),
        (Target("memoire", "recherche", MetricKind.Gauge, "By", ("Occitanie", "mobile")), 6.2e9),
    ];

    private static SeriesTarget Target(
        string name, string service, MetricKind kind, string unit, (string Region, string Channel) place) =>
        new(new SeriesDescriptor(
            new SeriesIdentity(
                name, [new("service", service), new("region", place.Region), new("channel", place.Channel)]),
            kind,
            unit,
            service));
}

/// <summary>One platform and one browser for all classes that act on it.</summary>
[CollectionDefinition(nameof(PlatformFixture))]
public sealed class OnePlatform : ICollectionFixture<PlatformFixture>;
