namespace Cpf.Ml.Scoring.Transactions;

/// <summary>What a series measures; it chooses the scale on which deviations are judged.</summary>
public enum MetricKind
{
    /// <summary>Any real number, judged as it is.</summary>
    Gauge,

    /// <summary>Seconds, never negative; judged on a logarithmic scale.</summary>
    Duration,

    /// <summary>A count per interval or a rate, never negative; judged on a square-root scale, where counts have even
    /// noise.</summary>
    Volume,

    /// <summary>A share of failures in [0, 1]; judged with the number of attempts behind it.</summary>
    ErrorRate,
}
