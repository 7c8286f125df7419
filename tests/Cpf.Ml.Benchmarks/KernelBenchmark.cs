using System.Buffers;
using BenchmarkDotNet.Attributes;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Benchmarks;

/// <summary>The detector kernel: score, decide, learn, one point after the other of 64 warm series of all four
/// kinds.</summary>
[MemoryDiagnoser]
public class KernelBenchmark
{
    private const int Series = 64;
    private const int History = 20_000;
    private const int Points = 2_000;

    private SeriesMonitor[] _watches = [];
    private Observation[][] _points = [];
    private long _shift;

    [GlobalSetup]
    public void Warm()
    {
        _watches = [.. Enumerable.Range(0, Series).Select(Stream.Watch)];
        _points = [.. Enumerable.Range(0, Series).Select(series => Stream.Points(series, History + Points))];
        for (var series = 0; series < Series; series++)
        {
            foreach (var point in _points[series].AsSpan(0, History))
            {
                _watches[series].Step(point, Stream.Budget, out _);
            }
        }
    }

    /// <summary>Time a point. As points come: series after series, minute after minute.</summary>
    [Benchmark(OperationsPerInvoke = Series * Points)]
    public void Step()
    {
        for (var i = 0; i < Points; i++)
        {
            for (var series = 0; series < Series; series++)
            {
                var point = _points[series][History + i];
                _watches[series].Step(point with { Timestamp = point.Timestamp + _shift }, Stream.Budget, out _);
            }
        }

        _shift += Points * 60_000L;
    }

    [Benchmark]
    public int Snapshot()
    {
        var state = new ArrayBufferWriter<byte>(12 * 1024);
        _watches[0].Detector.Snapshot(state);
        _watches[0].Rule.Snapshot(state);
        return state.WrittenCount;
    }

    [Benchmark]
    public SeriesDetector SnapshotAndRestore()
    {
        var state = new ArrayBufferWriter<byte>(12 * 1024);
        _watches[0].Detector.Snapshot(state);
        return SeriesDetector.Restore(Stream.Options(0), state.WrittenSpan);
    }
}
