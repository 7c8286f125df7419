namespace Cpf.Ml.Scoring.Transactions;

/// <summary>What a series measures, which selects the scale of its deviations.</summary>
public enum MetricKind
{
    /// <summary>Any real number, on its own scale.</summary>
    Gauge,

    /// <summary>Seconds, never negative; on a logarithmic scale.</summary>
    Duration,

    /// <summary>A count per interval or a rate, never negative; on a square-root scale, where counts have constant
    /// variance.</summary>
    Volume,

    /// <summary>A share of failures in [0, 1]; scored with the number of attempts behind it.</summary>
    ErrorRate,
}
