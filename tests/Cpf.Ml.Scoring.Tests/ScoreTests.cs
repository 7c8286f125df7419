namespace Cpf.Ml.Scoring.Tests;

public sealed class ScoreTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    public void Score_outside_0_to_1_is_refused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Score(value));

    [Fact]
    public void Percent_is_a_hundred_times_the_value() => Assert.Equal(87, new Score(0.87).Percent, 12);
}
