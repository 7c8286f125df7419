namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>What of a series repeats itself; it may be nothing.</summary>
/// <param name="Share">Of the variance of the last two days, what the curve of day and week explained before they were
/// learnt; in [0, 1].</param>
/// <param name="Cycle">A shorter period after which it does something beyond that curve; zero when there is
/// none.</param>
public readonly record struct Seasonality(double Share, TimeSpan Cycle);
