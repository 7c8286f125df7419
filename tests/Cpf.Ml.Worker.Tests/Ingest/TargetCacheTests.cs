using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class TargetCacheTests
{
    private readonly SeriesCatalog _catalog = new(new IngestSettings { MaxSeries = 100 });

    [Fact]
    public void Target_cache_stays_small_under_series_churn()
    {
        var cache = new TargetCache<int, SeriesTarget>(_catalog, target => [target]);
        for (var i = 0; i < 100_000; i++)
        {
            var target = cache.GetOrAdd(i, Target);
            if (_catalog.Admit(target.Series) is { } series)
            {
                _catalog.Remove(series.Identity.Id);
            }
        }

        Assert.InRange(cache.Count, 1, 1_000);
    }

    [Fact]
    public void Target_cache_keeps_monitored_series_under_churn()
    {
        var cache = new TargetCache<int, SeriesTarget>(_catalog, target => [target]);
        var kept = Enumerable.Range(0, 50).Select(i => cache.GetOrAdd(i, Target)).ToList();
        Assert.All(kept, target => Assert.NotNull(_catalog.Admit(target.Series)));
        for (var i = 1_000; i < 20_000; i++)
        {
            cache.GetOrAdd(i, Target);
        }

        Assert.Equal(
            kept,
            Enumerable.Range(0, 50)
                .Select(i => cache.GetOrAdd(i, _ => throw new InvalidOperationException("forgotten"))));
    }

    private static SeriesTarget Target(int number) => new(new SeriesDescriptor(
        new SeriesIdentity("queue_depth", [new("queue", $"q{number}")]), MetricKind.Gauge, "", "dossiers"));
}
