using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>Audits of an engine before and after a correction behind it.</summary>
internal static class CorrectionTrials
{
    /// <summary> One organisation with 38 % of what could be shown, as one had of the answers to "anglais" in
    /// Montpellier in 2019 (6,720 of 17,631), a page that shows a fifth of it, and two degrees of relevance: one word
    /// distinguishes no more. </summary>
    private static readonly SearchWorldOptions Flooded = new() { Pool = 80, Flood = 30, Grades = 2, Seed = 31 };

    /// <summary>A page that shows two thirds of what there is leaves little to choose from.</summary>
    private static readonly SearchWorldOptions Scarce = new() { Flood = 6, Seed = 31 };

    private static readonly SearchWorldOptions Closed = new() { Penalties = [new("entrants", "new", 0.2)], Seed = 32 };

    /// <summary>A cap of one offer a page, within the guards of nDCG.</summary>
    public static FloodingResult Flooding() =>
        Flood(Flooded, new CorrectionGuards { Shown = Flooded.Shown, Cap = 1, MaxMoves = Flooded.Pool });

    /// <summary>The same where there is little to choose from.</summary>
    public static FloodingResult ScarceFlooding() =>
        Flood(Scarce, new CorrectionGuards { Shown = Scarce.Shown, Cap = 1, MaxMoves = Scarce.Pool });

    /// <summary>New organisations that an engine lets wait.</summary>
    public static (AuditLine Before, AuditLine After) Entrants() =>
        (Line(Closed, null, "entrants/new"), Line(Closed, new SearchWorld.Correction(
            new(), new CorrectionGuards { Shown = Closed.Shown }, ["entrants"]), "entrants/new"));

    private static FloodingResult Flood(SearchWorldOptions options, CorrectionGuards guards)
    {
        var correction = new SearchWorld.Correction(new(), guards, ["size"]);
        var (before, after) = (Line(options, null, "volume"), Line(options, correction, "volume"));
        return new(before, after, correction.Losses.Average(),
            correction.Losses.Order().ElementAt((int)(0.95 * (correction.Losses.Count - 1))));
    }

    private static AuditLine Line(SearchWorldOptions options, SearchWorld.Correction? correction, string key) =>
        AuditTrials.Audit(options, correction).Single(line => line.Key == key);
}

/// <param name="MeanLoss">nDCG.</param>
/// <param name="Loss95">Of one search in twenty it is more.</param>
internal sealed record FloodingResult(AuditLine Before, AuditLine After, double MeanLoss, double Loss95);
