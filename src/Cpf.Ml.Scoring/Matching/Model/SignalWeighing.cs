namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>How far signals are to be believed, by what is known of a certification: where they come from decides what
/// they are worth, and probabilities are calibrated for each.</summary>
/// <param name="OfNew">Of a certification without any known version.</param>
/// <param name="OfRenewal">Of one that replaces, or is called like, a known one, and of jobs that the known one does
/// not declare.</param>
/// <param name="OfPredecessor">Of jobs that the certification which it replaces declares.</param>
internal sealed record SignalWeighing(
    SignalRegression OfNew, SignalRegression OfRenewal, SignalRegression OfPredecessor)
{
    public double Probability(bool isRenewal, LinkTier tier, float[] signals) =>
        1 / (1 + Math.Exp(
            -(tier == LinkTier.Predecessor ? OfPredecessor : isRenewal ? OfRenewal : OfNew).Score(signals)));
}
