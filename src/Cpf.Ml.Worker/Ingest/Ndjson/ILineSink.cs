namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Takes the lines of one request.</summary>
internal interface ILineSink
{
    /// <exception cref="LineException">The line was not taken.</exception>
    /// <exception cref="System.Text.Json.JsonException">The line is not JSON.</exception>
    void Take(ReadOnlySpan<byte> line);

    /// <summary>Makes safe what was taken since the last call.</summary>
    /// <exception cref="OverloadedException">It cannot be taken now.</exception>
    Task FlushAsync(CancellationToken cancellationToken);
}
