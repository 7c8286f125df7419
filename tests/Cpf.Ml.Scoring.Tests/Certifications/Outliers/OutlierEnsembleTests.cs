using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Scoring.Tests.Certifications.Outliers;

public sealed class OutlierEnsembleTests
{
    [Fact]
    public void A_column_that_never_changes_changes_no_score()
    {
        var table = Clouds.Normal(120, 3, seed: 1);
        Assert.Equal(OutlierEnsemble.Score(table), OutlierEnsemble.Score(table.With("constant", new double[120])));
    }

    [Fact]
    public void The_unit_of_a_column_does_not_matter()
    {
        var table = Clouds.Normal(120, 3, seed: 2);
        var other = Clouds.Of(
            table.Columns[0], [.. table.Columns[1].Select(value => (1024 * value) + 4096)], table.Columns[2]);
        Assert.All(
            OutlierEnsemble.Score(table).Zip(OutlierEnsemble.Score(other)),
            pair => Assert.Equal(pair.First, pair.Second, 6));
    }

    [Fact]
    public void Missing_value_scores_as_the_median()
    {
        var table = Clouds.Normal(101, 2, seed: 3);
        var median = table.Columns[0].Order().ElementAt(50);
        var index = Array.IndexOf(table.Columns[0], median);
        var missing = Clouds.Of([.. table.Columns[0]], table.Columns[1]);
        missing.Columns[0][index] = double.NaN;
        var scale = new ColumnScale(missing);

        Assert.Equal(
            scale.Apply(table).Columns[0][index],
            scale.Apply(missing).Columns[0].Where((_, row) => row == index).Single(),
            1);
    }

    /// <summary>Of three rows the ranks are ¼, ½ and ¾; two equal ones share the mean of theirs.</summary>
    [Fact]
    public void Tails_equal_values_worked_out_by_hand()
    {
        Assert.Equal([-Math.Log(0.5), -Math.Log(0.75), -Math.Log(0.25)], OutlierEnsemble.Tails([2, 1, 3]));
        Assert.Equal(-Math.Log(1 - 0.625), OutlierEnsemble.Tails([1, 2, 2])[1], 12);
    }

    [Fact]
    public void Row_in_the_tail_of_two_detectors_ranks_before_a_row_in_the_tail_of_one()
    {
        double[] row = [1, 2, 3, 4, 5, 6, 7, 10, 9], other = [2, 1, 4, 3, 6, 5, 7, 1.5, 9];
        Assert.Equal(
            8, Array.IndexOf(OutlierEnsemble.Combine([row, other]), OutlierEnsemble.Combine([row, other]).Max()));
    }
}
