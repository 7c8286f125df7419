namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>One transaction of the platform, from start to end.</summary>
/// <param name="Service">The service by which incidents are grouped.</param>
/// <param name="Operation">For example <c>sign-in</c>, <c>purchase</c>.</param>
/// <param name="Channel">For example <c>web</c>; empty when unknown.</param>
/// <param name="Region">The region of the user; empty when unknown.</param>
/// <param name="Start">Start, Unix milliseconds, UTC.</param>
/// <param name="Duration">Seconds, finite, not negative.</param>
/// <param name="Failed">Whether the platform failed; a transaction that the user gave up did not fail.</param>
/// <param name="Id">Identifies repeated deliveries; empty when the sender gives none.</param>
public readonly record struct TransactionEvent(
    string Service,
    string Operation,
    string Channel,
    string Region,
    long Start,
    double Duration,
    bool Failed,
    string Id = "")
{
    /// <summary>
    /// End, Unix milliseconds. A transaction belongs to the minute in which it ended: only then is it known, and a very
    /// slow one is not late for that reason.
    /// </summary>
    public long End => Start + (long)(1000 * Duration);
}
