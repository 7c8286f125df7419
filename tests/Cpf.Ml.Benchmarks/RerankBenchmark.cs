using BenchmarkDotNet.Attributes;
using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Benchmarks;

/// <summary>An answer of a search engine re-ranked with exposure balanced by size: 5 ms for 200 offers is the
/// goal.</summary>
[MemoryDiagnoser]
public class RerankBenchmark
{
    private static readonly string[] Dimensions = ["size"];

    private readonly ExposureLedger _ledger = new();
    private RerankRequest _request = new("", default, []);

    [Params(20, 200, RerankRequest.MaxOffers)]
    public int Offers { get; set; }

    [GlobalSetup]
    public void Create() =>
        _request = new("anglais", new DateOnly(2026, 7, 1), [.. Enumerable.Range(0, Offers).Select(Offer)]);

    [Benchmark]
    public int Rerank() =>
        _request.Answer(_ledger, new CorrectionGuards(), Dimensions, isShadow: true, null).Corrected.Length;

    private static RerankOffer Offer(int index) => new(
        $"{index}", $"O{index % 40}", 1 - (index / 20 / 10.0), null,
        new Dictionary<string, string> { ["size"] = index % 3 == 0 ? "small" : "large" });
}
