using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Ingest;

/// <summary>Limits on what is taken in.</summary>
public sealed class IngestSettings : IValidated
{
    /// <summary>Series beyond this number are refused and raise an alert. Default 100 000.</summary>
    public int MaxSeries { get; init; } = 100_000;

    /// <summary>Writers that score in parallel, each with its own series. Default: one a processor.</summary>
    public int Partitions { get; init; } = Environment.ProcessorCount;

    /// <summary>Batches that may wait at a partition before senders are told to come back later. Default 64.</summary>
    public int QueueLength { get; init; } = 64;

    public IEnumerable<string> Validate()
    {
        if (MaxSeries < 1)
        {
            yield return $"MaxSeries must be at least 1, was {MaxSeries}.";
        }

        if (Partitions is < 1 or > 256)
        {
            yield return $"Partitions must be 1 to 256, was {Partitions}.";
        }

        if (QueueLength < 1)
        {
            yield return $"QueueLength must be at least 1, was {QueueLength}.";
        }
    }
}
