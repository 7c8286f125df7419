namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>What a sample's value is to its series.</summary>
internal enum SamplePart : byte
{
    /// <summary>The value to score.</summary>
    Value,

    /// <summary>A counter's running total: the series is its increase per minute.</summary>
    Counter,

    /// <summary>Running total of durations: with <see cref="Count"/> of the same instant it gives their mean.</summary>
    Sum,

    /// <summary>Running number of durations.</summary>
    Count,
}

/// <param name="Series">As the sender of this sample describes it, which is not what the catalog says before the
/// partition accepts the sample.</param>
/// <param name="Timestamp">Unix milliseconds, UTC.</param>
/// <param name="Value">In the unit of the series; NaN means missing.</param>
/// <param name="Volume">Attempts behind an error rate, NaN when unknown.</param>
internal readonly record struct Sample(
    SeriesDescriptor Series, SamplePart Part, long Timestamp, double Value, double Volume = double.NaN);
