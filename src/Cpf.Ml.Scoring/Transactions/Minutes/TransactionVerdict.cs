namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>What became of an event.</summary>
public enum TransactionVerdict
{
    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>Its minute was closed before it came.</summary>
    Late,

    /// <summary>Its id came before, in a minute that is still open.</summary>
    Duplicate,

    /// <summary>Its minute began before the aggregation, so what else happened in it is not known: the minute is not
    /// reported.</summary>
    Incomplete,

    /// <summary>It would open a group beyond the limit.</summary>
    Limit,
}
