namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Ordinal order by service, operation, channel and region.</summary>
internal sealed class TransactionGroupOrder : IComparer<TransactionGroup>
{
    public static TransactionGroupOrder Instance { get; } = new();

    public int Compare(TransactionGroup x, TransactionGroup y)
    {
        var byService = string.CompareOrdinal(x.Service, y.Service);
        var byOperation = byService != 0 ? byService : string.CompareOrdinal(x.Operation, y.Operation);
        var byChannel = byOperation != 0 ? byOperation : string.CompareOrdinal(x.Channel, y.Channel);
        return byChannel != 0 ? byChannel : string.CompareOrdinal(x.Region, y.Region);
    }
}
