using Cpf.Ml.Training.Certifications.Evaluation;
using CsCheck;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class RankingQualityTests
{
    /// <summary>
    /// Strange rows in places 1 and 3 of 4: of four pairs one is the wrong way round; precisions 1 and ⅔.
    /// </summary>
    [Fact]
    public void AUROC_and_average_precision_equal_values_worked_out_by_hand()
    {
        var quality = RankingQuality.Measure([9, 8, 7, 6], [true, false, true, false]);
        Assert.Equal(0.75, quality.Auroc);
        Assert.Equal((1 + (2.0 / 3)) / 2, quality.AveragePrecision, 12);
    }

    [Fact]
    public void Equal_scores_have_an_AUROC_of_one_half() =>
        Gen.Bool.Array[2, 30].Where(row => row.Contains(true) && row.Contains(false)).Sample(outliers =>
        {
            var quality = RankingQuality.Measure(new double[outliers.Length], outliers);
            return quality.Auroc == 0.5
                && Math.Abs(
                    quality.AveragePrecision - ((double)outliers.Count(value => value) / outliers.Length)) < 1e-12;
        });

    [Fact]
    public void AUROC_equals_the_share_of_correctly_ordered_pairs() => Gen.Select(Gen.Int[0, 5], Gen.Bool).Array[2, 30]
        .Where(rows => rows.Any(row => row.Item2) && rows.Any(row => !row.Item2)).Sample(rows =>
        {
            var (outliers, others) = (rows.Where(row => row.Item2), rows.Where(row => !row.Item2));
            var pairs = outliers.SelectMany(entry => others.Select(other => Math.Sign(entry.Item1 - other.Item1)));
            var quality = RankingQuality.Measure(
                [.. rows.Select(row => (double)row.Item1)], [.. rows.Select(row => row.Item2)]);
            return Math.Abs(quality.Auroc - pairs.Average(sign => (sign + 1) / 2.0)) < 1e-12;
        });
}
