namespace Cpf.Ml.Scoring;

/// <summary>How far an input may change the baseline of a model.</summary>
public enum Learning
{
    /// <summary>No incident is open: the input is learned in full.</summary>
    Full,

    /// <summary>An incident is open that may be a false alarm: the baseline stays, and the input enters the
    /// distributions of the tests with a low weight.</summary>
    Frozen,

    /// <summary>An incident is open beyond doubt: the input has the lowest weight.</summary>
    Certain,
}
