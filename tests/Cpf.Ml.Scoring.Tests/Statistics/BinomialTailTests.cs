using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class BinomialTailTests
{
    [Theory]
    [InlineData(3, 10, 0.05, 2.5)]
    [InlineData(0, 10, 0.05, -0.5)]
    [InlineData(12, 100, 0.05, 2.8)]
    [InlineData(60, 1000, 0.05, 1.4)]
    [InlineData(30, 1000, 0.05, -3.1)]
    [InlineData(700, 1000, 0.5, 12.8)]
    public void Score_approximates_the_exact_binomial_probability(int errors, int attempts, double rate, double about)
    {
        var (below, at) = Probabilities(errors, attempts, rate);
        var score = BinomialTail.Score(errors, attempts, rate, correlation: 0);

        Assert.Equal(about, score, 0.2);
        if (Math.Abs(score) < 5)
        {
            var rare = score > 0 ? 1 - below - (at / 2) : below + (at / 2);
            Assert.InRange(rare, Upper(Math.Abs(score) + 0.2), Upper(Math.Abs(score) - 0.2));
        }
    }

    [Fact]
    public void Same_error_rate_over_more_attempts_is_more_anomalous()
    {
        var scores = new[] { 10, 100, 1000, 10_000 }.Select(
            attempts => BinomialTail.Score(0.1 * attempts, attempts, 0.05, 0)).ToList();

        Assert.Equal(scores.Order(), scores);
        Assert.True(scores[^1] > 4 * scores[0]);
    }

    [Fact]
    public void Overdispersed_errors_score_lower_and_more_so_with_more_attempts()
    {
        double Ratio(double attempts) =>
            BinomialTail.Score(0.1 * attempts, attempts, 0.05, 0.01)
                / BinomialTail.Score(0.1 * attempts, attempts, 0.05, 0);

        Assert.InRange(Ratio(10), 0.85, 1);
        Assert.InRange(Ratio(1000), 0.2, 0.4);
    }

    [Theory]
    [InlineData(0, 1, 0.5)]
    [InlineData(1, 1, 1e-6)]
    [InlineData(0, 1e9, 1e-6)]
    [InlineData(1e9, 1e9, 1e-6)]
    [InlineData(0.3, 0.5, 0.999999)]
    public void Score_is_finite_for_extreme_counts(double errors, double attempts, double rate) =>
        Assert.True(double.IsFinite(BinomialTail.Score(errors, attempts, rate, correlation: 0.02)));

    private static (double Below, double At) Probabilities(int errors, int attempts, double rate)
    {
        var (probability, below) = (Math.Exp(attempts * Math.Log(1 - rate)), 0.0);
        for (var k = 0; k < errors; k++)
        {
            below += probability;
            probability *= (attempts - k) / (k + 1.0) * rate / (1 - rate);
        }

        return (below, probability);
    }

    /// <summary>P(Z &gt; z), by Simpson's rule.</summary>
    private static double Upper(double z)
    {
        const int Steps = 2000;
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var x = z + (12.0 * i / Steps);
            sum += Math.Exp(-x * x / 2) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }

        return sum * 12 / Steps / 3 / Math.Sqrt(2 * Math.PI);
    }
}
