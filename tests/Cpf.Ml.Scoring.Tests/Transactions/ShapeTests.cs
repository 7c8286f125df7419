using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>The shape of the last values, of series that a person has marked as important.</summary>
public sealed class ShapeTests
{
    private const int Beat = 24;

    [Fact]
    public void Reversed_shape_within_range_is_detected_in_important_series_only()
    {
        var (important, other) = (Watched(important: true), Watched(important: false));

        Assert.Contains("shape", important.SelectMany(step => step.Fired));
        Assert.DoesNotContain("shape", other.SelectMany(step => step.Fired));
        Assert.True(important.Max(step => step.Score) > other.Max(step => step.Score));
    }

    [Fact]
    public void Distance_is_small_for_a_known_shape_and_large_for_a_new_one()
    {
        var (shape, random) = (new ShapeTest(), new Random(2));
        var beats = Beats(random).Take(2_000).ToList();
        beats.ForEach(value => shape.Add(1e9 + value));

        // The level does not count, the course does.
        var near = shape.Distance(1e9 + beats[^1]);
        foreach (var value in Backwards(random))
        {
            shape.Add(1e9 + value);
        }

        Assert.InRange(near, 0.02, 0.2);
        Assert.True(shape.Distance(1e9) > 2 * near, $"{shape.Distance(1e9)} {near}");
    }

    [Fact]
    public void Shape_distance_is_0_before_100_windows()
    {
        var shape = new ShapeTest();
        for (var i = 0; i < 340; i++)
        {
            Assert.Equal(0, shape.Distance(i));
            shape.Add(i * i % 17);
        }
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("ar-0.9")]
    [InlineData("log-normal")]
    public void P_values_of_important_series_are_calibrated(string noise)
    {
        var ratios = Enumerable.Range(0, 6).Select(seed =>
        {
            var monitor = new SeriesMonitor(
                new SeriesDetectorOptions { Kind = Noise.KindOf(noise), Important = true }, new AlertRuleOptions());
            return new World(monitor, TimeSpan.FromMinutes(5)).Days(40, Noise.Of(noise, seed, 288))
                .Exceedance(0.001, afterDays: 5);
        });

        Assert.InRange(ratios.Average(), 1 / 1.5, 1.5);
    }

    [Fact]
    public void Marking_a_series_important_changes_no_score_until_shapes_are_known()
    {
        var (marked, plain) = (new World(), new World());
        var (one, other) = (Noise.Of("gaussian", 5, 288), Noise.Of("gaussian", 5, 288));
        marked.Days(3, one);
        plain.Days(3, other);
        marked.Monitor.Detector.IsImportant = true;
        Assert.Equal(
            plain.Points(300, other).Steps[^300..].Select(step => step.Score),
            marked.Points(300, one).Steps[^300..].Select(step => step.Score));

        var state = Size(marked);
        marked.Monitor.Detector.IsImportant = false;
        Assert.InRange(state - Size(marked), 7_000, 8_192);
        Assert.InRange(state, 14_000, 16_384);
    }

    private static int Size(World world) => world.Monitor.Snapshot().Length;

    private static World.Step[] Watched(bool important)
    {
        var random = new Random(7);
        var monitor = new SeriesMonitor(new SeriesDetectorOptions { Important = important }, new AlertRuleOptions());
        var world = new World(monitor, TimeSpan.FromMinutes(5));
        foreach (var value in Beats(random).Take(14 * 288).Concat(Backwards(random)))
        {
            world.One(value);
        }

        return [.. world.Steps[^Beat..]];
    }

    /// <summary>
    /// A slow rise and a sharp fall, again and again after an uneven rest, so that no hour of the day knows it.
    /// </summary>
    private static IEnumerable<double> Beats(Random random)
    {
        while (true)
        {
            for (var i = 0; i < Beat; i++)
            {
                yield return (i / (double)Beat) + (0.05 * random.Normal());
            }

            for (var rest = random.Next(10); rest > 0; rest--)
            {
                yield return 0.05 * random.Normal();
            }
        }
    }

    /// <summary>A sharp rise and a slow fall.</summary>
    private static IEnumerable<double> Backwards(Random random) =>
        Enumerable.Range(0, Beat).Select(i => 1 - (i / (double)Beat) + (0.05 * random.Normal()));
}
