using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>What a detector can be asked to do without, to see what it is worth. The first ones are the tests of
/// <see cref="SeriesTest"/>.</summary>
internal enum DetectorPart
{
    /// <summary>Nothing is left out.</summary>
    None = -1,

    /// <summary>Values, residuals and levels beyond everything seen.</summary>
    Records = PointAssessment.TestCount,

    /// <summary>That a rare but tiny deviation counts less.</summary>
    Effect,

    /// <summary>That the past of the combined evidence says how rare it is: without it, it is taken at its
    /// word.</summary>
    SecondCalibration,
}
