using Cpf.Ml.Worker.Ingest.Pipeline;

namespace Cpf.Ml.Worker.Ingest.RemoteWrite;

/// <summary>Decodes the message of Prometheus remote_write 1.0.</summary>
/// <remarks>
/// Reference: prometheus.io/docs/specs/prw/remote_write_spec and prompb/types.proto. Known series cost no allocation.
/// Samples keep their order. Thread-safe.
/// </remarks>
internal sealed class WriteRequest(RawSeriesCache series)
{
    public const uint LabelName = (1 << 3) | 2;
    public const uint LabelValue = (2 << 3) | 2;

    private const uint TimeSeries = (1 << 3) | 2;
    private const uint Labels = (1 << 3) | 2;
    private const uint Samples = (2 << 3) | 2;
    private const uint SampleValue = (1 << 3) | 1;
    private const uint SampleTimestamp = 2 << 3;

    /// <exception cref="WireFormatException">The message is damaged; <paramref name="batch"/> must not be
    /// used.</exception>
    public void Decode(ReadOnlySpan<byte> message, IntakeBatch batch)
    {
        var reader = new WireReader(message);
        while (!reader.End)
        {
            var tag = reader.ReadTag();
            if (tag == TimeSeries)
            {
                DecodeSeries(reader.ReadBytes(), batch);
            }
            else if (tag >> 3 == TimeSeries >> 3)
            {
                throw new WireFormatException(
                    $"At byte {reader.Position}: field 1, the series, with wire type {tag & 7}.");
            }
            else
            {
                reader.Skip(tag);
                batch.Reject(Rejection.Unsupported);
            }
        }
    }

    private void DecodeSeries(ReadOnlySpan<byte> message, IntakeBatch batch)
    {
        var labels = LabelsOf(message, out var rest);
        var found = series.Find(labels);
        var reader = new WireReader(rest);
        while (!reader.End)
        {
            var tag = reader.ReadTag();
            if (tag == Samples)
            {
                DecodeSample(reader.ReadBytes(), found, batch);
            }
            else if (tag == Labels)
            {
                throw new WireFormatException("A series has labels after its samples.");
            }
            else
            {
                reader.Skip(tag);
                batch.Reject(Rejection.Unsupported);
            }
        }
    }

    /// <summary>Labels come first and together, as every known sender writes them, so that they can be looked up as
    /// they are.</summary>
    private static ReadOnlySpan<byte> LabelsOf(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> rest)
    {
        var reader = new WireReader(message);
        var end = 0;
        while (!reader.End && reader.ReadTag() == Labels)
        {
            reader.ReadBytes();
            end = reader.Position;
        }

        rest = message[end..];
        return message[..end];
    }

    private static void DecodeSample(ReadOnlySpan<byte> message, RawSeries found, IntakeBatch batch)
    {
        var value = 0d;
        var timestamp = 0L;
        var reader = new WireReader(message);
        while (!reader.End)
        {
            switch (reader.ReadTag())
            {
                case SampleValue:
                    value = reader.ReadDouble();
                    break;
                case SampleTimestamp:
                    timestamp = unchecked((long)reader.ReadVarint());
                    break;
                case var other:
                    reader.Skip(other);
                    break;
            }
        }

        if (found.Targets.Length == 0)
        {
            batch.Reject(found.Otherwise);
            return;
        }

        foreach (var target in found.Targets)
        {
            // NaN is a missing point: 0 ÷ 0 where nothing was measured, or the marker by which Prometheus says that a
            // series has ended.
            batch.Count(batch.Add(target, timestamp, value));
        }
    }
}
