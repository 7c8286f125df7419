using System.Buffers;
using System.IO.Pipelines;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>Splits a stream into lines, with limits on their length and on the total. Empty lines and a byte order mark
/// are skipped but numbered.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes, long maxTotalBytes)
{
    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 << 10));
    private long _read;

    /// <summary>Number of the line last passed on, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Passes on all lines that have arrived; a line longer than allowed is passed on as null.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The stream is larger than allowed, or its compression is
    /// damaged.</exception>
    public async Task<bool> ReadAsync(Action<ReadOnlySequence<byte>?> accept, CancellationToken cancellationToken)
    {
        var result = await _pipe.ReadAsync(cancellationToken);
        var buffer = result.Buffer;
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            PassOn(buffer.Slice(0, end), accept);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        if (buffer.Length > maxLineBytes && !result.IsCompleted)
        {
            // The rest of an endless line is discarded as it arrives; one byte more than allowed is kept to recognise
            // that it was too long.
            _read += buffer.Length - (maxLineBytes + 1);
            buffer = buffer.Slice(buffer.Length - (maxLineBytes + 1));
        }

        if (result.IsCompleted && !buffer.IsEmpty)
        {
            PassOn(buffer, accept);
            buffer = buffer.Slice(buffer.End);
        }

        _pipe.AdvanceTo(buffer.Start, buffer.End);
        return _read + buffer.Length > maxTotalBytes
            ? throw new InvalidDataException(
                $"The body may have {maxTotalBytes} bytes unpacked, has more; the lines up to {Line} were read.")
            : !result.IsCompleted;
    }

    private void PassOn(ReadOnlySequence<byte> line, Action<ReadOnlySequence<byte>?> accept)
    {
        Line++;
        _read += line.Length + 1;
        line = Line == 1 && HasMark(line) ? line.Slice(3) : line;
        if (line.Length > maxLineBytes)
        {
            accept(null);
        }
        else if (!IsBlank(line))
        {
            accept(line);
        }
    }

    private static bool HasMark(ReadOnlySequence<byte> line)
    {
        Span<byte> begin = stackalloc byte[3];
        if (line.Length < begin.Length)
        {
            return false;
        }

        line.Slice(0, begin.Length).CopyTo(begin);
        return begin.SequenceEqual("\uFEFF"u8);
    }

    private static bool IsBlank(ReadOnlySequence<byte> line) =>
        line.Length == 0 || (line.Length == 1 && line.FirstSpan[0] == (byte)'\r');
}
