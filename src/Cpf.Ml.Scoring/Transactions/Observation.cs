namespace Cpf.Ml.Scoring.Transactions;

/// <summary>One point of a series.</summary>
/// <param name="Timestamp">Unix milliseconds, UTC.</param>
/// <param name="Value">In the unit of the series; NaN means missing.</param>
/// <param name="Volume">Attempts behind an error rate, NaN when unknown.</param>
public readonly record struct Observation(long Timestamp, double Value, double Volume = double.NaN)
{
    /// <summary>Whether the service was deployed shortly before, so that anomalies are more frequent. Default
    /// false.</summary>
    public bool IsAfterDeployment { get; init; }
}
