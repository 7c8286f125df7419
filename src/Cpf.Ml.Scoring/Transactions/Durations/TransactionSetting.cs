namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>What a single transaction is judged by: what was expected of the minute in which it ended.</summary>
/// <param name="Median">Duration in seconds that the operation's series of medians expected; NaN while it is not
/// warm.</param>
/// <param name="Count">Transactions of the operation in the minute.</param>
/// <param name="UsualCount">The number that was expected; NaN when not known.</param>
/// <param name="IsAbnormal">An alert of the operation's durations was open: its transactions say nothing of ordinary
/// ones.</param>
public readonly record struct TransactionSetting(double Median, double Count, double UsualCount, bool IsAbnormal);
