using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>A single transaction with how unusual its duration is.</summary>
/// <param name="Usual">Median duration at this hour and load, seconds; null while it is not known.</param>
/// <param name="PValue">How rare it is that one takes so long or longer, in [0, 1]; null while it is not known.</param>
public readonly record struct JudgedTransaction(TransactionEvent Transaction, double? Usual, double? PValue)
{
    /// <summary>0–100 on the scale of every score: 60 is 1 in 1 000; null while it is not known.</summary>
    public double? Score => PValue is { } p ? Scoring.Score.OfPValue(p).Percent : null;
}
