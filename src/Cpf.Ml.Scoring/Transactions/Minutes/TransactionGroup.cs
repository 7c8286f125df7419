namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Transactions that are counted together: all of an operation, or those of one channel or region.</summary>
/// <param name="Channel">Empty: all channels.</param>
/// <param name="Region">Empty: all regions.</param>
public readonly record struct TransactionGroup(
    string Service, string Operation, string Channel = "", string Region = "")
{
    /// <summary>All channels and regions of the operation.</summary>
    public bool IsWhole => Channel.Length == 0 && Region.Length == 0;
}
