using Cpf.Ml.Scoring.Neutrality.Audit;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>An audit of the history.</summary>
/// <param name="From">Day of the first search.</param>
/// <param name="Neutral">Lines of this verdict, as the next two.</param>
/// <param name="Open">Inconclusive ones.</param>
public sealed record AuditSummaryRow(string Id, DateTimeOffset AuditedAt,
    DateOnly From, DateOnly Until, NeutralityVerdict Verdict, int Neutral, int Biased, int Open);
