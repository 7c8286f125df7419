using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions.Baselines;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What a detector has learnt, for the series page.</summary>
/// <param name="WeekProfile">Expected value a local hour of the week, Monday 00 h first, shape (168), in the unit of
/// the series; NaN where never seen.</param>
/// <param name="Reliability">Observed rates of p-values at or below nominal ones.</param>
/// <param name="PointsSeen">Points learnt.</param>
/// <param name="Seasonality">The periods of the series; there may be none.</param>
/// <param name="Interval">Typical time between points.</param>
/// <param name="Learning">What may be learnt at present.</param>
/// <param name="IsSettling">A new normal was declared, and its level is not known yet.</param>
/// <param name="StateBytes">Size of its snapshot.</param>
/// <param name="Trained">The trained model that it started from; empty when it started cold.</param>
internal sealed record SeriesModel(
    double[] WeekProfile,
    IReadOnlyList<ReliabilityPoint> Reliability,
    long PointsSeen,
    double ConfidenceWeeks,
    Seasonality Seasonality,
    TimeSpan Interval,
    int StateBytes,
    string Model,
    string Trained,
    string Configuration,
    Learning Learning,
    bool IsSettling);

/// <param name="Nominal">For example 0.001.</param>
/// <param name="Observed">Share of points whose p-value was at or below <paramref name="Nominal"/>; NaN before
/// any.</param>
/// <param name="Count">Points behind it.</param>
internal readonly record struct ReliabilityPoint(double Nominal, double Observed, long Count);
