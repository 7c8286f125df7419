using System.Text.RegularExpressions;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>Sources of data and limits of ingestion.</summary>
public sealed class IngestSettings : IValidated
{
    /// <summary>Series beyond this number are refused and raise an alert. Default 100 000.</summary>
    public int MaxSeries { get; init; } = 100_000;

    /// <summary>Writers that score in parallel, each with its own series. Default: one a processor.</summary>
    public int Partitions { get; init; } = Environment.ProcessorCount;

    /// <summary>Batches that may wait at a partition before senders are asked to retry. Default 64.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>How long a sender waits for room and scoring before it is asked to retry. Default 20 s, under the 30 s
    /// of Prometheus.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How far ahead of this machine's clock a timestamp may be. Default 5 minutes.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Size of a request as sent. Default 16 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Size of a request after unpacking. Default 64 MiB.</summary>
    public int MaxUnpackedBytes { get; init; } = 64 << 20;

    /// <summary>Length of a line of NDJSON. Default 16 KiB.</summary>
    public int MaxLineBytes { get; init; } = 16 << 10;

    /// <summary>Labels of a series. Default 40.</summary>
    public int MaxLabels { get; init; } = 40;

    /// <summary>Length of a name or of a label's name or value, in bytes of UTF-8. Default 1 024.</summary>
    public int MaxLabelBytes { get; init; } = 1_024;

    /// <summary>Labels that name the service, the first that is present wins. Default <c>service</c>,
    /// <c>job</c>.</summary>
    public string[] ServiceLabels { get; init; } = [];

    /// <summary>Rules for raw metrics; what no rule fits is read by its name.</summary>
    public MetricRule[] Metrics { get; init; } = [];

    /// <summary>How transaction events become series.</summary>
    public TransactionSettings Transactions { get; init; } = new();

    /// <summary>Queries that are pulled from a Prometheus.</summary>
    public PullSettings[] Pull { get; init; } = [];

    /// <summary>Files that are replayed.</summary>
    public ReplaySettings[] Replay { get; init; } = [];

    /// <summary>The imagined platform.</summary>
    public DemoSettings Demo { get; init; } = new();

    /// <summary>Self-monitoring of the service.</summary>
    public SelfSettings Self { get; init; } = new();

    public IEnumerable<string> Validate() => [.. Limits(), .. Rules(), .. Parts().SelectMany(Reasons), .. Twice()];

    private static IEnumerable<string> Reasons((string Name, IValidated Settings) part) =>
        part.Settings.Validate().Select(reason => $"{part.Name}: {reason}");

    private IEnumerable<(string Name, IValidated Settings)> Parts() =>
    [
        ("Transactions", Transactions),
        .. Pull.Select((pull, i) => ($"Pull:{i}", (IValidated)pull)),
        .. Replay.Select((replay, i) => ($"Replay:{i}", (IValidated)replay)),
        ("Demo", Demo),
        ("Self", Self),
    ];

    /// <summary>Names under which sources save their offsets must differ.</summary>
    private IEnumerable<string> Twice() =>
        Pull.Select(pull => $"Pull: Name {pull.Name}").Concat(Replay.Select(replay => $"Replay: Path {replay.Path}"))
        .GroupBy(name => name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1).Select(group => $"{group.Key} is there twice.");

    private IEnumerable<string> Limits()
    {
        (string Name, int Value, int Least, int Most)[] limits =
        [
            (nameof(MaxSeries), MaxSeries, 1, 10_000_000),
            (nameof(Partitions), Partitions, 1, 256),
            (nameof(QueueLength), QueueLength, 1, 1_000_000),
            (nameof(MaxBodyBytes), MaxBodyBytes, 1_024, 1 << 30),
            (nameof(MaxUnpackedBytes), MaxUnpackedBytes, 1_024, 1 << 30),
            (nameof(MaxLineBytes), MaxLineBytes, 256, 1 << 24),
            (nameof(MaxLabels), MaxLabels, 1, 1_000),
            (nameof(MaxLabelBytes), MaxLabelBytes, 16, 65_536),
        ];
        foreach (var (name, value, least, most) in limits)
        {
            if (value < least || value > most)
            {
                yield return $"{name} must be {least} to {most}, was {value}.";
            }
        }

        if (Patience <= TimeSpan.Zero)
        {
            yield return $"Patience must be positive, was {Patience}.";
        }

        if (FutureTolerance < TimeSpan.Zero)
        {
            yield return $"FutureTolerance must not be negative, was {FutureTolerance}.";
        }
    }

    private IEnumerable<string> Rules()
    {
        for (var i = 0; i < Metrics.Length; i++)
        {
            foreach (var pattern in Metrics[i].Labels.Values.Prepend(Metrics[i].Match))
            {
                if (WhyUnusable(pattern) is { } reason)
                {
                    yield return $"Metrics:{i} has an expression that cannot be used, \"{pattern}\": {reason}";
                }
            }
        }
    }

    private static string? WhyUnusable(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return pattern.Length == 0 ? "it is empty." : null;
        }
        catch (Exception reason) when (reason is ArgumentException or NotSupportedException)
        {
            return reason.Message;
        }
    }
}
