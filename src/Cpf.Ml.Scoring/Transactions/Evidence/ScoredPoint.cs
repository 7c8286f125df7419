namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>A point with its score and its forecast, as charts show them. Values in the unit of the series.</summary>
/// <param name="Timestamp">Unix milliseconds, UTC.</param>
/// <param name="Value">Observed; NaN when missing.</param>
/// <param name="Expected">NaN while the detector is not warm, like the bands.</param>
/// <param name="Lower99">Lower end of the band that holds 99 % of ordinary points.</param>
/// <param name="Upper99">Upper end of the band that holds 99 % of ordinary points.</param>
/// <param name="Lower999">Lower end of the band that holds 99.9 % of ordinary points.</param>
/// <param name="Upper999">Upper end of the band that holds 99.9 % of ordinary points.</param>
/// <param name="Score">0–100.</param>
/// <param name="Flagged">Whether an alert of the series was open at this point.</param>
public readonly record struct ScoredPoint(
    long Timestamp,
    float Value,
    float Expected,
    float Lower99,
    float Upper99,
    float Lower999,
    float Upper999,
    float Score,
    bool Flagged);
