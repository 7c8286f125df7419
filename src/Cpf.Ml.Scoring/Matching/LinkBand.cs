namespace Cpf.Ml.Scoring.Matching;

/// <summary>Within which probabilities estimated links of a tier need a person's look.</summary>
/// <param name="Include">From here on nine links in ten would be declared, sure at 90 % by the held-out links; above 1
/// where no threshold is.</param>
/// <param name="Exclude">Below, at most one in twenty of the links that are declared would be lost: a split-conformal
/// quantile.</param>
/// <param name="Links">Held-out links that are declared.</param>
/// <param name="Pairs">Held-out pairs of certification and job.</param>
/// <param name="CalibrationError">Of the tier: mean distance between probability and share declared, over ten
/// bins.</param>
/// <remarks>References: Angelopoulos et al. (2021), <i>Learn then Test</i>; Vovk (2013), <i>Conditional validity of
/// inductive conformal predictors</i> (a category a tier).</remarks>
public sealed record LinkBand(
    LinkTier Tier, double Include, double Exclude, int Links, int Pairs, double CalibrationError)
{
    public LinkVerdict VerdictOf(double probability) =>
        probability >= Include ? LinkVerdict.Include : probability < Exclude ? LinkVerdict.Exclude : LinkVerdict.Review;
}

/// <summary>What to do with a link.</summary>
public enum LinkVerdict
{
    Include,

    /// <summary>A person decides.</summary>
    Review,

    Exclude,
}
