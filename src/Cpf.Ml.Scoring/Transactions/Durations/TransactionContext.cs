namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>The context in which a single transaction is scored: what was expected of the minute in which it
/// ended.</summary>
/// <param name="Median">Duration in seconds that the operation's series of medians expected; NaN while it is not
/// warm.</param>
/// <param name="Count">Transactions of the operation in the minute.</param>
/// <param name="ExpectedCount">The number that was expected; NaN when unknown.</param>
/// <param name="IsAbnormal">Whether an alert of the operation's durations was open; its transactions are then not
/// learned.</param>
public readonly record struct TransactionContext(double Median, double Count, double ExpectedCount, bool IsAbnormal);
