using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Report;

public sealed class AuditSentencesTests
{
    [Theory]
    [InlineData(AuditMeasure.Exposure, -0.12, "seen 12% less than other offers that are as relevant")]
    [InlineData(AuditMeasure.Exposure, 0.12, "seen 12% more than other offers that are as relevant")]
    [InlineData(AuditMeasure.Doubling, 0.07, "the double gives 7% more exposure at equal relevance")]
    [InlineData(AuditMeasure.Answers, -0.5, "50% less than the same question asked elsewhere")]
    [InlineData(AuditMeasure.Share, 0.2, "20% of answers more than the same question asked elsewhere")]
    [InlineData(AuditMeasure.Distance, 0, "identical rankings, but for repetitions")]
    [InlineData(AuditMeasure.Elasticity, 1,
        "twice the offers at equal relevance give an organisation 2.00 times the exposure (elasticity 1.00)")]
    [InlineData(AuditMeasure.Distance, 0.125,
        "rankings that differ by 0.125 beyond repetitions (0: the same, 1: nothing in common)")]
    public void Effect_is_stated_with_its_size_and_direction(AuditMeasure measure, double effect, string sentence) =>
        Assert.Equal(sentence, AuditSentences.Finding(Line with { Measure = measure, Effect = effect }).En);

    [Fact]
    public void Effect_of_nothing_to_compare_is_its_reason()
    {
        Assert.Equal("Nothing to compare.", AuditSentences.Sentence(Line with { Effect = double.NaN }).En);
        Assert.Equal(
            "Trop peu.", AuditSentences.Sentence(Line with { Effect = double.NaN, Reason = new("trop peu", "") }).Fr);
    }

    [Fact]
    public void Pairs_of_which_one_form_finds_nothing_are_stated_beside_the_distance() => Assert.EndsWith(
        "; of 12 pairs 3 have a form without any result",
        AuditSentences.Finding(Line with { Measure = AuditMeasure.Distance, Unanswered = 3, Questions = 12 }).En,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(AuditMeasure.Exposure, 0.051, "+5.1%")]
    [InlineData(AuditMeasure.Exposure, -0.051, "−5.1%")]
    [InlineData(AuditMeasure.Elasticity, 0.5, "0.50")]
    [InlineData(AuditMeasure.Distance, 0.5, "0.500")]
    [InlineData(AuditMeasure.Distance, double.NaN, "—")]
    public void Amount_has_the_unit_of_its_measure(AuditMeasure measure, double value, string amount) =>
        Assert.Equal(amount, AuditSentences.Amount(Line with { Measure = measure }, value).En);

    [Theory]
    [InlineData(0.03, "once in 33")]
    [InlineData(0.9, "once in 2")]
    [InlineData(1e-7, "less than once in a million")]
    public void Chance_of_a_bias_is_stated_as_odds(double p, string odds) => Assert.Contains(
        $"Chance alone would do as much {odds}, all comparisons counted.",
        AuditSentences.Sureness(Line with { Verdict = NeutralityVerdict.Biased, AdjustedP = p }).En,
        StringComparison.Ordinal);

    [Fact]
    public void Neutrality_is_stated_with_what_is_ruled_out_and_what_would_have_been_seen() => Assert.Equal(
        "A difference of more than 5.0% is ruled out; one of 3.0% would have been seen four times in five.",
        AuditSentences.Sureness(Line with { Verdict = NeutralityVerdict.Neutral }).En);

    [Fact]
    public void Undecided_line_states_what_it_would_take()
    {
        Assert.EndsWith(
            "About 9,000 opportunities would be enough; the log has 1,000.",
            AuditSentences.Sureness(Line with { Needed = 9000 }).En,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "is too near the bound of 5.0% to decide.", AuditSentences.Sureness(Line).En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("volume", "Rotate organisations")]
    [InlineData("popularity", "Take past clicks and orders out")]
    [InlineData("text", "Bound the effect of the length")]
    [InlineData("context", "Find which datum of the person")]
    [InlineData("size", "Find which parameter of the ranking")]
    public void Each_bias_has_something_to_do_about_it(string dimension, string beginning) => Assert.StartsWith(
        beginning, AuditSentences.ToDo(Line with { Dimension = dimension }).En, StringComparison.Ordinal);

    [Fact]
    public void Explanation_states_what_is_left_and_how_much_of_the_gap_goes() => Assert.Equal(
        "At equal price, −4.0% would be left: 60% of the difference goes (95%: 40 to 80).",
        AuditSentences.Explanation(
            Line, new GapExplanation("price", new("à prix égal", "at equal price"), 0.6, 0.4, 0.8, -0.04)).En);

    internal static AuditLine Line { get; } = new(
        "size", new("Taille de l'organisme", "Size of the organisation"), "small", new("petits", "small"),
        AuditMeasure.Exposure, -0.1, -0.15, -0.05, 0.01, 0.02, 0.9, 0.03, 0.05, 1000, 50, 20,
        NeutralityVerdict.Inconclusive, null, null, []);
}
