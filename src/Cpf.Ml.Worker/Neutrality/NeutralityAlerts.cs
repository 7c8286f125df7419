using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Biases of the search engine as alerts. Single organisations raise none: they are in the report.</summary>
internal static class NeutralityAlerts
{
    public const string Rule = AlertRules.Neutrality;

    /// <summary>The service of all biases: those of one audit are one incident.</summary>
    private const string Service = "search-engine";

    private static readonly string[] DimensionsWithoutAlerts = ["organisation"];

    /// <summary>Opens an alert for each comparison that is biased and has none, and closes those that are no longer
    /// biased.</summary>
    /// <param name="report">The newest audit.</param>
    /// <param name="open">Open alerts by the key of their comparison.</param>
    /// <param name="at">When the audit was run, UTC.</param>
    public static IReadOnlyList<AlertChange> Changes(
        AuditReport report, IReadOnlyDictionary<string, Alert> open, DateTimeOffset at)
    {
        var biased = report.Lines.Where(line => line.Verdict == NeutralityVerdict.Biased
            && !DimensionsWithoutAlerts.Contains(line.Dimension)).ToDictionary(line => line.Key);
        return
        [
            .. biased.Values.Where(line => !open.ContainsKey(line.Key))
                .Select(line => new AlertChange(AlertTransition.Open, AlertOf(line, report, at))),
            .. open.Values.Where(alert => !biased.ContainsKey(alert.SeriesId)).Select(
                alert => new AlertChange(AlertTransition.Close, alert with { UpdatedAt = at, ClosedAt = at })),
        ];
    }

    private static Alert AlertOf(AuditLine line, AuditReport report, DateTimeOffset at)
    {
        var (subject, finding) = (AuditSentences.Subject(line), AuditSentences.Finding(line));
        return new()
        {
            Id = AlertId.Of(Rule, line.Key, at),
            Capability = Capability.Neutrality,
            Rule = Rule,
            SeriesId = line.Key,
            SeriesName = subject,
            Service = Service,
            Severity = Severity.Warning,
            OpenedAt = at,
            UpdatedAt = at,
            Document = new AlertDocument
            {
                Sentence = new(
                    $"Moteur de recherche, {subject.Fr} : {finding.Fr}", $"Search engine, {subject.En}: {finding.En}"),
                Observed = line.Effect,
                Expected = 0,
                PValue = Math.Max(line.AdjustedP, double.Epsilon),
                IsWarm = true,
                Since = at,
                Model = $"neutrality/audit@{report.Format}",
                Configuration = FormattableString.Invariant($"Tolerance={line.Tolerance}"),
            },
        };
    }
}
