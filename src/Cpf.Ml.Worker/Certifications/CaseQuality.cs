using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Precision of the queue, from decisions: of the random part without bias, of the rest as far as it was
/// read.</summary>
/// <param name="Streams">top, uncertain and random, in this order.</param>
/// <param name="Bins">Predicted against observed shares of closed cases that had a probability, by fifths.</param>
/// <param name="MedianDays">From opening to closing; null while nothing is closed.</param>
/// <param name="Waiting">Open for more than 14 days.</param>
/// <param name="Confirmed">Number of decisions that a second reader agreed to.</param>
/// <param name="Returned">Decisions that a second reader sent back.</param>
public sealed record CaseQuality(IReadOnlyList<StreamQuality> Streams,
    IReadOnlyList<PromiseQuality> Bins, double? MedianDays, long Waiting, long Confirmed, long Returned)
{
    internal static CaseQuality From(IReadOnlyList<ClosedCase> closed, long waiting, long confirmed, long returned)
    {
        var days = closed.Select(decision => decision.Days).Order().ToList();
        return new CaseQuality(
            [.. Enum.GetValues<CaseOrigin>()
                .Select(origin => StreamQuality.From(
                    origin, [.. closed.Where(decision => decision.Origin == origin)]))],
            [
                .. closed
                    .Where(decision => decision is { Probability: not null, Outcome: not CaseOutcome.Insufficient })
                    .GroupBy(decision => (int)Math.Min(4, 5 * decision.Probability!.Value)).OrderBy(bin => bin.Key)
                    .Select(bin => new PromiseQuality(
                        bin.Key / 5.0, bin.Count(), bin.Average(decision => decision.Probability!.Value),
                        bin.Count(decision => decision.Outcome == CaseOutcome.Serious) / (double)bin.Count())),
            ],
            days.Count == 0 ? null : days[days.Count / 2],
            waiting,
            confirmed,
            returned);
    }
}

/// <summary>A case about which somebody decided.</summary>
/// <param name="Probability">That a control confirms it, in [0, 1], as the model said; null without a model.</param>
internal sealed record ClosedCase(
    string CertificationId, CaseOrigin Origin, CaseOutcome Outcome, double? Probability, DateTimeOffset OpenedAt,
    DateTimeOffset ClosedAt)
{
    /// <summary>From opening to closing.</summary>
    public double Days => (ClosedAt - OpenedAt).TotalDays;
}

/// <param name="Decided">Closed with a finding, either way.</param>
/// <param name="Serious">Of them, closed with serious indications.</param>
/// <param name="Insufficient">Closed for want of information; neither right nor wrong.</param>
/// <param name="Low">Of the interval in which the share of serious ones lies with 95 %; null while nothing is
/// decided.</param>
public sealed record StreamQuality([property: JsonPropertyName("stream")] CaseOrigin Origin,
    int Decided, int Serious, int Insufficient, double? Low, double? High)
{
    internal static StreamQuality From(CaseOrigin origin, IReadOnlyList<ClosedCase> closed)
    {
        var decided = closed.Count(decision => decision.Outcome != CaseOutcome.Insufficient);
        var serious = closed.Count(decision => decision.Outcome == CaseOutcome.Serious);
        (double Low, double High)? interval = decided == 0 ? null : Proportions.Interval(serious, decided);
        return new StreamQuality(origin, decided, serious, closed.Count - decided, interval?.Low, interval?.High);
    }
}

/// <summary>A bin of the calibration.</summary>
/// <param name="From">Lower bound of the probability, inclusive.</param>
/// <param name="Promised">Mean predicted probability.</param>
/// <param name="Found">Observed share with serious indications.</param>
public sealed record PromiseQuality(double From, int Cases, double Promised, double Found);
