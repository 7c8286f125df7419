namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>When an alert closes, and which deviations raise one.</summary>
public sealed record AlertRuleOptions : IValidated
{
    /// <summary>Default number of false alerts allowed a series and day: one in ten days.</summary>
    public const double DefaultAlertsPerDay = 0.1;

    /// <summary>Ordinary points in a row (p above 0.01) that close an alert, doubled with each relapse. At least 1,
    /// default 10.</summary>
    public int QuietPoints { get; init; } = 10;

    /// <summary>How long an alert and its relapses keep the baseline from being learned. Positive, default one day: a
    /// change that lasts longer becomes the baseline.</summary>
    public TimeSpan MaxFreeze { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether values below the expected one raise no alert, as for durations and error rates; they are scored
    /// all the same. Default false.</summary>
    public bool OnlyHigherIsBad { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (QuietPoints < 1)
        {
            yield return $"QuietPoints must be at least 1, was {QuietPoints}.";
        }

        if (MaxFreeze <= TimeSpan.Zero)
        {
            yield return $"MaxFreeze must be positive, was {MaxFreeze}.";
        }
    }
}
