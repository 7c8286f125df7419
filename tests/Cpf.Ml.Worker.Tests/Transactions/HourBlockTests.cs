using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Transactions;
using CsCheck;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class HourBlockTests
{
    private const long Hour = 1_700_002_800_000 / 3_600_000 * 3_600_000;

    [Fact]
    public void Hour_block_decodes_to_the_points_it_encoded()
    {
        var point = Gen.Select(
            Gen.Int[0, 59], Gen.Float, Gen.Float, Gen.Float[0, 100], Gen.Bool,
            (minute, value, band, score, flagged) => new ScoredPoint(
                Hour + (minute * 60_000), value, float.NaN, -band, band, -2 * band, 2 * band, score, flagged));
        point.Array[0, 80].Sample(points =>
        {
            var block = new HourBlock();
            foreach (var one in points)
            {
                block.Add(one);
            }

            Assert.Equal(block.Points, HourBlock.Decode(Hour, block.Encode()));
        });
    }

    [Fact]
    public void Hour_block_keeps_the_point_with_the_highest_score_of_a_minute()
    {
        var block = new HourBlock();
        block.Add(Point(second: 5, score: 10));
        block.Add(Point(second: 20, score: 70));
        block.Add(Point(second: 35, score: 30));

        Assert.Equal(70, Assert.Single(block.Points).Score);
    }

    [Fact]
    public void Hour_block_is_over_at_the_first_point_of_the_next_hour()
    {
        var block = new HourBlock();
        Assert.False(block.IsOver(Hour));
        block.Add(Point(second: 0, score: 0));
        Assert.False(block.IsOver(Hour + 3_599_999));
        Assert.True(block.IsOver(Hour + 3_600_000));
    }

    private static ScoredPoint Point(int second, float score) =>
        new(Hour + (second * 1000), 1, 1, 0, 2, -1, 3, score, false);
}
