namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>One transaction of the platform, from begin to end.</summary>
/// <param name="Service">What incidents are grouped by.</param>
/// <param name="Operation">For example <c>sign-in</c>, <c>purchase</c>.</param>
/// <param name="Channel">For example <c>web</c>; empty when unknown.</param>
/// <param name="Region">Empty when unknown.</param>
/// <param name="Start">Unix milliseconds, UTC.</param>
/// <param name="Duration">Seconds, finite, not negative.</param>
/// <param name="Failed">Whether the platform failed, not whether the person changed his mind.</param>
/// <param name="Id">Tells a repetition from another transaction; empty when the sender gives none.</param>
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
    /// Unix milliseconds. A transaction belongs to the minute in which it ended: only then is it known, and a very slow
    /// one is not late on that account.
    /// </summary>
    public long End => Start + (long)(1000 * Duration);
}
