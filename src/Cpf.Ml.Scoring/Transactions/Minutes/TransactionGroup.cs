namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Transactions that are aggregated together: all of an operation, or those of one channel or
/// region.</summary>
/// <param name="Service">The service of the operation.</param>
/// <param name="Operation">For example <c>sign-in</c>.</param>
/// <param name="Channel">Empty: all channels.</param>
/// <param name="Region">Empty: all regions.</param>
public readonly record struct TransactionGroup(
    string Service, string Operation, string Channel = "", string Region = "")
{
    /// <summary>Whether the group has all channels and regions of the operation.</summary>
    public bool IsWhole => Channel.Length == 0 && Region.Length == 0;
}
