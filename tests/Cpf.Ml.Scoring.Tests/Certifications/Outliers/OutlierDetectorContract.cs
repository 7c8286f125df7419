using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Scoring.Tests.Certifications.Outliers;

/// <summary>What every detector of strange rows keeps to.</summary>
public abstract class OutlierDetectorContract
{
    private protected abstract IOutlierDetector Detector { get; }

    [Fact]
    public void Isolated_row_has_the_highest_score()
    {
        // Two pairs of columns that go together: what goes against both is not described by the directions in which
        // rows spread.
        var (cloud, noise) = (Clouds.Normal(200, 2, seed: 1), Clouds.Normal(200, 2, seed: 2));
        double[] Pair(int column) => [.. cloud.Columns[column]
            .Zip(noise.Columns[column], (value, little) => value + (0.1 * little))];
        var table = Clouds.Of(cloud.Columns[0], Pair(0), cloud.Columns[1], Pair(1)).And(5, -5, 5, -5).Scaled();
        var scores = Detector.Score(table, table);

        Assert.Equal(200, Array.IndexOf(scores, scores.Max()));
    }

    [Fact]
    public void The_same_table_gives_the_same_scores()
    {
        var table = Clouds.Normal(300, 5, seed: 2).Scaled();
        Assert.Equal(Detector.Score(table, table), Detector.Score(table, table));
    }

    [Fact]
    public void Scores_are_finite_on_degenerate_tables()
    {
        var random = new Random(3);
        var twins = Enumerable.Range(0, 60).Select(i => (double)(i % 3)).ToArray();
        FeatureTable[] hard =
        [
            Clouds.Normal(2, 3, seed: 4), // no more rows than a line needs
            Clouds.Normal(19, 1, seed: 5), // fewer rows than neighbours, one column
            // columns that depend on each other, rows that are there twenty times
            Clouds.Of(twins, [.. twins.Select(value => 2 * value)]),
            Clouds.Of(
                [.. Enumerable.Range(0, 50).Select(i => i == 7 ? 1e9 : random.NextDouble())],
                [.. Enumerable.Range(0, 50).Select(i => (double)i)]),
        ];
        foreach (var table in hard.Select(table => table.Scaled()))
        {
            Assert.All(Detector.Score(table, table), score => Assert.True(double.IsFinite(score)));
        }
    }

    [Fact]
    public void Rows_inside_and_outside_the_reference_are_scored()
    {
        var (reference, others) = (Clouds.Normal(300, 3, seed: 6), Clouds.Of([0, 9], [0, -9], [0, 9]));
        var scale = new ColumnScale(reference);
        var scores = Detector.Score(scale.Apply(reference), scale.Apply(others));

        Assert.True(scores[1] > scores[0]);
    }
}

/// <summary>What detectors keep to in which chance decides nothing.</summary>
public abstract class DeterministicDetectorContract : OutlierDetectorContract
{
    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var table = Clouds.Normal(150, 4, seed: 7).Scaled();
        var order = Enumerable.Range(0, 150).Reverse().ToArray();
        var turned = table.Take(order);
        var (scores, turnedScores) = (Detector.Score(table, table), Detector.Score(turned, turned));

        Assert.All(order.Index(), entry => Assert.Equal(scores[entry.Item], turnedScores[entry.Index], 6));
    }
}

public sealed class IsolationForestContract : OutlierDetectorContract
{
    private protected override IOutlierDetector Detector { get; } = new IsolationForest();
}

public sealed class EmpiricalTailsContract : DeterministicDetectorContract
{
    private protected override IOutlierDetector Detector { get; } = new EmpiricalTails();
}

public sealed class HistogramDensityContract : DeterministicDetectorContract
{
    private protected override IOutlierDetector Detector { get; } = new HistogramDensity();
}

public sealed class NearestNeighboursContract : DeterministicDetectorContract
{
    private protected override IOutlierDetector Detector { get; } = new NearestNeighbours();
}

public sealed class RobustCovarianceContract : OutlierDetectorContract
{
    private protected override IOutlierDetector Detector { get; } = new RobustCovariance();
}

public sealed class RandomizedPcaContract : OutlierDetectorContract
{
    private protected override IOutlierDetector Detector { get; } = new RandomizedPca();
}
