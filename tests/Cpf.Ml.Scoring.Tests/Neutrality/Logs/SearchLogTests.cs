using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Logs;

public sealed class SearchLogTests : IDisposable
{
    private static readonly string[] Organisations = ["o1,small", "o2,large"];
    private static readonly string[] Offers = ["a,o1,onsite,", "b,o2,remote,", "c,o9,onsite,", "d,o1,,", "e,o2,,"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cpf-ml-");

    [Fact]
    public void Exposure_is_summed_over_searches_of_a_question_and_unshown_offers_add_nothing()
    {
        var log = SearchLogSample.Read(
            [
                "s1,2026-06-01 10:00:00,anglais,44,,,",
                "s2,2026-06-02 10:00:00,anglais,44,,,",
                "s3,2026-06-03 10:00:00,anglais,35,,,",
            ],
            ["s1,a,1,1,true", "s1,b,2,1,", "s1,d,,0.5,", "s2,b,1,1,", "s2,a,2,1,", "s3,a,1,1,"], Offers, Organisations);
        Assert.Equal(["35", "44"], log.Questions.Select(question => question.Filters));
        var units = log.Units.Where(unit => unit.Question == 1).ToList();
        Assert.Equal(
            [("a", 2), ("b", 2), ("d", 1)], units.Select(unit => (log.Offers[unit.Offer].Id, unit.Opportunities)));
        Assert.Equal(
            [1 + (1 / Math.Log2(3)), 1 + (1 / Math.Log2(3)), 0], units.Select(unit => unit.Exposure), new Near());
        Assert.Equal((1, 0), (units[0].Clicks, units[1].Clicks));
        Assert.Empty(log.Counts.LeftOut);
    }

    [Fact]
    public void Every_omission_is_counted_by_its_rule()
    {
        var log = SearchLogSample.Read(
            [
                "good,2026-06-01 10:00:00,q,,,,", "gap,2026-06-01 10:00:00,q,,,,", "twice,2026-06-01 10:00:00,q,,,,",
                "flat,2026-06-01 10:00:00,q,,,,", "none,2026-06-01 10:00:00,q,,,,", "hidden,2026-06-01 10:00:00,q,,,,",
            ],
            [
                "good,a,1,1,",
                "good,a,3,1,",
                "good,b,2,,",
                "good,c,4,1,",
                "good,x,3,1,",
                "good,d,,1,true",
                "lost,a,1,1,",
                "lost,b,2,1,",
                "gap,a,1,1,",
                "gap,b,3,1,",
                "twice,a,1,1,",
                "twice,b,1,1,",
                "flat,a,1,0,",
                "flat,b,2,0,",
                "hidden,a,,1,",
            ], Offers, Organisations);
        var counts = log.Counts;
        Assert.Equal((6, 15), (counts.Searches, counts.Impressions));
        Assert.Equal((1, 2, 2), (counts.Repeated, counts.OfUnknownSearch, counts.Broken));
        Assert.Equal((2, 1), (counts.Empty, counts.Flat)); // one without any row, one without a rank
        Assert.Equal((1, 1), (counts.OfUnknownOffer, counts.OfUnknownOrganisation));
        Assert.Equal((1, 1, 3), (counts.WithoutRelevance, counts.ClickedUnseen, counts.Kept));
        Assert.Equal(["a", "d"], log.Units.Select(unit => log.Offers[unit.Offer].Id));
        Assert.Equal(9, counts.LeftOut.Length);
        Assert.Contains(
            "2 recherches dont les rangs ne se suivent pas de 1 en 1 : écartées, l'exposition du reste étant inconnue.",
            counts.LeftOut.Select(sentence => sentence.Fr));
    }

    [Fact]
    public void Invalid_value_is_refused_with_file_line_and_column()
    {
        SearchLogSample.Write(
            _folder.FullName, ["s1,2026-06-01 10:00:00,q,,,,"], ["s1,a,first,1,", "s1,b,0,-1,"], Offers, Organisations);
        var refused = Assert.Throws<PlatformDataException>(
            () => Cpf.Ml.Scoring.Neutrality.Logs.SearchLog.Read(_folder.FullName));
        Assert.Contains(
            "impressions.csv, line 2, column rank: «first» is no whole number.",
            refused.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "impressions.csv, line 3, column relevance: «-1» is less than 0.",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_log_is_read()
    {
        var log = SearchLogSample.Read([], [], [], []);
        Assert.Empty(log.Units);
        Assert.Equal(0, log.Counts.Searches);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-12;

        public int GetHashCode(double value) => 0;
    }
}
