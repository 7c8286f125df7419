using System.Collections.Immutable;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Scoring.Tests.Alerts;

/// <summary>Alerts as tests need them: minutes after <see cref="Start"/>.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 13, 0, 0, TimeSpan.Zero);
    public static readonly IncidentOptions Options = new(
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15));

    public static DateTimeOffset Minute(double minute) => Start.AddMinutes(minute);

    public static Alert Alert(
        double opened,
        string series = "s1",
        string service = "purchase",
        Severity severity = Severity.Warning,
        double score = 80,
        double? noise = 9,
        double? closed = null,
        double? updated = null,
        Capability capability = Capability.Transactions) => new()
        {
            Id = AlertId.Of(RuleOf(capability), series, Minute(opened)),
            Capability = capability,
            Rule = RuleOf(capability),
            SeriesId = series,
            SeriesName = new(series, series),
            Service = service,
            Severity = severity,
            OpenedAt = Minute(opened),
            UpdatedAt = Minute(updated ?? closed ?? opened),
            ClosedAt = closed is { } end ? Minute(end) : null,
            Document = new AlertDocument
            {
                Sentence = new($"{series} lent", $"{series} slow"),
                Score = score,
                DeviationNoise = noise,
                Tests = [new FiredTest("point", 1e-4, 1, new("haut", "high"))],
                Model = "transactions/series-detector@1",
                Configuration = "7f gauge, budget 1",
            },
        };

    private static string RuleOf(Capability capability) =>
        capability == Capability.Neutrality ? AlertRules.Neutrality : AlertRules.Anomaly;

    public static AlertChange Open(Alert alert) => new(AlertTransition.Open, alert);

    public static AlertChange Close(Alert alert) => new(AlertTransition.Close, alert);

    public static Silence Silence(string label, string value) => new()
    {
        Id = "quiet",
        Kind = SilenceKind.Silence,
        Matchers = [new(label, value)],
        StartsAt = Minute(-60),
        EndsAt = Minute(600),
        Reason = "travaux",
        CreatedBy = "alice",
        CreatedAt = Minute(-60),
    };

    public static LedgerEntry Apply(
        IEnumerable<AlertChange> changes,
        IEnumerable<Incident>? known = null,
        double now = 20,
        params Silence[] silences) =>
        IncidentLedger.Apply([.. changes], known ?? [], silences, [], Options, Minute(now));

    /// <summary>The incident that these changes lead to.</summary>
    public static Incident Incident(params AlertChange[] changes) => Assert.Single(Apply(changes).Revisions).After;

    /// <summary>What can be compared: records compare immutable arrays by reference.</summary>
    public static string Text(ImmutableArray<IncidentRevision> revisions) => System.Text.Json.JsonSerializer.Serialize(
        revisions.OrderBy(revision => revision.After.Id, StringComparer.Ordinal));
}
