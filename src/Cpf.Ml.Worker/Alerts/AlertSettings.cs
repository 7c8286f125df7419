using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>How alerts become incidents.</summary>
public sealed class AlertSettings : IValidated
{
    /// <summary>Alerts of one capability and service that open at most this far apart are one incident. Default 5
    /// minutes.</summary>
    public TimeSpan GroupWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A further alert of the service joins an incident that is not closed when it opens at most this long after the
    /// newest one. A later one opens an incident of its own, which people are notified of. Default 15 minutes.
    /// </summary>
    public TimeSpan JoinWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an incident without open alerts waits before it closes; a recurrence within it rejoins.
    /// Default 5 minutes.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often incidents are checked against holds and silences. Default 2 seconds.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>False alerts a day over the whole estate, until an operator sets another number. Default 1.</summary>
    public double BudgetPerDay { get; init; } = 1;

    internal IncidentOptions Options => new(GroupWithin, Hold, JoinWithin);

    public IEnumerable<string> Validate()
    {
        if (GroupWithin < TimeSpan.Zero)
        {
            yield return $"GroupWithin must not be negative, was {GroupWithin}.";
        }

        if (JoinWithin < TimeSpan.Zero)
        {
            yield return $"JoinWithin must not be negative, was {JoinWithin}.";
        }

        if (Hold < TimeSpan.Zero)
        {
            yield return $"Hold must not be negative, was {Hold}.";
        }

        if (SweepEvery < TimeSpan.FromMilliseconds(10))
        {
            yield return $"SweepEvery must be at least 10 milliseconds, was {SweepEvery}.";
        }

        if (!AlertBudget.IsValid(BudgetPerDay))
        {
            yield return $"BudgetPerDay must be {AlertBudget.Min} to {AlertBudget.Max}, was {BudgetPerDay}.";
        }
    }
}
