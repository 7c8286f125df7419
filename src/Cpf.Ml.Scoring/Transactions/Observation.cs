namespace Cpf.Ml.Scoring.Transactions;

/// <summary>One point of a series.</summary>
/// <param name="Timestamp">Unix milliseconds, UTC.</param>
/// <param name="Value">In the unit of the series; NaN means missing.</param>
/// <param name="Volume">Attempts behind an error rate, NaN when unknown.</param>
public readonly record struct Observation(long Timestamp, double Value, double Volume = double.NaN)
{
    /// <summary>The service was deployed a short while ago: more than usual may happen. Default false.</summary>
    public bool IsAfterDeployment { get; init; }
}
