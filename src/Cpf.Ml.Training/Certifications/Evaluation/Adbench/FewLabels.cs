using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning;

namespace Cpf.Ml.Training.Certifications.Evaluation.Adbench;

/// <summary>
/// The protocol of the published comparison with few labels: 70 % of the rows are for training, of their outliers a
/// share is known, the other 30 % are judged.
/// </summary>
internal static class FewLabels
{
    private const int MaxRows = 5000;
    public static readonly int[] Seeds = [0, 1, 2];
    private const double TrainingShare = 0.7;

    /// <param name="ratio">Share of the outliers of the training part that are labelled, at least one; 0 for
    /// none.</param>
    public static RankingQuality Measure(FeatureTable table, bool[] isOutlier, double ratio)
    {
        var results = Seeds.Select(seed => Once(table, isOutlier, ratio, new Random(seed))).ToList();
        return new RankingQuality(
            results.Average(quality => quality.Auroc), results.Average(quality => quality.AveragePrecision));
    }

    private static RankingQuality Once(FeatureTable table, bool[] isOutlier, double ratio, Random random)
    {
        List<int> train = [], test = [];
        var share = Math.Min(1, (double)MaxRows / table.RowCount);
        foreach (var part in Enumerable.Range(0, table.RowCount)
            .GroupBy(row => isOutlier[row]).OrderBy(part => part.Key))
        {
            var rows = part.ToArray();
            random.Shuffle(rows);
            var kept = (int)Math.Round(rows.Length * share);
            var trained = (int)Math.Round(rows.Length * share * TrainingShare);
            train.AddRange(rows[..trained]);
            test.AddRange(rows[trained..kept]);
        }

        var outliers = train.Where(row => isOutlier[row]).ToArray();
        random.Shuffle(outliers);
        var known = outliers.Take(ratio == 0 ? 0 : Math.Max(1, (int)Math.Round(ratio * outliers.Length))).ToHashSet();
        var scores = LabelledOutliers.Score(table.Take(train), [.. train.Select(known.Contains)], table.Take(test));
        return RankingQuality.Measure(scores, [.. test.Select(row => isOutlier[row])]);
    }
}
