using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class RecentScoresTests
{
    private static readonly long Cell = (long)Estate.CellLength.TotalMilliseconds;
    private static readonly long Start = 1_700_000_000_000 / Cell * Cell;

    [Fact]
    public void Recent_score_cell_holds_its_highest_score()
    {
        var scores = new RecentScores();
        scores.Add(Start, 12);
        scores.Add(Start + 60_000, 85);
        scores.Add(Start + 120_000, 3);

        Assert.Equal(85, scores.Until(Start)[^1]);
    }

    [Fact]
    public void Recent_score_cell_without_points_holds_no_data()
    {
        var scores = new RecentScores();
        scores.Add(Start, 10);
        scores.Add(Start + (3 * Cell), 20);

        Assert.Equal([10, RecentScores.NoData, RecentScores.NoData, 20], scores.Until(Start + (3 * Cell))[^4..]);
    }

    [Fact]
    public void Recent_scores_of_yesterday_are_gone()
    {
        var scores = new RecentScores();
        scores.Add(Start, 99);
        Assert.All(scores.Until(Start + (Estate.CellCount * Cell)), cell => Assert.Equal(RecentScores.NoData, cell));
        scores.Add(Start + (Estate.CellCount * Cell), 5);

        var cells = scores.Until(Start + (Estate.CellCount * Cell));
        Assert.Equal(5, cells[^1]);
        Assert.All(cells[..^1], cell => Assert.Equal(RecentScores.NoData, cell));
    }
}
