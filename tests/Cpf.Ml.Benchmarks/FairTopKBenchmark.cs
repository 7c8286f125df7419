using BenchmarkDotNet.Attributes;
using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Benchmarks;

/// <summary>The significance of a fair top k, adjusted for its many prefixes: a second for 1000 positions is the
/// goal.</summary>
[MemoryDiagnoser]
public class FairTopKBenchmark
{
    [Params(100, 1000)]
    public int Positions { get; set; }

    [Benchmark]
    public double Adjust() => FairTopK.Adjust(Positions, 0.5, 0.1).FailProbability;
}
