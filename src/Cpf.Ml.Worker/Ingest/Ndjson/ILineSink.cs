using Cpf.Ml.Worker.Ingest.Pipeline;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Takes the lines of one request.</summary>
internal interface ILineSink
{
    /// <summary>
    /// Whether lines may be taken before the last one is read. If not, a request that cannot be read to its end leaves
    /// nothing behind.
    /// </summary>
    bool InPieces { get; }

    /// <param name="number">Of the line, the first being 1.</param>
    /// <exception cref="LineException">The line was not taken.</exception>
    /// <exception cref="System.Text.Json.JsonException">The line is not JSON.</exception>
    void Take(ReadOnlySpan<byte> line, int number);

    /// <summary>Makes safe what was taken since the last call.</summary>
    /// <returns>Lines that turned out not to be taken.</returns>
    /// <exception cref="OverloadedException">It cannot be taken now.</exception>
    Task<IReadOnlyList<(int Line, LineFault Fault)>> FlushAsync(CancellationToken cancellationToken);

    /// <summary>Lines that are safe.</summary>
    int Accepted { get; }

    /// <summary>What became of the other good lines, as answers say it.</summary>
    IReadOnlyDictionary<string, object?> Outcome { get; }
}
