using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>Audits of an engine before and after a correction behind it.</summary>
internal static class CorrectionTrials
{
    private static readonly SearchWorldOptions Flooded = new() { Flood = 6, Seed = 31 };
    private static readonly SearchWorldOptions Closed = new() { Penalties = [new("entrants", "new", 0.2)], Seed = 32 };

    /// <summary>One organisation with a quarter of each pool; a cap of one offer a page.</summary>
    public static (AuditLine Before, AuditLine After, double MeanLoss) Flooding()
    {
        var correction = new SearchWorld.Correction(new(), new CorrectionGuards { Shown = Flooded.Shown, Cap = 1, MostMoves = Flooded.Pool, MostLoss = 1, MeanLoss = 1 }, ["size"]);
        return (Line(Flooded, null, "volume"), Line(Flooded, correction, "volume"), correction.Losses.Average());
    }

    /// <summary>The same within the guards of nDCG: how much of the flood they leave.</summary>
    public static (AuditLine After, double MeanLoss, double Loss95) GuardedFlooding()
    {
        var correction = new SearchWorld.Correction(new(), new CorrectionGuards { Shown = Flooded.Shown, Cap = 1, MostMoves = Flooded.Pool }, ["size"]);
        return (Line(Flooded, correction, "volume"), correction.Losses.Average(), correction.Losses.Order().ElementAt((int)(0.95 * (correction.Losses.Count - 1))));
    }

    /// <summary>New organisations that an engine lets wait.</summary>
    public static (AuditLine Before, AuditLine After) Entrants() =>
        (Line(Closed, null, "entrants/new"), Line(Closed, new SearchWorld.Correction(new(), new CorrectionGuards { Shown = Closed.Shown }, ["entrants"]), "entrants/new"));

    private static AuditLine Line(SearchWorldOptions options, SearchWorld.Correction? correction, string key) => AuditTrials.Audit(options, correction).Single(line => line.Key == key);
}
