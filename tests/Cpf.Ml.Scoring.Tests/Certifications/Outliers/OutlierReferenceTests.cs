using System.Globalization;
using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Scoring.Tests.Certifications.Outliers;

/// <summary>
/// Against values that other programs computed (<c>tests/peers/outliers.py</c>) or that were worked out by hand.
/// </summary>
public sealed class OutlierReferenceTests
{
    private static readonly Dictionary<string, IOutlierDetector> Detectors =
        new IOutlierDetector[] { new EmpiricalTails(), new HistogramDensity(), new NearestNeighbours() }
            .ToDictionary(detector => detector.Name);

    public static TheoryData<string> Deterministic => [.. Detectors.Keys];

    [Theory]
    [MemberData(nameof(Deterministic))]
    public void Scores_equal_the_reference_implementation_to_1e_6(string name)
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "outliers.csv"))
            .Select(line => line.Split(',')).ToList();
        double[] Column(int column) => [.. lines.Skip(1)
            .Select(fields => double.Parse(fields[column], CultureInfo.InvariantCulture))];
        var table = Clouds.Of(Column(0), Column(1), Column(2), Column(3));
        var expected = Column(Array.IndexOf(lines[0], name));

        Assert.All(Detectors[name].Score(table, table).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 6));
    }

    /// <summary>
    /// Two rows in one column are separated by the first cut, always: depth 1 of an average of 1, 2^−1.
    /// </summary>
    [Fact]
    public void Two_rows_have_the_isolation_score_of_one_half()
    {
        var table = Clouds.Of([0, 1]);
        Assert.All(new IsolationForest().Score(table, table), score => Assert.Equal(0.5, score, 12));
    }

    [Fact]
    public void Robust_covariance_ignores_three_in_ten_contaminated_rows()
    {
        var cloud = Clouds.Normal(700, 2, seed: 1);
        var far = Clouds.Normal(300, 2, seed: 2);
        var table = Clouds.Of(
            [.. cloud.Columns[0], .. far.Columns[0].Select(value => 30 + value)],
            [.. cloud.Columns[1], .. far.Columns[1].Select(value => 30 + value)]);
        var scores = new RobustCovariance().Score(table, table);

        // Squared distances of a normal cloud have mean 2; with the far ones in the estimate they would be as near as
        // the others.
        Assert.InRange(scores.Take(700).Average(score => score * score), 1.7, 2.4);
        Assert.True(scores.Skip(700).Min() > 20);
    }

    [Fact]
    public void Row_off_the_plane_is_an_outlier_though_each_of_its_values_is_typical()
    {
        var row = Clouds.Normal(400, 1, seed: 3).Columns[0];
        var table = Clouds.Of(row, [.. row.Select(value => value)], [.. row.Select(value => -value)]).And(2, -2, 2)
            .Scaled();

        foreach (var detector in new IOutlierDetector[]
        {
            new RandomizedPca(),
            new RobustCovariance(),
            new NearestNeighbours(),
        })
        {
            var scores = detector.Score(table, table);
            Assert.Equal(400, Array.IndexOf(scores, scores.Max()));
        }
    }

    [Fact]
    public void Nearest_neighbours_equal_those_of_a_full_search()
    {
        var (table, count) = (Clouds.Normal(500, 3, seed: 4), 20);
        var rows = table.Rows();
        var scores = new NearestNeighbours().Score(table, table);
        for (var i = 0; i < rows.Length; i += 25)
        {
            var distances = rows.Where((_, other) => other != i)
                .Select(other => Math.Sqrt(other.Zip(rows[i], (a, b) => (a - b) * (a - b)).Sum()));
            Assert.Equal(distances.Order().Take(count).Average(), scores[i], 9);
        }
    }
}
