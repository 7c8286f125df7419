using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>How transaction events become series.</summary>
public sealed class TransactionSettings : IValidated
{
    /// <summary>How long a minute stays open for events that are late. Default 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether each channel of an operation is a series of its own too. Default false.</summary>
    public bool ByChannel { get; init; }

    /// <summary>Whether each region of an operation is a series of its own too. Default false.</summary>
    public bool ByRegion { get; init; }

    /// <summary>Operations, channels and regions counted at once; more are refused and raise an alert. Default 1
    /// 000.</summary>
    public int MaxGroups { get; init; } = 1_000;

    /// <summary>
    /// Groups without a transaction for this long are dropped and make room. Default 8 days, so that a weekly one is
    /// kept; shorter where senders invent names.
    /// </summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(8);

    /// <summary>Outcomes that are the platform's failure; every other outcome is a success or a person's choice.
    /// Default error, timeout, failure.</summary>
    public string[] Failures { get; init; } = [];

    internal bool IsFailure(string outcome) =>
        (Failures.Length == 0 ? TransactionMetric.Failures : Failures)
            .Contains(outcome, StringComparer.OrdinalIgnoreCase);

    internal TransactionAggregatorOptions Options =>
        new() { ByChannel = ByChannel, ByRegion = ByRegion, MaxGroups = MaxGroups, Memory = Memory };

    public IEnumerable<string> Validate()
    {
        if (Grace < TimeSpan.Zero || Grace > TimeSpan.FromHours(1))
        {
            yield return $"Grace must be 0 to 1 hour, was {Grace}.";
        }

        foreach (var reason in Options.Validate())
        {
            yield return reason;
        }
    }
}
