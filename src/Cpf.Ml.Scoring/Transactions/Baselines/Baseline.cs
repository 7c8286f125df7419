namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The baselines of a moment, on the scale of the kind; all NaN before the first value.</summary>
/// <param name="Seasonal">By time of day and week.</param>
/// <param name="Local">The seasonal one, shifted by the recent distance of the series from it.</param>
/// <param name="Median">Median of the last 31 values.</param>
internal readonly record struct Baseline(double Seasonal, double Local, double Median);
