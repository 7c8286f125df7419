#pragma warning disable IDE0130 // Where somebody who writes «mlContext.Transforms.» looks for it.
using Cpf.Ml.Scoring.Transactions.Pipeline;

namespace Microsoft.ML;

/// <summary>The detectors of Cpf.Ml among the transforms of ML.NET.</summary>
public static class SeriesAnomalyCatalog
{
    /// <summary>Scores the rows of one series, in order of time, by its own past; see
    /// <see cref="SeriesAnomalyEstimator"/>.</summary>
    /// <param name="catalog"><see cref="MLContext.Transforms"/>.</param>
    /// <param name="outputColumnName">
    /// A vector of 7 <see cref="double"/>: Alert (1 while one is open), Score (0–1), P-Value, Expected, Lower, Upper
    /// (of 99 % of ordinary rows), IsWarm (1 once two days have been seen).
    /// </param>
    /// <param name="inputColumnName">Values in the unit of the series; NaN is a missing one.</param>
    /// <param name="timestampColumnName">DateTime or DateTimeOffset (a DateTime is read as UTC), or Int64: Unix
    /// milliseconds.</param>
    /// <param name="volumeColumnName">Attempts behind an error rate; null when unknown.</param>
    /// <param name="options">Kind, zone, alert budget and initial state; null means the defaults.</param>
    public static SeriesAnomalyEstimator DetectSeriesAnomaly(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string timestampColumnName,
        string? volumeColumnName = null,
        SeriesAnomalyOptions? options = null) =>
        new(catalog, outputColumnName, timestampColumnName, inputColumnName, volumeColumnName, options ?? new());
}
