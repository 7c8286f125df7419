using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class PeerSpreadTests
{
    private static readonly Feature Share = FeatureCatalogue.Of("F38");
    private static readonly Feature LowShare = FeatureCatalogue.Of("F37");
    private static readonly Feature Price = FeatureCatalogue.Of("F01");

    [Fact]
    public void Share_of_1_weighs_little_on_two_dossiers_and_much_on_two_hundred()
    {
        var spread = new PeerSpread(Share, Peers(0.7, 0.05));
        Assert.InRange(spread.Distance(1, 2), 0, 1.2);
        Assert.InRange(spread.Distance(1, 200), 3, PeerSpread.MaxDistance);
    }

    [Fact]
    public void Median_of_peers_has_a_distance_near_0() =>
        Assert.InRange(new PeerSpread(Share, Peers(0.7, 0.05)).Distance(0.7, 100), -0.3, 0.3);

    [Fact]
    public void Low_share_is_suspicious_where_the_direction_is_low() =>
        Assert.True(
            new PeerSpread(LowShare, Peers(0.7, 0.05)).Distance(0.2, 100) > 3
                && new PeerSpread(LowShare, Peers(0.7, 0.05)).Distance(0.95, 100) < -2);

    [Fact]
    public void Distance_never_falls_as_the_value_becomes_more_suspicious() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 500]).Sample((value, other, count) =>
        {
            var spread = new PeerSpread(Share, Peers(0.6, 0.1));
            return value > other || spread.Distance(value, count) <= spread.Distance(other, count) + 1e-9;
        });

    [Fact]
    public void One_fraud_among_peers_does_not_hide_the_next_one()
    {
        var ordinary = Enumerable.Range(0, 20).Select(i => (100.0 + i, 50.0)).ToList();
        var (without, with) = (new PeerSpread(Price, ordinary), new PeerSpread(Price, [.. ordinary, (10_000, 50.0)]));
        Assert.Equal(without.Distance(1000, 50), with.Distance(1000, 50), 0);
    }

    /// <summary>
    /// Ordinary certifications of few and of many dossiers are flagged alike: distances of either have the tail of a
    /// normal distribution or less.
    /// </summary>
    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(400)]
    public void Distances_of_ordinary_peers_have_the_tails_of_a_normal_distribution_for_any_count_of_dossiers(int count)
    {
        var random = new Random(1);
        double Draw(double p) => Enumerable.Range(0, count).Count(_ => random.NextDouble() < p) / (double)count;
        var peers = Enumerable.Range(0, 400).Select(
            _ => (Draw(Math.Clamp(0.6 + (0.08 * Statistics.Draw.Normal(random)), 0.05, 0.95)), (double)count)).ToList();
        var spread = new PeerSpread(Share, peers);
        var far = peers.Count(peer => spread.Distance(peer.Item1, peer.Item2) > 1.645) / 400.0;

        Assert.InRange(far, 0.005, 0.09);
    }

    [Fact]
    public void Spread_of_equal_values_is_not_0()
    {
        var spread = new PeerSpread(Price, [.. Enumerable.Repeat((100.0, 50.0), 10)]);
        Assert.InRange(spread.Distance(100, 50), -0.01, 0.01);
        Assert.True(double.IsFinite(spread.Distance(200, 50)));
    }

    private static List<(double, double)> Peers(double mean, double deviation)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 60)
            .Select(_ => (Math.Clamp(mean + (deviation * Statistics.Draw.Normal(random)), 0, 1), 100.0))];
    }
}
