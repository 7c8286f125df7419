using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>A part of the detector that an ablation leaves out. The first values are those of
/// <see cref="SeriesTest"/>.</summary>
internal enum DetectorPart
{
    /// <summary>Nothing is left out.</summary>
    None = -1,

    /// <summary>Values, residuals and levels beyond their ranges.</summary>
    Records = PointAssessment.TestCount,

    /// <summary>The reduction of the evidence of small deviations.</summary>
    Effect,

    /// <summary>The calibration of the combined evidence: without it, the evidence is taken for a surprisal.</summary>
    SecondCalibration,
}
