using Cpf.Ml.Scoring.Neutrality.Audit;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class ClusterSumsTests
{
    private static readonly Gen<(int Question, int Organisation, double Term)[]> Terms = Gen.Select(
        Gen.Int[0, 7], Gen.Int[0, 5], Gen.Double[-1, 1]).Array[2, 60].Where(
            terms => terms.DistinctBy(term => term.Item1).Count() > 1
                && terms.DistinctBy(term => term.Item2).Count() > 1);

    [Fact]
    public void Variance_is_that_of_questions_and_organisations_less_their_cells() => Terms.Sample(terms =>
    {
        // Cameron, Gelbach and Miller (2011), with the correction n/(n − 1) of each way.
        double Squares<TKey>(Func<(int Question, int Organisation, double Term), TKey> key) =>
            terms.GroupBy(key).Sum(group => Math.Pow(group.Sum(term => term.Term), 2));
        double Corrected(double squares, int clusters) => squares * clusters / (clusters - 1);
        var (questions, organisations) = (
            terms.DistinctBy(term => term.Question).Count(), terms.DistinctBy(term => term.Organisation).Count());
        var byQuestion = Corrected(Squares(term => term.Question), questions);
        var byOrganisation = Corrected(Squares(term => term.Organisation), organisations);
        var both = byQuestion + byOrganisation - Squares(term => (term.Question, term.Organisation));
        var total = Sums(terms).Total(byOrganisation: true);
        Assert.Equal(Math.Max(byQuestion, Math.Max(byOrganisation, both)), total.Variance, 1e-9);
        Assert.Equal(byQuestion, Sums(terms).Total(byOrganisation: false).Variance, 1e-9);

        // Between two variances that are equal up to rounding either number of degrees is right.
        var larger = Math.Max(byOrganisation, both);
        if (Math.Abs(larger - byQuestion) > 1e-9)
        {
            Assert.Equal(
                larger > byQuestion ? Math.Min(questions, organisations) - 1 : questions - 1, total.Degrees);
        }
    });

    [Fact]
    public void Terms_that_are_all_apart_have_the_sum_of_their_squares()
    {
        var sums = Sums([(0, 0, 1), (1, 1, -2), (2, 2, 1)]);
        Assert.Equal((9.0, 2.0), sums.Total(byOrganisation: false));
        Assert.Equal(3, sums.Questions);
    }

    [Fact]
    public void Terms_of_one_organisation_that_cancel_out_within_a_question_say_nothing() => Assert.Equal(
        0, Sums([(0, 0, 1), (0, 0, -1), (1, 0, 2), (1, 0, -2)]).Total(byOrganisation: false).Variance, 12);

    [Fact]
    public void One_question_has_no_variance_that_could_be_known() =>
        Assert.Equal(double.PositiveInfinity, Sums([(0, 0, 1), (0, 1, -1)]).Total(byOrganisation: false).Variance);

    [Fact]
    public void Organisation_that_moves_all_questions_alike_widens_the_error()
    {
        // Two organisations, one always above and one always below: as sure as two organisations, not as twenty.
        var terms = Enumerable.Range(0, 20).SelectMany(
            question => new[] { (question, 0, 1 + (0.1 * (question % 2))), (question, 1, -1.0) }).ToList();
        var total = Sums(terms).Total(byOrganisation: true);
        Assert.True(total.Variance > 100 * Sums(terms).Total(byOrganisation: false).Variance);
        Assert.Equal(1, total.Degrees);
    }

    private static ClusterSums Sums(IEnumerable<(int Question, int Organisation, double Term)> terms)
    {
        var sums = new ClusterSums(organisations: 6);
        foreach (var (question, organisation, term) in terms.OrderBy(term => term.Question))
        {
            sums.Add(question, organisation, term);
        }

        return sums;
    }
}
