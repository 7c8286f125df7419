using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.RemoteWrite;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Tests.Ingest;
using Snappier;

namespace Cpf.Ml.Benchmarks.Ingest;

/// <summary>From the bytes that a Prometheus sends to checked samples of known series, on one thread.</summary>
/// <remarks>500 samples a request, each of its own series with nine labels: what Prometheus 2.42 sends by
/// default.</remarks>
[MemoryDiagnoser]
public class RemoteWriteDecoding
{
    public const int SamplesPerRequest = 500;

    private const long Now = 1_772_446_500_000;

    private readonly byte[] _unpacked = new byte[1 << 20];
    private SeriesCatalog _catalog = null!;
    private WriteRequest _request = null!;
    private byte[] _packed = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var settings = new IngestSettings();
        _catalog = new SeriesCatalog(settings);
        _request = new WriteRequest(new RawSeriesCache(new MetricNaming(settings), settings));
        var message = new RemoteWriteMessage();
        for (var i = 0; i < SamplesPerRequest; i++)
        {
            message.Series(
                [
                    ("__name__", "http_requests_total"),
                    ("cluster", "production-west"), ("code", "200"), ("container", "frontend"),
                    ("endpoint", $"/api/v1/offers/{i % 50}"),
                    ("instance", $"10.0.{i / 250}.{i % 250}:8080"), ("job", "frontend"),
                    ("method", "GET"), ("namespace", "platform"), ("pod", $"frontend-{i:x8}"),
                ],
                (Now + i, 1_000 + i));
        }

        _packed = Snappy.CompressToArray(message.ToArray());
    }

    [Benchmark(OperationsPerInvoke = SamplesPerRequest)]
    public int UnpackAndDecode()
    {
        var batch = new IntakeBatch(_catalog, long.MaxValue);
        var length = Snappy.Decompress(_packed, _unpacked);
        _request.Decode(_unpacked.AsSpan(0, length), batch);
        return batch.Samples.Count;
    }

    /// <summary>Samples a second, with the interval that BenchmarkDotNet gives for the mean (99.9 %).</summary>
    internal static IReadOnlyList<Figure> Measure()
    {
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        var summary = BenchmarkRunner.Run<RemoteWriteDecoding>(DefaultConfig.Instance.AddJob(job));
        var times = summary.Reports[0].ResultStatistics
            ?? throw new InvalidOperationException("The benchmark did not run.");
        var mean = MillionsPerSecond(times.Mean);
        return
        [
            Figure.Measured("samples", "samples decoded a second of one thread", mean, "million")
                .For("1 million", mean >= 1),
            Figure.Measured(
                "samples-low", "the same at the lower end of its interval of 99.9 %",
                MillionsPerSecond(times.ConfidenceInterval.Upper), "million"),
        ];
    }

    private static double MillionsPerSecond(double nanoseconds) => 1000 / nanoseconds;
}
