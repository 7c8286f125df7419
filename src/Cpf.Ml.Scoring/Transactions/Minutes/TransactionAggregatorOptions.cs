namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>How events are grouped.</summary>
public sealed record TransactionAggregatorOptions : IValidated
{
    /// <summary>Whether each channel of an operation is a group too. Default false.</summary>
    public bool ByChannel { get; init; }

    /// <summary>Whether each region of an operation is a group too. Default false.</summary>
    public bool ByRegion { get; init; }

    /// <summary>Maximum number of groups, 1 to 100 000; an event that needs one more is refused. A group takes about
    /// 60 KiB an open minute. Default 1 000.</summary>
    public int MaxGroups { get; init; } = 1_000;

    /// <summary>Time without a transaction after which a group is dropped, a minute or more. Default 8 days, so that a
    /// weekly operation is kept.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(8);

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (MaxGroups is < 1 or > 100_000)
        {
            yield return $"MaxGroups must be 1 to 100000, was {MaxGroups}.";
        }

        if (Memory < TimeSpan.FromMinutes(1))
        {
            yield return $"Memory must be a minute or more, was {Memory}.";
        }
    }
}
