using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Report;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class AuditTests
{
    private static readonly double Second = 1 / Math.Log2(3);
    private static readonly double Third = 0.5;

    [Fact]
    public void Parity_ratio_is_exposure_per_offer_at_equal_relevance()
    {
        // Of each question: one large and two small; the large one stands first, first, and second.
        var strata = ExposureStrata.Build(SearchLogSample.OfOrders("Aab", "Bcd", "eCf"));
        Assert.Equal((3, 3), (strata.Count, strata.Tied));
        var parity = ExposureParity.Estimate(strata, SearchLogSample.Large(strata.Log), byOrganisation: true)!;
        Assert.Equal(2 * (1 + 1 + Second) / ((2 * (Second + Third)) + 1 + Third), Math.Exp(parity.Ratio.Value), 12);
        Assert.Equal((3, 3, 3, 6), (parity.Opportunities, parity.Questions, parity.Organisations, parity.Others));
    }

    [Fact]
    public void Permutations_of_ties_are_listed_where_they_are_few()
    {
        // Large first in two questions of two offers: of four labellings two are as far from even.
        var strata = ExposureStrata.Build(SearchLogSample.OfOrders("Aa", "Bb"));
        Assert.Equal(
            0.5, ExposureParity.Estimate(strata, SearchLogSample.Large(strata.Log), byOrganisation: true)!.PermutationP,
            12);
        Assert.Equal(1.0 / 3, StratifiedPermutation.PValue([[(1, true), (0, false), (-1, false)]]) / 2, 12);
    }

    [Theory]
    [InlineData(30, 0.02)]
    [InlineData(200, 0.002)]
    public void Permutations_that_are_drawn_or_approximated_agree_with_the_exact_binomial(int questions, double slack)
    {
        // In each of n questions of two offers the large one is first in k: a sign test.
        var k = (questions / 2) + (questions / 10);
        var exact = 2 * Enumerable.Range(k, questions - k + 1)
            .Sum(i => Math.Exp(MathNet.Numerics.SpecialFunctions.BinomialLn(questions, i) - (questions * Math.Log(2))));
        var p = StratifiedPermutation.PValue(
            [.. Enumerable.Range(0, questions)
                .Select(i => i < k ? new[] { (0.5, true), (-0.5, false) } : [(-0.5, true), (0.5, false)])]);
        Assert.InRange(p, exact - slack, exact + slack);
    }

    [Fact]
    public void Group_that_is_never_shown_is_biased_rather_than_left_out()
    {
        var lines = Audit(
            [.. Enumerable.Range(0, 40).Select(i => Rotated("abcdefgh", i) + "." + Rotated("ABCDEFGH", i))]);
        var large = lines.Single(line => line.Dimension == "size");
        Assert.Equal(NeutralityVerdict.Biased, large.Verdict);
        Assert.True(Math.Abs(large.Effect) > 0.9);
    }

    [Fact]
    public void Group_of_too_few_organisations_is_inconclusive_with_the_reason()
    {
        var line = Audit([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "Aabcdef" : "fedcbaA")]).Single(
            item => item.Dimension == "size");
        Assert.Equal(NeutralityVerdict.Inconclusive, line.Verdict);
        Assert.Equal("1 organismes d'un côté : il en faut 5 pour parler de leur groupe.", line.Reason!.Value.Fr);
    }

    [Fact]
    public void Too_few_questions_are_inconclusive_and_say_how_many_opportunities_would_do()
    {
        var line = Audit([.. Enumerable.Range(0, 6).Select(i => Rotated("AaBbCcDdEeFfGg", 3 * i))]).Single(
            item => item.Dimension == "size");
        Assert.Equal(NeutralityVerdict.Inconclusive, line.Verdict);
        Assert.True(line.Needed > line.Opportunities);
        Assert.Contains("6 questions où comparer", line.Reason!.Value.Fr, StringComparison.Ordinal);
        Assert.Contains("occasions ; le journal en a 42", AuditSentences.Sureness(line).Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void An_even_rotation_is_proven_neutral()
    {
        var lines = Audit(
            [.. Enumerable.Range(0, 280)
                .Select(i => Rotated(i % 2 == 0 ? "AaBbCcDdEeFfGg" : "aAbBcCdDeEfFgG", i / 2))]);
        Assert.Equal(NeutralityVerdict.Neutral, lines.Single(line => line.Dimension == "size").Verdict);
        Assert.DoesNotContain(lines, line => line.Verdict == NeutralityVerdict.Biased);
    }

    [Fact]
    public void Twice_the_offers_for_twice_the_exposure_is_an_elasticity_of_one()
    {
        // Offers in even rotation, one organisation with four of ten: exposure is by offer.
        const string offers = "abcdefghij";
        var log = SearchLogSample.Read(
            Enumerable.Range(0, 40).Select(i => $"s{i},2026-06-01 10:00:00,q{i:D3},,,,"),
            Enumerable.Range(0, 40).SelectMany(
                i => Rotated(offers, i).Select(
                    (offer, rank) => string.Create(CultureInfo.InvariantCulture, $"s{i},{offer},{rank + 1},1,"))),
            offers.Select(offer => $"{offer},{(offer < 'e' ? "flood" : $"o{offer}")},,"),
            offers.Where(offer => offer >= 'e').Select(offer => $"o{offer},").Append("flood,"));
        Assert.Equal(1, ExposureSlope.EstimateVolume(ExposureStrata.Build(log))!.Slope.Value, 9);
        Assert.Null(ExposureSlope.Estimate(ExposureStrata.Build(log), offer => log.Offers[offer].Popularity));
    }

    [Fact]
    public void Popularity_has_a_slope_only_where_it_pulls_up_among_equals()
    {
        double Slope(Func<int, string> order)
        {
            var log = SearchLogSample.Read(
                Enumerable.Range(0, 40).Select(i => $"s{i},2026-06-01 10:00:00,q{i:D3},,,,"),
                Enumerable.Range(0, 40).SelectMany(
                    i => order(i).Select(
                        (offer, rank) => string.Create(CultureInfo.InvariantCulture, $"s{i},{offer},{rank + 1},1,"))),
                "abcdef".Select(
                    offer => string.Create(
                        CultureInfo.InvariantCulture, $"{offer},o{offer},,{(int)Math.Pow(2, offer - 'a')}")),
                "abcdef".Select(offer => $"o{offer},"));
            return ExposureSlope.Estimate(
                ExposureStrata.Build(log), offer => Math.Log2(1 + log.Offers[offer].Popularity!.Value))!.Slope.Value;
        }

        Assert.True(Slope(_ => "fedcba") > 0.1);
        Assert.InRange(Slope(i => Rotated("abcdef", i)), -0.01, 0.01);
    }

    [Fact]
    public void Neighbours_by_relevance_are_compared_with_relevance_taken_off()
    {
        // No ties, sorted by relevance alone; small ones are a little less relevant throughout, which is no bias.
        var random = new Random(3);
        var lines = NeutralityAudit.Run(Continuous(random, penalty: 0), new AuditSettings());
        Assert.NotEqual(NeutralityVerdict.Biased, lines.Single(line => line.Dimension == "size").Verdict);
        Assert.InRange(lines.Single(line => line.Dimension == "size").Effect, -1e-9, 1e-9);
        Assert.Equal(
            NeutralityVerdict.Biased,
            NeutralityAudit.Run(Continuous(random, penalty: 0.1), new AuditSettings())
                .Single(line => line.Dimension == "size").Verdict);
    }

    [Fact]
    public void A_context_that_gets_another_order_is_found_and_one_that_does_not_is_proven_neutral()
    {
        Scoring.Neutrality.Logs.SearchLog Log(Func<int, string, string> order) => SearchLogSample.Read(
            Enumerable.Range(0, 20).SelectMany(
                i => new[] { "mobile", "desk" }.SelectMany(
                    context => new[] { 0, 1 }.Select(
                        again => $"s{i}-{context}-{again},2026-06-01 10:00:00,q{i:D3},,{context},,"))),
            Enumerable.Range(0, 20).SelectMany(
                i => new[] { "mobile", "desk" }.SelectMany(
                    context => new[] { 0, 1 }.SelectMany(
                        again => order(i, context).Select(
                            (offer, rank) => string.Create(
                                CultureInfo.InvariantCulture, $"s{i}-{context}-{again},{offer},{rank + 1},1,"))))),
            "abcdef".Select(offer => $"{offer},o{offer},,"), "abcdef".Select(offer => $"o{offer},"));
        Assert.Equal(
            NeutralityVerdict.Neutral,
            NeutralityAudit.Run(Log((i, _) => Rotated("abcdef", i)), new AuditSettings())
                .Single(line => line.Dimension == "context").Verdict);
        var biased = NeutralityAudit.Run(
            Log((i, context) => context == "mobile" && i < 15 ? "fedcba" : "abcdef"),
            new AuditSettings()).Single(line => line.Dimension == "context");
        Assert.Equal((NeutralityVerdict.Biased, 20), (biased.Verdict, biased.Questions));
        Assert.True(biased.Effect > 0.2);
    }

    [Fact]
    public void Report_round_trips_as_JSON_and_lists_its_changes()
    {
        var log = SearchLogSample.OfOrders(
            [.. Enumerable.Range(0, 40).Select(i => Rotated("abcdefgh", i) + Rotated("ABCDEFGH", i))]);
        var report = AuditReport.Create(log, new AuditSettings(), "1.0");
        var again = AuditReport.Parse(report.ToJson());
        Assert.Equal(report.ToJson(), again.ToJson());
        Assert.Equal(NeutralityVerdict.Biased, again.Verdict);
        Assert.Empty(again.ChangesSince(report));
        var before = report with
        {
            Lines = [.. report.Lines.Select(line => line with { Verdict = NeutralityVerdict.Inconclusive })],
        };
        Assert.Contains(
            report.ChangesSince(before),
            change => change is { Now.Dimension: "size", Before.Verdict: NeutralityVerdict.Inconclusive });
        foreach (var language in new[] { "fr", "en" })
        {
            var html = AuditHtml.Render(report, before, language);
            Assert.Contains(
                language == "fr" ? "Le moteur n&#x27;est pas neutre" : "The engine is not neutral",
                html,
                StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Report_escapes_the_texts_of_the_log()
    {
        var log = SearchLogSample.Read(
            Enumerable.Range(0, 12).Select(i => $"s{i},2026-06-01 10:00:00,<script>alert({i})</script>,,,,"),
            Enumerable.Range(0, 12).SelectMany(
                i => "abcdefghijkl".Select(
                    (offer, rank) => string.Create(CultureInfo.InvariantCulture, $"s{i},{offer},{rank + 1},1,"))),
            "abcdefghijkl".Select(offer => $"{offer},<b>{offer},{(offer < 'g' ? "onsite" : "remote")},"),
            "abcdefghijkl".Select(offer => $"<b>{offer},"));
        var html = AuditHtml.Render(AuditReport.Create(log, new AuditSettings(), "1.0"), null, "fr");
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    private static System.Collections.Immutable.ImmutableArray<AuditLine> Audit(IReadOnlyList<string> orders) =>
        NeutralityAudit.Run(SearchLogSample.OfOrders(orders), new AuditSettings());

    private static string Rotated(string order, int by) => order[(by % order.Length)..] + order[..(by % order.Length)];

    private static Scoring.Neutrality.Logs.SearchLog Continuous(Random random, double penalty)
    {
        var offers = "abcdefghijABCDEFGHIJ";
        var impressions = new List<string>();
        for (var i = 0; i < 150; i++)
        {
            var drawn = offers.Select(
                offer => (offer, Relevance: random.NextDouble() * (char.IsUpper(offer) ? 1 : 0.9))).ToList();
            impressions.AddRange(
                drawn.OrderByDescending(row => row.Relevance - (char.IsUpper(row.offer) ? 0 : penalty)).Select(
                    (row, rank) => string.Create(
                        CultureInfo.InvariantCulture,
                        $"s{i},{row.offer},{(rank < 12 ? rank + 1 : "")},{row.Relevance},")));
        }

        return SearchLogSample.Read(
            Enumerable.Range(0, 150).Select(i => $"s{i},2026-06-01 10:00:00,q{i % 30:D3},,,,"),
            impressions,
            offers.Select(offer => $"{offer},o{offer},,"),
            offers.Select(offer => $"o{offer},{(char.IsUpper(offer) ? "large" : "small")}"));
    }
}
