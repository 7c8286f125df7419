using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>Late and duplicate points are counted, and change nothing.</summary>
public sealed class LatePointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(SamplePart.Value))]
    [InlineData(nameof(SamplePart.Counter))]
    [InlineData(nameof(SamplePart.Sum))]
    public async Task Late_and_duplicate_points_are_counted_at_their_source(string part)
    {
        await using var host = await WatchedHost.StartAsync();
        var target = Target(Enum.Parse<SamplePart>(part));
        host.Time.SetUtcNow(WatchedHost.Start.AddMinutes(5));
        // Minutes 0 to 3, the last one twice, then one that is older, then one that is good.
        await SubmitAsync(host, target, [0, 1, 2, 3, 3, 1, 4]);

        var after = host.Get<IngestHealth>().Source(IngestHealth.Metrics).Status();
        Assert.Equal(5, after.Accepted);
        Assert.Equal([KeyValuePair.Create("late", 1L), KeyValuePair.Create("duplicate", 1L)], after.Rejected);
        Assert.Equal(2, host.Get<TransactionsMetrics>().PointsLate.Value);
        Assert.Equal(1, Rejected(host, "late"));
        Assert.Equal(1, Rejected(host, "duplicate"));
    }

    private static double Rejected(WatchedHost host, string reason) =>
        host.Get<IngestMeters>().Rejected.WithLabels(IngestHealth.Metrics, reason).Value;

    private static SeriesTarget Target(SamplePart part) => new(
        new SeriesDescriptor(
            new SeriesIdentity("purchases", [new("service", "achat")]),
            Scoring.Transactions.MetricKind.Volume,
            "1/min",
            "achat"),
        part);

    private static async Task SubmitAsync(WatchedHost host, SeriesTarget target, int[] minutes)
    {
        var batch = host.Get<Intake>().Batch();
        foreach (var minute in minutes)
        {
            Assert.Null(batch.Add(target, WatchedHost.Start.AddMinutes(minute).ToUnixTimeMilliseconds(), 100 + minute));
        }

        await host.Get<Intake>().SubmitAsync(batch, host.Get<IngestHealth>().Source(IngestHealth.Metrics), Cancel);
    }
}
