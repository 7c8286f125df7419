using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class ExposureStrataTests
{
    /// <summary>Questions without ties, their offers in any order.</summary>
    private static readonly Gen<SearchLog> Untied = Gen.Shuffle(Enumerable.Range(0, 9).ToArray()).Array[2, 6].Select(
        orders => SearchLogSample.InMemory(
            [.. orders.SelectMany((order, question) => Enumerable.Range(0, 9).Select(
                i => Unit(question, 1 - (i / 10.0), i, BrowsingModel.Logarithmic(order[i] + 1))))],
            organisations: 9));

    [Fact]
    public void Ties_stand_by_themselves_and_the_others_in_sixes_of_neighbours()
    {
        // Relevance 9, then three ties, then eight different ones.
        double[] relevance = [9, 8, 8, 8, 7, 6.5, 6, 5, 4, 3, 2, 1];
        var strata = ExposureStrata.Build(SearchLogSample.InMemory(
            [.. relevance.Select((value, i) => Unit(0, value, i, BrowsingModel.Logarithmic(i + 1)))],
            organisations: 3));
        Assert.Equal([0, 1, 4, 10, 12], strata.Starts);
        Assert.Equal((4, 1), (strata.Count, strata.Tied));
    }

    [Fact]
    public void Questions_and_searches_whose_relevance_differs_are_never_compared()
    {
        var strata = ExposureStrata.Build(SearchLogSample.InMemory(
            [
                new(0, 4, 1, 0, 1, 1, 1, 0), new(0, 4, 1, 1, 1, 0.5, 1, 0),
                new(0, 5, 1, 0, 1, 1, 1, 0), new(0, 5, 1, 1, 1, 0.5, 1, 0), Unit(1, 1, 0, 1), Unit(1, 1, 1, 0.5),
            ],
            organisations: 2));
        Assert.Equal([0, 2, 4, 6], strata.Starts);
    }

    [Fact]
    public void Exposure_of_ties_is_as_it_was() => Gen.Double[0, 1].Array[2, 8].Sample(exposures => Assert.Equal(
        exposures,
        ExposureStrata.Build(SearchLogSample.InMemory(
            [.. exposures.Select((exposure, i) => Unit(0, 1, i, exposure))], organisations: 2)).Exposure));

    [Fact]
    public void Engine_that_sorts_by_relevance_leaves_neighbours_with_the_same_exposure()
    {
        var strata = ExposureStrata.Build(SearchLogSample.InMemory(
            [.. Enumerable.Range(0, 3).SelectMany(question => Enumerable.Range(0, 6).Select(
                i => Unit(question, 1 - (i / 10.0), i, BrowsingModel.Logarithmic(i + 1))))],
            organisations: 6));
        var mean = Enumerable.Range(1, 6).Average(BrowsingModel.Logarithmic);
        Assert.All(strata.Exposure, exposure => Assert.Equal(mean, exposure, 12));
    }

    [Fact]
    public void What_relevance_explains_is_moved_within_a_stratum_and_never_out_of_it() => Untied.Sample(log =>
    {
        var strata = ExposureStrata.Build(log);
        for (var s = 0; s < strata.Count; s++)
        {
            var units = Enumerable.Range(strata.Starts[s], strata.Starts[s + 1] - strata.Starts[s]).ToList();
            Assert.Equal(units.Sum(i => log.Units[i].Exposure), units.Sum(i => strata.Exposure[i]), 1e-9);
        }
    });

    [Fact]
    public void Empty_log_has_no_stratum() =>
        Assert.Equal(0, ExposureStrata.Build(SearchLogSample.InMemory([], organisations: 1)).Count);

    private static ExposureUnit Unit(int question, double relevance, int offer, double exposure) =>
        new(question, -1, relevance, offer, 1, exposure, 1, 0);
}
