using Cpf.Ml.Worker.Ingest.Pipeline;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Receives the lines of one request.</summary>
internal interface ILineSink
{
    /// <summary>
    /// Whether lines may be accepted before the last one is read. If not, a request that cannot be read to its end
    /// leaves nothing behind.
    /// </summary>
    bool InPieces { get; }

    /// <param name="number">Number of the line, from 1.</param>
    /// <exception cref="LineException">The line was rejected.</exception>
    /// <exception cref="System.Text.Json.JsonException">The line is not JSON.</exception>
    void Accept(ReadOnlySpan<byte> line, int number);

    /// <summary>Commits the lines accepted since the last call.</summary>
    /// <returns>Lines that were rejected after all.</returns>
    /// <exception cref="OverloadedException">The lines cannot be accepted now.</exception>
    Task<IReadOnlyList<(int Line, LineFault Fault)>> FlushAsync(CancellationToken cancellationToken);

    /// <summary>Number of committed lines.</summary>
    int Accepted { get; }

    /// <summary>Counts of the other valid lines, as written in responses.</summary>
    IReadOnlyDictionary<string, object?> Outcome { get; }
}
