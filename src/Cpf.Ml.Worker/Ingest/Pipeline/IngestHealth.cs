using System.Collections.Concurrent;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Every source of data with its status. Thread-safe.</summary>
internal sealed class IngestHealth(IngestMeters meters, TimeProvider time)
{
    public const string RemoteWrite = "remote-write";
    public const string Metrics = "metrics";
    public const string Transactions = "transactions";

    private readonly ConcurrentDictionary<string, IngestSource> _sources = new(StringComparer.Ordinal);

    /// <param name="name">Comes from the program or its configuration, never from a request: it is a label of
    /// metrics.</param>
    public IngestSource Source(string name) => _sources.GetOrAdd(name, key => new IngestSource(key, meters, time));

    /// <summary>All sources by name.</summary>
    public IReadOnlyList<IngestSourceStatus> Snapshot() =>
        [.. _sources.Values.OrderBy(source => source.Name, StringComparer.Ordinal).Select(source => source.Status())];
}
