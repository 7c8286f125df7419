using System.Collections.Concurrent;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Where sources have got to. Thread-safe.</summary>
/// <remarks>
/// A place is written down after the checkpoint that knows its points, never before: a crash then costs nothing but the
/// repetition of what the detectors have forgotten, and what they have not forgotten is late and changes nothing.
/// </remarks>
internal sealed class SourceOffsets(WorkerStateStore store)
{
    private readonly ConcurrentDictionary<string, byte[]> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _saved = new(StringComparer.Ordinal);

    /// <returns>The place that is safe; null when there is none.</returns>
    public byte[]? Saved(string name) => _saved.GetValueOrDefault(name);

    /// <returns>Where the source got to before the process started; null when it is new.</returns>
    public async Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) =>
        await store.LoadAsync(name, cancellationToken) is { } place ? _saved[name] = place : null;

    /// <summary>Everything up to the place is scored; the next checkpoint makes it last.</summary>
    public void Reach(string name, byte[] place) => _reached[name] = place;

    /// <summary>What is reached now, for <see cref="SaveAsync"/>: to be asked before a checkpoint begins.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Reached() =>
        [.. _reached.Where(place => _saved.GetValueOrDefault(place.Key) != place.Value)];

    /// <summary>Makes places last whose points are in a checkpoint, or which begin before any point.</summary>
    public async Task SaveAsync(IEnumerable<KeyValuePair<string, byte[]>> places, CancellationToken cancellationToken)
    {
        foreach (var (name, place) in places)
        {
            await store.SaveAsync(name, place, cancellationToken);
            _saved[name] = place;
        }
    }
}
