using Cpf.Ml.Scoring.Certifications.Evidence;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class TailEvidenceTests
{
    [Fact]
    public void Distance_that_three_in_a_hundred_reach_is_never_rarer_than_three_in_a_hundred()
    {
        var tail = new TailEvidence([.. Enumerable.Repeat(0.0, 970), .. Enumerable.Repeat(8.0, 30)]);
        Assert.InRange(tail.Surprisal(8), -Math.Log(0.03), -Math.Log(0.015) + 1e-9);
    }

    [Fact]
    public void Value_that_no_peer_has_is_rarer_than_one_in_all_peers()
    {
        var random = new Random(1);
        var tail = new TailEvidence(
            [.. Enumerable.Range(0, 1000).Select(_ => Math.Abs(random.NextDouble() - random.NextDouble()) * 3), 8]);
        Assert.True(tail.Surprisal(8) > Math.Log(1000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(4000)]
    public void Evidence_never_falls_with_distance_and_is_0_for_one_in_ten(int count)
    {
        var random = new Random(count);
        var distances = Enumerable.Range(0, count).Select(_ => -2 * Math.Log(1 - random.NextDouble())).ToArray();
        var tail = new TailEvidence(distances);
        var evidence = Enumerable.Range(0, 800).Select(step => tail.Surprisal(step / 100.0)).ToArray();
        Assert.Equal(evidence.Order(), evidence);
        Assert.All(evidence, value => Assert.InRange(value, 0, 15));
        Assert.True(distances.Count(distance => tail.Surprisal(distance) > 0) <= Math.Max(1, 0.11 * count));
    }
}
