using Cpf.Ml.Scoring.Neutrality.Audit;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>Summary of an audit in a few sentences.</summary>
public static class AuditSummary
{
    /// <summary>The overall verdict, as one sentence.</summary>
    /// <param name="report">The audit.</param>
    public static Text Headline(AuditReport report)
    {
        var biased = report.Lines.Count(line => line.Verdict == NeutralityVerdict.Biased);
        return report.Verdict switch
        {
            NeutralityVerdict.Biased => biased == 1
                ? new("Le moteur n'est pas neutre : un biais est prouvé.",
                    "The engine is not neutral: one bias is proven.")
                : new($"Le moteur n'est pas neutre : {biased} biais sont prouvés.",
                    $"The engine is not neutral: {biased} biases are proven."),
            NeutralityVerdict.Neutral => new("Le moteur est neutre sur tout ce qui a pu être comparé, et c'est prouvé.",
                "The engine is neutral in everything that could be compared, and that is proven."),
            _ => new("Aucun biais n'est prouvé, et la neutralité ne l'est pas partout.",
                "No bias is proven, and neutrality is not proven everywhere."),
        };
    }

    /// <summary>Biased lines: whole dimensions first, then combinations of two, then single organisations; the largest
    /// first.</summary>
    /// <param name="report">The audit.</param>
    public static IEnumerable<AuditLine> Biases(AuditReport report) =>
        report.Lines.Where(line => line.Verdict == NeutralityVerdict.Biased)
        .OrderBy(line => line.Dimension == "organisation" ? 2
            : line.Dimension.Contains('-', StringComparison.Ordinal) && line.Measure == AuditMeasure.Exposure ? 1 : 0)
            .ThenByDescending(line => Math.Abs(line.Effect) / line.Tolerance);

    /// <summary>Number of lines of each verdict, and what the inconclusive ones would take.</summary>
    /// <param name="report">The audit.</param>
    public static IEnumerable<Text> Sentences(AuditReport report)
    {
        var by = report.Lines.ToLookup(line => line.Verdict);
        yield return new(
            $"{report.Lines.Length} comparaisons : {by[NeutralityVerdict.Biased].Count()} "
                + $"biais, {by[NeutralityVerdict.Neutral].Count()} neutralités "
                + $"prouvées, {by[NeutralityVerdict.Inconclusive].Count()} non concluantes.",
            $"{report.Lines.Length} comparisons: {by[NeutralityVerdict.Biased].Count()} "
                + $"biases, {by[NeutralityVerdict.Neutral].Count()} proven "
                + $"neutral, {by[NeutralityVerdict.Inconclusive].Count()} inconclusive.");
        var proven = by[NeutralityVerdict.Neutral].Where(line => line.Dimension != "organisation")
            .Select(line => line.Dimension).Distinct().ToHashSet();
        var doubtful = report.Lines.Where(line => line.Verdict != NeutralityVerdict.Neutral)
            .Select(line => line.Dimension).ToHashSet();
        var whole = report.Lines.Where(line => proven.Contains(line.Dimension) && !doubtful.Contains(line.Dimension))
            .Select(line => line.Name).Distinct().ToList();
        if (whole.Count > 0)
        {
            yield return new($"Neutre en tout point : {string.Join(", ", whole.Select(name => Lower(name.Fr)))}.",
                $"Neutral throughout: {string.Join(", ", whole.Select(name => Lower(name.En)))}.");
        }

        var open = by[NeutralityVerdict.Inconclusive].Where(
            line => line.Needed is not null && line.Dimension != "organisation").ToList();
        if (open.Count > 0)
        {
            yield return new($"Pour trancher le reste il faudrait jusqu'à {Times(open).Fr} fois plus de recherches.",
                $"To decide the rest would take up to {Times(open).En} times as many searches.");
        }
    }

    private static Text Times(List<AuditLine> open) =>
        Amounts.Number(Math.Ceiling(open.Max(line => (double)line.Needed!.Value / Math.Max(1, line.Opportunities))), 0);

    private static string Lower(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
