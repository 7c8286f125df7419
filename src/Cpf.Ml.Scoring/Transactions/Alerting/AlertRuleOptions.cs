namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>When an alert closes, and what it may wake people for.</summary>
public sealed record AlertRuleOptions : IValidated
{
    /// <summary>Alerts allowed a series and day unless somebody says otherwise: one in ten days.</summary>
    public const double DefaultAlertsPerDay = 0.1;

    /// <summary>Ordinary points in a row (p above 0.01) that close an alert, doubled each time that it comes back.
    /// Default 10.</summary>
    public int QuietPoints { get; init; } = 10;

    /// <summary>How long an alert, or one that keeps coming back, keeps the detector from learning what is usual.
    /// Default one day: a change that lasts longer is the new normal.</summary>
    public TimeSpan LongestFreeze { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Durations and error rates: less than usual is good news, scored and shown but no alert. Default
    /// false.</summary>
    public bool OnlyHigherIsBad { get; init; }

    public IEnumerable<string> Validate()
    {
        if (QuietPoints < 1)
        {
            yield return $"QuietPoints must be at least 1, was {QuietPoints}.";
        }

        if (LongestFreeze <= TimeSpan.Zero)
        {
            yield return $"LongestFreeze must be positive, was {LongestFreeze}.";
        }
    }
}
