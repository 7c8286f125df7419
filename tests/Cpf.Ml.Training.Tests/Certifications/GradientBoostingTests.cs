using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning.Boosting;
using CsCheck;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class GradientBoostingTests
{
    /// <summary>
    /// Four rows, one question: at even odds each row has gradient ±½ and curvature ¼, a leaf of two is ∓(1 ÷ (½ + 1)),
    /// a tenth of the way.
    /// </summary>
    [Fact]
    public void Leaves_of_the_first_tree_equal_values_worked_out_by_hand()
    {
        var columns = new BinnedColumns(Table([1, 2, 3, 4]));
        var model = GradientBoosting.Fit(
            columns, [false, false, true, true], [1, 1, 1, 1], new GradientBoostingOptions { Trees = 1, Depth = 1 });

        Assert.Equal(2.5, Assert.Single(model.Trees[0].Splits).Threshold);
        Assert.Equal(-0.1 / 1.5, model.Predict([2.0]), 12);
        Assert.Equal(0.1 / 1.5, model.Predict([3.0]), 12);
        Assert.Equal([2.0, 2.0], model.Trees[0].Leaves.Select(leaf => leaf.Cover));
    }

    [Fact]
    public void Monotone_column_never_lowers_the_odds() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 1]).Sample(
            (seed, column) =>
            {
                var random = new Random(seed);
                var table = Table([.. Noise(random)], [.. Noise(random)]);

                // What is strange has nothing, or the opposite, to do with the column: without the rule trees would go
                // down.
                var outliers = table.Columns[column].Select(value => value + random.NextDouble() < 0.4).ToArray();
                var options = new GradientBoostingOptions { Trees = 30, Monotone = column == 0 ? [1, 0] : [0, 1] };
                var model = GradientBoosting.Fit(
                    new BinnedColumns(table), outliers, [.. Enumerable.Repeat(1.0, outliers.Length)], options);
                var other = random.NextDouble();
                var odds = Enumerable.Range(0, 50)
                    .Select(i => model.Predict(column == 0 ? [i / 50.0, other] : [other, i / 50.0])).ToList();
                return odds.Zip(odds.Skip(1)).All(pair => pair.Second >= pair.First - 1e-12);
            },
            iter: 20);

    [Fact]
    public void Same_rows_give_the_same_trees()
    {
        var random = new Random(1);
        var table = Table([.. Noise(random)], [.. Noise(random)]);
        var outliers = table.Columns[0].Select(value => value > 0.9).ToArray();
        double[] weights = [.. Enumerable.Repeat(1.0, outliers.Length)];
        double[] Odds() => [.. table.Rows()
            .Select(
                row => GradientBoosting.Fit(
                    new BinnedColumns(table), outliers, weights, new() { Trees = 20 }).Predict(row)).Take(20)];

        Assert.Equal(Odds(), Odds());
    }

    [Fact]
    public void Row_of_weight_0_is_not_learned()
    {
        var (four, five) = (new BinnedColumns(Table([1, 2, 3, 4])), new BinnedColumns(Table([1, 2, 3, 4, 2])));
        var (without, with) = (
            GradientBoosting.Fit(four, [false, false, true, true], [1, 1, 1, 1], new()),
            GradientBoosting.Fit(five, [false, false, true, true, true], [1, 1, 1, 1, 0], new()));

        Assert.Equal(without.Predict([2.0]), with.Predict([2.0]));
    }

    private static IEnumerable<double> Noise(Random random) =>
        Enumerable.Range(0, 300).Select(_ => random.NextDouble());

    private static FeatureTable Table(params double[][] columns) =>
        new([.. columns.Select((_, i) => $"f{i}")], columns);
}
