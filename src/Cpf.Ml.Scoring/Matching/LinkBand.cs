namespace Cpf.Ml.Scoring.Matching;

/// <summary>Thresholds of probability between which an estimated link of a tier needs a person's review.</summary>
/// <param name="Tier">Tier whose links have these thresholds.</param>
/// <param name="Include">Probability from which on nine links in ten would be declared, with 90 % confidence by the
/// held-out links; above 1 where no threshold reaches that.</param>
/// <param name="Exclude">Probability below which at most one declared link in twenty would be lost: a split-conformal
/// quantile.</param>
/// <param name="Links">Number of held-out links that are declared.</param>
/// <param name="Pairs">Number of held-out pairs of certification and job.</param>
/// <param name="CalibrationError">Expected calibration error of the tier, in [0, 1]: mean distance between probability
/// and share declared, over ten bins.</param>
/// <remarks>References: Angelopoulos et al. (2021), <i>Learn then Test</i>; Vovk (2013), <i>Conditional validity of
/// inductive conformal predictors</i> (a category a tier).</remarks>
public sealed record LinkBand(
    LinkTier Tier, double Include, double Exclude, int Links, int Pairs, double CalibrationError)
{
    /// <summary>What to do with a link of this tier.</summary>
    /// <param name="probability">Probability of the link, in [0, 1].</param>
    public LinkVerdict VerdictOf(double probability) =>
        probability >= Include ? LinkVerdict.Include : probability < Exclude ? LinkVerdict.Exclude : LinkVerdict.Review;
}

/// <summary>What to do with a link.</summary>
public enum LinkVerdict
{
    /// <summary>The link can be used without a review.</summary>
    Include,

    /// <summary>A person decides.</summary>
    Review,

    /// <summary>The link is too unlikely to be reviewed.</summary>
    Exclude,
}
