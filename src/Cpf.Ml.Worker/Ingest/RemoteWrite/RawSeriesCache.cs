using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.RemoteWrite;

/// <summary>Maps raw label bytes to series; only bytes never seen before are decoded. Thread-safe.</summary>
internal sealed class RawSeriesCache(MetricNaming naming, IngestSettings settings)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    // A sender with thousands of irrelevant, changing series must not fill the memory: the cache is cleared when it is
    // full.
    private readonly int _capacity = Math.Max(4 * settings.MaxSeries, 10_000);
    private readonly ConcurrentDictionary<UInt128, RawSeries> _known = new();
    private int _count;

    /// <param name="labels">Label fields of a TimeSeries message, tags included.</param>
    /// <exception cref="WireFormatException">The bytes are no labels, or no text.</exception>
    public RawSeries Find(ReadOnlySpan<byte> labels)
    {
        var key = XxHash128.HashToUInt128(labels);
        return _known.TryGetValue(key, out var known) ? known : Add(key, labels);
    }

    private RawSeries Add(UInt128 key, ReadOnlySpan<byte> labels)
    {
        var series = Read(labels);
        if (Interlocked.Increment(ref _count) > _capacity)
        {
            _known.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        return _known.GetOrAdd(key, series);
    }

    private RawSeries Read(ReadOnlySpan<byte> labels)
    {
        var name = "";
        var pairs = new List<KeyValuePair<string, string>>();
        var reader = new WireReader(labels);
        while (!reader.End)
        {
            reader.ReadTag();
            var (label, value, tooLong) = ReadLabel(reader.ReadBytes());
            if (tooLong || pairs.Count == settings.MaxLabels)
            {
                return new RawSeries([], Rejection.TooLong);
            }

            if (label == "__name__")
            {
                name = value;
            }
            else if (value.Length > 0 && !pairs.Exists(pair => pair.Key == label))
            {
                pairs.Add(new(label, value));
            }
        }

        return name.Length == 0
            ? new RawSeries([], Rejection.Malformed)
            : new RawSeries(naming.Targets(name, pairs), Rejection.NotSelected);
    }

    private (string Name, string Value, bool TooLong) ReadLabel(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> value = default;
        var reader = new WireReader(message);
        while (!reader.End)
        {
            switch (reader.ReadTag())
            {
                case WriteRequest.LabelName:
                    name = reader.ReadBytes();
                    break;
                case WriteRequest.LabelValue:
                    value = reader.ReadBytes();
                    break;
                case var other:
                    reader.Skip(other);
                    break;
            }
        }

        return name.Length > settings.MaxLabelBytes || value.Length > settings.MaxLabelBytes
            ? ("", "", true)
            : (Decode(name), Decode(value), false);
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new WireFormatException("A label is not UTF-8.");
        }
    }
}

/// <param name="Targets">The series that it feeds; empty when it is not scored.</param>
/// <param name="Otherwise">Why it is not scored, when it is not.</param>
internal sealed record RawSeries(SeriesTarget[] Targets, Rejection Otherwise);
