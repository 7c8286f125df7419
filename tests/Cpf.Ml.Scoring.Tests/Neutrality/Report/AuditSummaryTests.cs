using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Report;

public sealed class AuditSummaryTests
{
    private static readonly AuditLine Neutral =
        AuditSentencesTests.Line with { Verdict = NeutralityVerdict.Neutral };

    private static readonly AuditLine Biased = AuditSentencesTests.Line with { Verdict = NeutralityVerdict.Biased };

    [Fact]
    public void Headline_counts_biases_in_the_singular_and_the_plural()
    {
        Assert.Equal("The engine is not neutral: one bias is proven.", AuditSummary.Headline(Report(Biased)).En);
        Assert.Equal(
            "Le moteur n'est pas neutre : 2 biais sont prouvés.",
            AuditSummary.Headline(Report(Biased, Neutral, Biased)).Fr);
    }

    [Fact]
    public void Engine_is_neutral_when_all_that_could_be_compared_is_proven()
    {
        var open = AuditSentencesTests.Line;
        var impossible = open with { Reason = new("r", "r") };
        Assert.StartsWith(
            "The engine is neutral in everything",
            AuditSummary.Headline(Report(Neutral, impossible, open with { Dimension = "organisation" })).En,
            StringComparison.Ordinal);
        const string undecided = "No bias is proven, and neutrality is not proven everywhere.";
        Assert.Equal(undecided, AuditSummary.Headline(Report(Neutral, open)).En);
        Assert.Equal(undecided, AuditSummary.Headline(Report()).En);
    }

    [Fact]
    public void Biases_of_whole_dimensions_come_before_crossed_ones_and_organisations_the_largest_first()
    {
        var report = Report(
            Biased with { Dimension = "organisation", Effect = 0.9 },
            Biased with { Dimension = "size-modality", Effect = 0.5 },
            Biased with { Dimension = "price", Effect = -0.2 },
            Biased with { Dimension = "region", Effect = 0.4 },
            Neutral);
        Assert.Equal(
            ["region", "price", "size-modality", "organisation"],
            AuditSummary.Biases(report).Select(line => line.Dimension));
    }

    [Fact]
    public void Sentences_name_what_is_neutral_throughout_and_how_much_more_the_rest_takes()
    {
        var sentences = AuditSummary.Sentences(Report(
            Neutral with { Name = new("Prix", "Price"), Dimension = "price" },
            Neutral,
            AuditSentencesTests.Line with { Needed = 3500 })).Select(sentence => sentence.En).ToList();
        Assert.Equal(
            [
                "3 comparisons: 0 biases, 2 proven neutral, 1 inconclusive.",
                "Neutral throughout: price.",
                "To decide the rest would take up to 4 times as many searches.",
            ],
            sentences);
    }

    private static AuditReport Report(params ImmutableArray<AuditLine> lines)
    {
        var report = AuditReport.Create(SearchLogSample.InMemory([], organisations: 1), new(), "1.0");
        return report with { Lines = lines };
    }
}
