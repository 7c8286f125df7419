namespace Cpf.Ml.Training.Certifications.Evaluation;

/// <summary>How well scores rank the outliers first.</summary>
/// <param name="Auroc">Area under the receiver operating characteristic: the chance that an outlier is above an
/// ordinary one; ties count a half. NaN with rows of one sort only.</param>
/// <param name="AveragePrecision">Mean over outliers of the precision down to each; equal scores are reached
/// together. NaN without outliers.</param>
internal readonly record struct RankingQuality(double Auroc, double AveragePrecision)
{
    /// <param name="scores">Higher is more anomalous.</param>
    /// <param name="isOutlier">Whether each row is an outlier.</param>
    public static RankingQuality Measure(double[] scores, bool[] isOutlier)
    {
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).ToArray();
        var outliers = isOutlier.Count(value => value);
        var (found, passed, area, precision) = (0, 0, 0.0, 0.0);
        for (var begin = 0; begin < order.Length;)
        {
            var (end, foundHere) = (begin, 0);
            for (; end < order.Length && scores[order[end]] == scores[order[begin]]; end++)
            {
                foundHere += isOutlier[order[end]] ? 1 : 0;
            }

            var passedHere = end - begin - foundHere;
            area += passedHere * (found + (foundHere / 2.0));
            (found, passed, begin) = (found + foundHere, passed + passedHere, end);
            precision += foundHere * ((double)found / end);
        }

        return new RankingQuality(area / ((double)outliers * passed), precision / outliers);
    }
}
