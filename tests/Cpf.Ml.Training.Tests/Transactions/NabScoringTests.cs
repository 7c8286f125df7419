using Cpf.Ml.Training.Transactions.Evaluation.Nab;

namespace Cpf.Ml.Training.Tests.Transactions;

/// <summary>The benchmark's scoring function, with numbers worked out by hand from its definition.</summary>
public sealed class NabScoringTests
{
    private static readonly NabProfile Standard = NabProfile.All[0];

    [Fact]
    public void Profiles_equal_those_of_the_benchmark() => Assert.Equal(
        [new("standard", 1, 1, 0.11), new("reward_low_FP", 1, 1, 0.22), new("reward_low_FN", 1, 2, 0.11)],
        NabProfile.All);

    [Fact]
    public void First_row_of_a_window_is_worth_one_and_later_rows_less()
    {
        // Window [40, 49], width 10. Row 40: sig(−1)/sig(−1) = 1. Row 49: sig(−0.1)/sig(−1), with
        // sig(−0.1) = 2/(1 + e^−0.5) − 1 = 0.244919 and sig(−1) = 2/(1 + e^−5) − 1 = 0.986614: 0.248242.
        var rows = Rows(100, (40, 49));

        Assert.Equal(1, rows[40], 15);
        Assert.Equal(0.248242, rows[49], 6);
        Assert.Equal(rows[40..50].OrderDescending(), rows[40..50]);
    }

    [Fact]
    public void False_row_before_the_first_window_has_the_full_cost()
    {
        Assert.Equal(-0.11, Rows(100, (40, 49))[39], 15);
        Assert.All(Rows(100), worth => Assert.True(double.IsNaN(worth) || worth == -0.11));
    }

    [Fact]
    public void Cost_of_a_false_row_grows_to_the_full_within_three_widths_of_a_window()
    {
        // Window [40, 49]: y = (i − 49)/9. Row 50: 0.11·(2/(1 + e^(5/9)) − 1) = 0.11·(−0.270847) = −0.029793.
        // Row 76: y = 3, 0.11·(2/(1 + e^15) − 1) = −0.10999993. Row 77: y > 3, −0.11 exactly.
        var rows = Rows(100, (40, 49));

        Assert.Equal(-0.029793, rows[50], 6);
        Assert.Equal(-0.10999993, rows[76], 8);
        Assert.NotEqual(-0.11, rows[76]);
        Assert.Equal(-0.11, rows[77]);
    }

    [Theory]
    [InlineData(100, 15)]
    [InlineData(4999, 749)]
    [InlineData(22_695, 750)]
    public void Probation_is_fifteen_percent_of_the_rows_and_at_most_750(int rows, int probation) =>
        Assert.Equal(probation, new NabSeries("x", new double[rows], []).Probation);

    [Fact]
    public void Rows_in_probation_do_not_count_though_their_windows_do()
    {
        // Window [2, 6] lies in the probation of 15 rows; row 15 is (15 − 6)/4 = 2.25 widths after it, not before any
        // window: 0.11·(2/(1 + e^11.25) − 1) = −0.10999714.
        var rows = Rows(100, (2, 6));

        Assert.All(rows[..15], worth => Assert.True(double.IsNaN(worth)));
        Assert.Equal(-0.10999714, rows[15], 8);
    }

    [Fact]
    public void Perfect_detection_scores_100_and_no_detection_0()
    {
        var perfect = new double[200];
        (perfect[50], perfect[120]) = (1, 1);
        var series = new NabSeries("x", perfect, [(50, 59), (120, 139)]);

        foreach (var profile in NabProfile.All)
        {
            Assert.Equal((100, 1, 2, 0), Tuple(NabScoring.Best([series], profile)));
        }

        Assert.Equal(0, NabScoring.At([(series, 2)], Standard).Score);
    }

    [Fact]
    public void Best_row_of_a_window_and_every_false_row_count()
    {
        // One window [50, 59] found at rows 52 and 55, two false rows before it. Row 52: y = −8/10,
        // sig = 2/(1 + e^−4) − 1 = 0.964028, ÷ 0.986614 = 0.977107. Raw 0.977107 − 0.22; null −1, perfect 1: 87.8553.
        var scores = new double[200];
        (scores[52], scores[55], scores[40], scores[45]) = (1, 1, 1, 1);
        var result = NabScoring.At([(new NabSeries("x", scores, [(50, 59)]), 0.5)], Standard);

        Assert.Equal(87.8553, result.Score, 4);
        Assert.Equal((1, 2), (result.WindowsFound, result.FalseRows));
    }

    [Fact]
    public void Miss_costs_double_in_the_low_FN_profile()
    {
        // Two windows, the first found at its first row. Raw = 1 − 2 = −1; null −4, perfect 2: 100·3/6 = 50.
        var scores = new double[200];
        scores[50] = 1;
        var series = new NabSeries("x", scores, [(50, 59), (120, 139)]);

        Assert.Equal(50, NabScoring.At([(series, 0.5)], NabProfile.All[2]).Score, 12);
    }

    [Fact]
    public void Rows_of_equal_score_are_detected_together()
    {
        // The window's first row ties with 30 false rows: −0.11 each makes 1 − 3.3 < −1, so detecting none is best.
        var scores = new double[200];
        scores[150] = 1;
        Array.Fill(scores, 1, 40, 30);
        var best = NabScoring.Best([new NabSeries("x", scores, [(150, 159)])], Standard);

        Assert.Equal((0, double.PositiveInfinity, 0, 0), Tuple(best));
    }

    [Fact]
    public void Cross_fitting_scores_each_half_at_the_best_threshold_of_the_other()
    {
        // a and c (even) are found at 0.9, b (odd) at 0.5. So b is judged at 0.9 and missed; a and c at 0.5, where c
        // also has a false row of 0.7 before its window. Raw 1 + 1 − 0.11 − 1; null −3, perfect 3: 100·3.89/6 =
        // 64.8333.
        NabSeries Of(string name, double score, double falseRow)
        {
            var scores = new double[100];
            (scores[50], scores[30]) = (score, falseRow);
            return new NabSeries(name, scores, [(50, 59)]);
        }

        var series = new[] { Of("c", 0.9, 0.7), Of("a", 0.9, 0), Of("b", 0.5, 0) };

        Assert.Equal(100 * 5.89 / 6, NabScoring.Best(series, Standard).Score, 10);
        Assert.Equal(100 * 3.89 / 6, NabScoring.CrossFitted(series, Standard).Score, 10);
    }

    private static double[] Rows(int count, params (int First, int Last)[] windows)
    {
        var series = new NabSeries("x", new double[count], windows);
        var worths = NabScoring.Rows(series, Standard, 0).Select(row => row.Worth);
        return [.. Enumerable.Repeat(double.NaN, series.Probation), .. worths];
    }

    private static (double Score, double Threshold, int Found, int False) Tuple(NabScoring.Result result) =>
        (Math.Round(result.Score, 10), result.Threshold, result.WindowsFound, result.FalseRows);
}
