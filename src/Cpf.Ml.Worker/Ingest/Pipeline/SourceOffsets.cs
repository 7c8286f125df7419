using System.Collections.Concurrent;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Offsets of the sources: up to where each has been ingested. Thread-safe.</summary>
/// <remarks>
/// An offset is saved after the checkpoint that contains its points, never before. A crash then only repeats points
/// that the detectors have lost; those that they have not lost are late and change nothing.
/// </remarks>
internal sealed class SourceOffsets(WorkerStateStore store)
{
    private readonly ConcurrentDictionary<string, byte[]> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _saved = new(StringComparer.Ordinal);

    /// <returns>The saved offset; null when there is none.</returns>
    public byte[]? Saved(string name) => _saved.GetValueOrDefault(name);

    /// <returns>The offset saved before the process started; null when the source is new.</returns>
    public async Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) =>
        await store.LoadAsync(name, cancellationToken) is { } offset ? _saved[name] = offset : null;

    /// <summary>Everything up to the offset is scored; it is saved with the next checkpoint.</summary>
    public void Advance(string name, byte[] offset) => _reached[name] = offset;

    /// <summary>Offsets reached but not saved, for <see cref="SaveAsync"/>; to be read before a checkpoint
    /// begins.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Reached() =>
        [.. _reached.Where(offset => _saved.GetValueOrDefault(offset.Key) != offset.Value)];

    /// <summary>Saves offsets whose points are in a checkpoint, or which precede every point.</summary>
    public async Task SaveAsync(IEnumerable<KeyValuePair<string, byte[]>> offsets, CancellationToken cancellationToken)
    {
        foreach (var (name, offset) in offsets)
        {
            await store.SaveAsync(name, offset, cancellationToken);
            _saved[name] = offset;
        }
    }
}
