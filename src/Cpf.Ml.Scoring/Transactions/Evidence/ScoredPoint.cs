namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>A point with what was known of it before it came, as charts show it. Values in the unit of the
/// series.</summary>
/// <param name="Timestamp">Unix milliseconds, UTC.</param>
/// <param name="Value">Observed; NaN when missing.</param>
/// <param name="Expected">NaN while the detector is not warm, like the bands.</param>
/// <param name="Lower99">99 % of ordinary points lie between this and <paramref name="Upper99"/>.</param>
/// <param name="Lower999">99.9 % of ordinary points lie between this and <paramref name="Upper999"/>.</param>
/// <param name="Score">0–100.</param>
/// <param name="Flagged">An alert of the series was open at this point.</param>
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
