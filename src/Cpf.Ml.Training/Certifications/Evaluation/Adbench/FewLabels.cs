using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Certifications.Learning;

namespace Cpf.Ml.Training.Certifications.Evaluation.Adbench;

/// <summary>
/// The protocol of the published comparison with few labels: 70 % of the rows teach, of their strange ones a share is
/// known, the other 30 % are judged.
/// </summary>
internal static class FewLabels
{
    private const int MostRows = 5000;
    public static readonly int[] Seeds = [0, 1, 2];
    private const double Taught = 0.7;

    /// <param name="ratio">Share of the strange rows of the taught part that are known, at least one; 0 for
    /// none.</param>
    public static RankingQuality Measure(FeatureTable table, bool[] isStrange, double ratio)
    {
        var results = Seeds.Select(seed => Once(table, isStrange, ratio, new Random(seed))).ToList();
        return new RankingQuality(results.Average(one => one.Auroc), results.Average(one => one.AveragePrecision));
    }

    private static RankingQuality Once(FeatureTable table, bool[] isStrange, double ratio, Random random)
    {
        List<int> train = [], test = [];
        var share = Math.Min(1, (double)MostRows / table.RowCount);
        foreach (var part in Enumerable.Range(0, table.RowCount)
            .GroupBy(row => isStrange[row]).OrderBy(part => part.Key))
        {
            var rows = part.ToArray();
            random.Shuffle(rows);
            var (kept, taught) = ((int)Math.Round(rows.Length * share), (int)Math.Round(rows.Length * share * Taught));
            train.AddRange(rows[..taught]);
            test.AddRange(rows[taught..kept]);
        }

        var strange = train.Where(row => isStrange[row]).ToArray();
        random.Shuffle(strange);
        var known = strange.Take(ratio == 0 ? 0 : Math.Max(1, (int)Math.Round(ratio * strange.Length))).ToHashSet();
        var scores = LabelledOutliers.Score(table.Take(train), [.. train.Select(known.Contains)], table.Take(test));
        return RankingQuality.Measure(scores, [.. test.Select(row => isStrange[row])]);
    }
}
