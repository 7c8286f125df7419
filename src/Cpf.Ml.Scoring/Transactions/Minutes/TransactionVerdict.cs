namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Whether an event was accepted by the aggregator, and otherwise why not.</summary>
public enum TransactionVerdict
{
    /// <summary>It is counted.</summary>
    Accepted,

    /// <summary>Its minute was closed before it arrived.</summary>
    Late,

    /// <summary>An event with its id was accepted before, in a minute that is still open.</summary>
    Duplicate,

    /// <summary>Its minute is incomplete, because it started before the aggregation: the minute is not
    /// reported.</summary>
    Incomplete,

    /// <summary>It would need a group beyond the limit.</summary>
    Limit,
}
