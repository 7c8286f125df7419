using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class CusumPeakDistributionTests
{
    private const int PointsAnExcursion = 10;

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    public void Return_level_is_the_quantile_of_the_peak_tail(double rate)
    {
        // Exponential peaks of mean 0.5, one in ten points: exceeded once in 1/rate points at 0.5 · ln(0.1/rate).
        var height = Sketch(5000, 0.5).ReturnLevel(rate);

        Assert.InRange(height, 0.85 * 0.5 * Math.Log(0.1 / rate), 1.15 * 0.5 * Math.Log(0.1 / rate));
    }

    [Fact]
    public void Return_level_of_ten_series_is_on_average_that_of_the_tail()
    {
        var level = Enumerable.Range(1, 10).Average(seed => Sketch(5000, 0.5, seed).ReturnLevel(1e-5));

        Assert.InRange(level, 0.96 * 0.5 * Math.Log(0.1 / 1e-5), 1.04 * 0.5 * Math.Log(0.1 / 1e-5));
    }

    [Fact]
    public void Few_incidents_hardly_move_the_return_level()
    {
        var calm = Sketch(2000, 0.5).ReturnLevel(1e-6);
        var sketch = Sketch(2000, 0.5);
        for (var i = 0; i < 4; i++)
        {
            sketch.Add(12);
            sketch.Add(0);
        }

        Assert.InRange(sketch.ReturnLevel(1e-6), calm, 1.15 * calm);
    }

    [Fact]
    public void Fewer_than_40_excursions_give_no_return_level()
    {
        Assert.Equal(0, Sketch(39, 0.5).ReturnLevel(1e-6));
        Assert.True(Sketch(40, 0.5).ReturnLevel(1e-6) > 0);
    }

    [Fact]
    public void CUSUM_at_zero_is_no_excursion()
    {
        var sketch = new CusumPeakDistribution();
        for (var i = 0; i < 1000; i++)
        {
            sketch.Add(0);
        }

        Assert.Equal(0, sketch.ReturnLevel(1e-6));
    }

    private static CusumPeakDistribution Sketch(int excursions, double mean, int seed = 8)
    {
        var random = new Random(seed);
        var sketch = new CusumPeakDistribution();
        for (var i = 0; i < excursions; i++)
        {
            var peak = mean * random.Exponential();
            sketch.Add(peak / 2);
            sketch.Add(peak);
            for (var rest = 2; rest < PointsAnExcursion; rest++)
            {
                sketch.Add(0);
            }
        }

        return sketch;
    }
}
