namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>A test that fired at a point.</summary>
/// <param name="Name">One of <see cref="SeriesTestNames"/>.</param>
/// <param name="PValue">Share of the test's past statistics that are as large, in (0, 1].</param>
/// <param name="Direction">+1 above the expected value, −1 below, 0 without direction.</param>
public readonly record struct TestFinding(string Name, double PValue, int Direction);

/// <summary>Lists the tests that fired at a point.</summary>
public static class PointFindings
{
    /// <summary>A test fires at a p-value of at most 1 in 100.</summary>
    private const double MaxPValue = 0.01;

    /// <summary>The tests that fired, rarest first; records before equally rare tests.</summary>
    /// <param name="assessment">The assessment of the point.</param>
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

        if (assessment.HasValue && assessment.IsWarm && assessment.ZeroPValue <= MaxPValue)
        {
            findings.Add(new TestFinding(SeriesTestNames.Zero, assessment.ZeroPValue, 0));
        }

        foreach (var test in Enum.GetValues<SeriesTest>())
        {
            var p = Math.Pow(10, -assessment.SurprisalOf(test));
            var direction = Math.Sign(assessment.Statistic(test));
            if (p <= MaxPValue)
            {
                findings.Add(new TestFinding(SeriesTestNames.NameOf(test),
                    p, test is SeriesTest.Sustained or SeriesTest.FlatLine or SeriesTest.Shape ? 0 : direction));
            }
        }

        return [.. findings.OrderBy(finding => finding.PValue)];
    }
}
