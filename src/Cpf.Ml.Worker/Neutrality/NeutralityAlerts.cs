using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Biases of the search engine as alerts. Single organisations have none: they are for the report.</summary>
internal static class NeutralityAlerts
{
    public const string Rule = AlertRules.Neutrality;

    /// <summary>They make one incident.</summary>
    private const string Service = "search-engine";

    private static readonly string[] Reported = ["organisation"];

    /// <param name="open">By what they are about.</param>
    /// <param name="at">When the audit was.</param>
    public static IReadOnlyList<AlertChange> Changes(
        AuditReport report, IReadOnlyDictionary<string, Alert> open, DateTimeOffset at)
    {
        var biased = report.Lines.Where(line => line.Verdict == NeutralityVerdict.Biased
            && !Reported.Contains(line.Dimension)).ToDictionary(line => line.Key);
        return
        [
            .. biased.Where(entry => !open.ContainsKey(entry.Key))
                .Select(entry => new AlertChange(AlertTransition.Open, AlertOf(entry.Value, report, at))),
            .. open.Where(entry => !biased.ContainsKey(entry.Key)).Select(
                entry => new AlertChange(AlertTransition.Close, entry.Value with { UpdatedAt = at, ClosedAt = at })),
        ];
    }

    private static Alert AlertOf(AuditLine line, AuditReport report, DateTimeOffset at)
    {
        var (subject, finding) = (AuditSentences.Subject(line), AuditSentences.Finding(line));
        return new()
        {
            Id = AlertId.Of(Rule, line.Key, at),
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
