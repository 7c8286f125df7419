using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class ConformalCalibratorTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.01)]
    [InlineData(0.001)]
    public void P_values_of_an_exponential_sample_are_uniform(double nominal)
    {
        var random = new Random(5);
        var sketch = new ConformalCalibrator();
        var (count, points) = (0, 0);
        for (var i = 0; i < 220_000; i++)
        {
            var evidence = 0.4 * random.Exponential();
            if (i >= 20_000)
            {
                points++;
                count += sketch.PValue(evidence) <= nominal ? 1 : 0;
            }

            sketch.Add(evidence, Learning.Full);
        }

        Assert.InRange(count / (points * nominal), 1 / 1.5, 1.5);
    }

    [Fact]
    public void P_value_never_rises_with_the_evidence()
    {
        var random = new Random(6);
        var sketch = new ConformalCalibrator();
        for (var i = 0; i < 5000; i++)
        {
            sketch.Add(random.Exponential(), Learning.Full);
        }

        var values = Enumerable.Range(0, 2000).Select(i => sketch.PValue(i * 0.01)).ToList();
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(values, p => Assert.InRange(p, double.Epsilon, 1));
    }

    [Fact]
    public void Fewer_than_50_points_give_no_calibration()
    {
        var sketch = new ConformalCalibrator();
        for (var i = 0; i < 49; i++)
        {
            sketch.Add(0.1, Learning.Full);
        }

        Assert.Equal(1, sketch.PValue(6));
        sketch.Add(0.1, Learning.Full);
        Assert.True(sketch.PValue(6) < 0.02);
    }

    [Theory]
    [InlineData(Learning.Frozen, 10)]
    [InlineData(Learning.Certain, 60)]
    public void Incident_point_weighs_a_tenth_and_a_certain_one_a_sixtieth(Learning learning, int times)
    {
        var (single, many) = (new ConformalCalibrator(), new ConformalCalibrator());
        for (var i = 0; i < 100; i++)
        {
            single.Add(i * 0.01, Learning.Full);
            many.Add(i * 0.01, Learning.Full);
        }

        single.Add(3, Learning.Full);
        for (var i = 0; i < times; i++)
        {
            many.Add(3, learning);
        }

        Assert.Equal(single.PValue(0.5), many.PValue(0.5), 12);
        Assert.Equal(single.PValue(4), many.PValue(4), 12);
    }

    [Fact]
    public void Weights_halve_after_a_year_of_minutes_and_ranks_stay()
    {
        var sketch = new ConformalCalibrator();
        for (var i = 0; i <= 500_000; i++)
        {
            sketch.Add(i % 10 == 0 ? 2.02 : 0.52, Learning.Full);
        }

        Assert.Equal(0.1, sketch.PValue(1.5), 0.001);
    }
}
