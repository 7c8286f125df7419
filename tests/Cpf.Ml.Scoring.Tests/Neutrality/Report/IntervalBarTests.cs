using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Report;

public sealed class IntervalBarTests
{
    private static readonly AuditLine Line = AuditSentencesTests.Line;

    [Fact]
    public void Effect_of_a_tenth_less_lies_at_three_tenths_of_a_scale_to_a_quarter()
    {
        // 220 wide from −25 % to +25 %: −10 % at 66, its interval from 44 to 88, the tolerance from 88 to 132.
        var bar = IntervalBar.Svg(Line, "words");
        Assert.Contains("<rect x=\"62\" y=\"7\"", bar, StringComparison.Ordinal);
        Assert.Contains("M44 11H88", bar, StringComparison.Ordinal);
        Assert.Contains("<rect x=\"88\" y=\"0\" width=\"44\"", bar, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NeutralityVerdict.Biased, "<path d=\"M66 5L72 11L66 17L60 11Z\"")]
    [InlineData(NeutralityVerdict.Neutral, "<circle cx=\"66\"")]
    [InlineData(NeutralityVerdict.Inconclusive, "<rect x=\"62\"")]
    public void Verdict_is_seen_by_its_shape_and_not_only_its_colour(NeutralityVerdict verdict, string shape) =>
        Assert.Contains(shape, IntervalBar.Svg(Line with { Verdict = verdict }, "words"), StringComparison.Ordinal);

    [Fact]
    public void Interval_beyond_the_scale_ends_in_an_arrow_at_its_edge()
    {
        const string leftArrow = "M6 6L0 11L6 16", rightArrow = "M214 6L220 11L214 16";
        var both = IntervalBar.Svg(Line with { Low = -0.5, High = 0.5 }, "words");
        Assert.Contains(leftArrow, both, StringComparison.Ordinal);
        Assert.Contains(rightArrow, both, StringComparison.Ordinal);
        Assert.DoesNotContain(leftArrow, IntervalBar.Svg(Line, "words"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AuditMeasure.Exposure, "+25\u00a0%")]
    [InlineData(AuditMeasure.Elasticity, "+1.2")]
    [InlineData(AuditMeasure.Distance, "+0.25")]
    public void Scale_ends_at_a_number_of_its_measure(AuditMeasure measure, string edge) =>
        Assert.Contains($">{edge}<", IntervalBar.Svg(Line with { Measure = measure }, "w"), StringComparison.Ordinal);

    [Fact]
    public void Title_is_encoded_and_nothing_to_compare_has_no_picture()
    {
        Assert.Contains("<title>a &lt; b</title>", IntervalBar.Svg(Line, "a < b"), StringComparison.Ordinal);
        Assert.Empty(IntervalBar.Svg(Line with { Effect = double.NaN }, "words"));
    }
}
