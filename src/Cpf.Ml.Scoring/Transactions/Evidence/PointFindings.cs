namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <param name="Name">One of <see cref="SeriesTestNames"/>.</param>
/// <param name="PValue">How rare such a statistic is in the test's own past, in (0, 1].</param>
/// <param name="Direction">+1 above what is usual, −1 below, 0 without direction.</param>
public readonly record struct TestFinding(string Name, double PValue, int Direction);

/// <summary>Says which tests fired at a point.</summary>
public static class PointFindings
{
    /// <summary>A test fires at a statistic that comes in less than one point in a hundred.</summary>
    private const double Fires = 0.01;

    /// <summary>The tests that fired, rarest first; records before equally rare tests.</summary>
    public static IReadOnlyList<TestFinding> FiredTests(this in PointAssessment assessment)
    {
        var findings = new List<TestFinding>();
        foreach (var record in assessment.Records)
        {
            // A value that follows n others exceeds them all on either side with a probability of 2/(n + 1).
            if (Math.Abs(record) > RecordRange.Tolerance)
            {
                findings.Add(new TestFinding(
                    SeriesTestNames.Record, Math.Min(1, 2.0 / (assessment.Count + 1)), Math.Sign(record)));
                break;
            }
        }

        foreach (var test in Enum.GetValues<SeriesTest>())
        {
            var p = Math.Pow(10, -assessment.EvidenceOf(test));
            var direction = Math.Sign(assessment.Statistic(test));
            if (p <= Fires)
            {
                findings.Add(new TestFinding(SeriesTestNames.NameOf(test),
                    p, test is SeriesTest.Sustained or SeriesTest.FlatLine or SeriesTest.Shape ? 0 : direction));
            }
        }

        return [.. findings.OrderBy(finding => finding.PValue)];
    }
}
