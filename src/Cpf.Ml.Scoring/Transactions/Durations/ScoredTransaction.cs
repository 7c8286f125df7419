using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>A single transaction with how unusual its duration is.</summary>
/// <param name="Transaction">The transaction as it was received.</param>
/// <param name="Expected">Median duration expected at this hour and load, in seconds; null while unknown.</param>
/// <param name="PValue">Probability that a transaction of the operation takes as long or longer, in [0, 1]; null while
/// unknown.</param>
public readonly record struct ScoredTransaction(TransactionEvent Transaction, double? Expected, double? PValue)
{
    /// <summary>0–100 on the scale of every score: 60 is 1 in 1 000; null while the p-value is unknown.</summary>
    public double? Score => PValue is { } p ? Scoring.Score.FromPValue(p).Percent : null;
}
