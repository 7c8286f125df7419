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
        await store.LoadAsync(name, cancellationToken) is { } place ? _saved[name] = place : null;

    /// <summary>Everything up to the offset is scored; it is saved with the next checkpoint.</summary>
    public void Reach(string name, byte[] place) => _reached[name] = place;

    /// <summary>Offsets reached but not saved, for <see cref="SaveAsync"/>; to be read before a checkpoint
    /// begins.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Reached() =>
        [.. _reached.Where(place => _saved.GetValueOrDefault(place.Key) != place.Value)];

    /// <summary>Saves offsets whose points are in a checkpoint, or which precede every point.</summary>
    public async Task SaveAsync(IEnumerable<KeyValuePair<string, byte[]>> places, CancellationToken cancellationToken)
    {
        foreach (var (name, place) in places)
        {
            await store.SaveAsync(name, place, cancellationToken);
            _saved[name] = place;
        }
    }
}
