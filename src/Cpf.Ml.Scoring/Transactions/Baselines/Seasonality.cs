namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The periodic part of a series, which may be absent.</summary>
/// <param name="Share">Share of the variance of the last two days that the seasonal baseline explained before they were
/// learned; in [0, 1].</param>
/// <param name="Cycle">Period of the cyclic component beyond that baseline, six hours at most; zero when there is
/// none.</param>
public readonly record struct Seasonality(double Share, TimeSpan Cycle);
