using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>A platform that does not exist, for trying the service out.</summary>
public sealed class DemoSettings : IValidated
{
    /// <summary>Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>Same seed, same platform. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Learnt at once at the first start, before the live week. Default 4 weeks.</summary>
    public int HistoryWeeks { get; init; } = 4;

    /// <summary>How far in the past the live part begins; it catches up with the clock and then keeps its pace. Default
    /// 7 days.</summary>
    public int LiveDays { get; init; } = 7;

    /// <summary>Seconds of the live platform a second, until it has caught up. Default 60.</summary>
    public double Speed { get; init; } = 60;

    public IEnumerable<string> Validate()
    {
        if (HistoryWeeks is < 0 or > 52)
        {
            yield return $"HistoryWeeks must be 0 to 52, was {HistoryWeeks}.";
        }

        if (LiveDays is < 0 or > 365)
        {
            yield return $"LiveDays must be 0 to 365, was {LiveDays}.";
        }

        if (!(Speed is >= 1 and <= 100_000))
        {
            yield return $"Speed must be 1 to 100000, was {Speed}.";
        }
    }
}
