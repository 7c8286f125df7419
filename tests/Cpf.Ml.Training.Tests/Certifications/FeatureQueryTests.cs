using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class FeatureQueryTests(CertificationsWorld world) : IClassFixture<CertificationsWorld>
{
    private static readonly DateOnly April = new(2026, 4, 1);

    [Fact]
    public void Features_use_only_what_was_known_at_the_cutoff()
    {
        var before = world.Copy("before", new Dictionary<string, string>
        {
            ["purchases"] =
                "SELECT * REPLACE (CASE WHEN entered_on < '2026-04-01' THEN entered_on END AS entered_on, CASE WHEN "
                    + "cancelled_on < '2026-04-01' THEN cancelled_on END AS cancelled_on) FROM purchases WHERE "
                    + "ordered_at < '2026-04-01'",
            ["sessions"] = "SELECT s.* FROM sessions s JOIN purchases p USING (purchase_id) WHERE declared_at < "
                + "'2026-04-01' AND ordered_at < '2026-04-01'",
            ["exams"] =
                "SELECT e.* REPLACE (CASE WHEN transmitted_on < '2026-04-01' THEN transmitted_on END AS "
                    + "transmitted_on) FROM exams e JOIN purchases p USING (purchase_id) WHERE known_on < "
                    + "'2026-04-01' AND ordered_at < '2026-04-01'",
            ["complaints"] = "SELECT c.* FROM complaints c JOIN purchases p USING (purchase_id) WHERE received_on < "
                + "'2026-04-01' AND ordered_at < '2026-04-01'",
            ["reviews"] = "SELECT r.* FROM reviews r JOIN purchases p USING (purchase_id) WHERE written_at < "
                + "'2026-04-01' AND ordered_at < '2026-04-01'",
            ["habilitations"] = "SELECT * FROM habilitations WHERE begins_on < '2026-04-01'",
            ["bank_accounts"] = "SELECT * FROM bank_accounts WHERE begins_on < '2026-04-01'",
            ["subcontracting"] = "SELECT * FROM subcontracting WHERE known_on < '2026-04-01'",
            ["organisations"] = "SELECT * REPLACE (CASE WHEN delisted_on < '2026-04-01' THEN delisted_on END AS "
                + "delisted_on) FROM organisations WHERE created_on < '2026-04-01'",
            ["offers"] = "SELECT * REPLACE (CASE WHEN closed_on < '2026-04-01' THEN closed_on END AS closed_on) "
                + "FROM offers WHERE opened_on < '2026-04-01'",
            ["controls"] = "SELECT * FROM controls WHERE opened_on < '2026-04-01'",
            ["known_events"] = "SELECT * FROM known_events WHERE begins_on < '2026-04-01'",
        });
        using var past = PlatformData.Open(before, validate: false);
        var (set, other) = (
            world.Measure(April),
            FeatureQuery.Measure(past, April, CertificationMeasures.DaysOfQuarter));

        Assert.Equal(set.Certifications, other.Certifications);
        Assert.All(FeatureCatalogue.All, feature => Near(set.Values[feature.Id], other.Values[feature.Id]));
    }

    [Fact]
    public void Company_founded_after_the_cutoff_links_no_organisations()
    {
        var later = world.Copy("later", new Dictionary<string, string>
        {
            ["organisations"] = """
                SELECT * FROM organisations
                UNION ALL
                SELECT * REPLACE (
                  organisation_id || 'x' AS organisation_id, siren || 'x' AS siren, DATE '2026-05-01' AS created_on)
                FROM organisations
                """,
        });
        using var twins = PlatformData.Open(later, validate: false);

        Near(
            world.Measure(April).Values["F20"],
            FeatureQuery.Measure(twins, April, CertificationMeasures.DaysOfQuarter).Values["F20"]);
    }

    [Fact]
    public void Certification_sold_before_its_registration_is_left_out()
    {
        var early = world.Copy("early", new Dictionary<string, string>
        {
            ["certifications"] = "SELECT * REPLACE (CASE WHEN certification_id = (SELECT min(certification_id) FROM "
                + "certifications) THEN DATE '2027-01-01' ELSE registered_on END AS registered_on) FROM certifications",
        });
        using var data = PlatformData.Open(early, validate: false);
        var first = data.Connection.Query(
            "SELECT min(certification_id) FROM certifications", row => row.GetString(0)).Single();

        Assert.DoesNotContain(
            FeatureQuery.Measure(data, April, CertificationMeasures.DaysOfQuarter).Certifications,
            certification => certification.Id == first);
    }

    [Fact]
    public void Missing_column_makes_only_the_features_that_need_it_unknown()
    {
        var without = world.Copy(
            "without",
            new Dictionary<string, string>
            {
                ["purchases"] = "SELECT * EXCLUDE (balance) FROM purchases",
                ["exams"] = string.Empty,
            });
        using var part = PlatformData.Open(without, validate: false);
        var (set, other) = (
            world.Measure(April),
            FeatureQuery.Measure(part, April, CertificationMeasures.DaysOfQuarter));
        string[] gone = ["F05", "F06", "F37", "F38", "F39", "F45"];

        Assert.All(gone, id => Assert.All(other.Values[id], value => Assert.True(double.IsNaN(value))));
        Assert.All(
            FeatureCatalogue.All.Where(feature => !gone.Contains(feature.Id)),
            feature => Near(set.Values[feature.Id], other.Values[feature.Id]));
    }

    private static void Near(double[] expected, double[] actual) =>
        Assert.All(
            expected.Zip(actual),
            pair => Assert.True(
                pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= 1e-8 * Math.Abs(pair.First),
                $"{pair}"));

    [Fact]
    public void Every_feature_is_computable_for_somebody()
    {
        var set = world.Measure(CertificationsWorld.End);
        Assert.All(FeatureCatalogue.All, feature => Assert.Contains(set.Values[feature.Id], double.IsFinite));
    }

    [Theory]
    [InlineData(0.79, 0)]
    [InlineData(0.81, 1)]
    public void Organisation_that_subcontracts_beyond_the_law_counts_with_all_of_its_sales(
        double given, double share)
    {
        var text = world.Copy($"given{given}", new Dictionary<string, string>
        {
            ["subcontracting"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
                SELECT
                  organisation_id, 'S' AS subcontractor_id, min(certification_id) AS certification_id,
                  DATE '2026-06-01' AS known_on, (sum(p.price) * {given})::DECIMAL(18, 2) AS amount, true AS is_declared
                FROM purchases p JOIN offers USING (offer_id)
                WHERE p.ordered_at < '2026-06-01' AND p.ordered_at >= TIMESTAMP '2026-06-01' - INTERVAL 365 DAY
                GROUP BY organisation_id
                """),
        });
        using var data = PlatformData.Open(text, validate: false);
        var set = FeatureQuery.Measure(data, CertificationsWorld.End, CertificationMeasures.DaysOfQuarter);
        var (index, _) = set.Certifications.Index().MaxBy(certification => certification.Item.Dossiers);
        Assert.InRange(set.Values["F24"][index], 0.98 * share, share + 0.02);
    }

    [Fact]
    public void Sales_after_the_end_of_registration_or_quality_label_are_counted()
    {
        var ended = world.Copy("ended", new Dictionary<string, string>
        {
            ["certifications"] = "SELECT * REPLACE (DATE '2026-05-31' AS expires_on) FROM certifications",
            ["organisations"] = "SELECT * REPLACE (CASE WHEN organisation_id < (SELECT median(organisation_id) FROM "
                + "organisations) THEN DATE '2026-01-01' END AS qualiopi_until) FROM organisations",
        });
        using var data = PlatformData.Open(ended, validate: false);
        var set = FeatureQuery.Measure(data, CertificationsWorld.End, CertificationMeasures.DaysOfQuarter);
        var (index, one) = set.Certifications.Index().MaxBy(certification => certification.Item.Dossiers);
        var june = data.Connection.Query(
            "SELECT count(*) FILTER (ordered_at >= '2026-06-01') / count(*) FROM purchases JOIN offers USING "
                + "(offer_id) WHERE certification_id = $id AND ordered_at >= TIMESTAMP '2026-07-01' - INTERVAL 90 DAY",
            row => row.GetDouble(0),
            ("id", one.Id)).Single();
        Assert.InRange(set.Values["F47"][index], june - 1e-9, june + 1e-9);
        Assert.Equal(1, set.Values["F48"][index]); // of the others nothing is known
    }

    /// <summary>All prices of the largest certification rise on one day; the others' do not.</summary>
    [Theory]
    [InlineData("2026-05-04", 1.4)]
    [InlineData("2026-05-04", 0.7)]
    [InlineData("2025-10-06", 1.4)]
    public void Price_rise_is_measured_where_it_came_in_the_last_half_year(
        string day, double factor)
    {
        var largest = "(SELECT certification_id FROM purchases JOIN offers USING (offer_id) WHERE ordered_at >= "
            + "TIMESTAMP '2025-07-01' GROUP BY ALL ORDER BY count(*) DESC, certification_id LIMIT 1)";
        var risen = world.Copy($"risen{day}{factor}", new Dictionary<string, string>
        {
            ["purchases"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
                SELECT p.* REPLACE (
                  (CASE
                    WHEN o.certification_id = {largest} THEN 10 * o.hours
                      * (CASE WHEN ordered_at >= TIMESTAMP '{day}' THEN {factor} ELSE 1 END)
                      * (1 + 0.1 * sin(purchase_id))
                    ELSE p.price END)::DECIMAL(12, 2) AS price)
                FROM purchases p JOIN offers o USING (offer_id)
                """),
        });
        using var data = PlatformData.Open(risen, validate: false);
        var set = FeatureQuery.Measure(data, CertificationsWorld.End, CertificationMeasures.DaysOfQuarter);
        var id = data.Connection.Query($"SELECT {largest}", row => row.GetString(0)).Single();
        var index = set.Certifications.Index().Single(certification => certification.Item.Id == id).Index;
        var isSeen = factor > 1 && day.StartsWith("2026", StringComparison.Ordinal);
        Assert.InRange(
            set.Values["F49"][index], isSeen ? Math.Log(factor) - 0.05 : 0, isSeen ? Math.Log(factor) + 0.05 : 0);
    }

    [Fact]
    public void Measures_of_the_month_cover_30_days()
    {
        using var data = PlatformData.Open(world.Folder, validate: false);
        var measures = CertificationMeasures.At(data, CertificationsWorld.End);
        Assert.Equal((90, 30, 90), (measures.Quarter.Days, measures.Month.Days, measures.YearBefore.Days));
        Assert.Equal(
            data.Connection.Query("SELECT count(*) FROM purchases WHERE ordered_at >= TIMESTAMP '2026-07-01' - "
                + "INTERVAL 30 DAY AND ordered_at < '2026-07-01'", row => row.GetInt64(0)).Single(),
            measures.Month.Certifications.Sum(certification => certification.Dossiers));
    }

    /// <summary>Worked out by another statement than the feature's own.</summary>
    [Theory]
    [InlineData("F01", "SELECT avg(purchases.price) FROM purchases JOIN offers USING (offer_id) WHERE "
        + "certification_id = $id AND ordered_at >= TIMESTAMP '2026-07-01' - INTERVAL 90 DAY")]
    [InlineData(
        "F27",
        "SELECT count(*) FILTER (date_diff('day', account_created_on, ordered_at::DATE) <= 7) / count(*) FROM "
            + "purchases JOIN offers USING (offer_id) WHERE certification_id = $id AND ordered_at >= TIMESTAMP "
            + "'2026-07-01' - INTERVAL 90 DAY")]
    [InlineData(
        "F38",
        "SELECT count(*) FILTER (is_passed) / count(*) FILTER (held_on IS NOT NULL) FROM exams JOIN purchases USING "
            + "(purchase_id) JOIN offers USING (offer_id) WHERE certification_id = $id AND known_on >= DATE "
            + "'2026-07-01' - 90")]
    [InlineData(
        "F35",
        "SELECT count(*) FILTER (completion = 1) / count(*) FROM sessions JOIN purchases USING (purchase_id) JOIN "
            + "offers USING (offer_id) WHERE certification_id = $id AND declared_at >= TIMESTAMP '2026-07-01' - "
            + "INTERVAL 90 DAY")]
    [InlineData(
        "F50",
        "SELECT count(exam_on) / count(*) FROM sessions JOIN purchases USING (purchase_id) JOIN offers USING "
            + "(offer_id) WHERE certification_id = $id AND completion = 1 AND declared_at >= TIMESTAMP '2026-07-01' - "
            + "INTERVAL 90 DAY")]
    [InlineData(
        "F46",
        "SELECT count(*) FILTER (hours < (SELECT coalesce(any_value(c.minimum_hours), median(o.hours) FILTER "
            + "(p.ordered_at < TIMESTAMP '2026-07-01' - INTERVAL 90 DAY)) FROM certifications c JOIN offers o USING "
            + "(certification_id) JOIN purchases p USING (offer_id) WHERE certification_id = $id) / 2) / count(*) "
            + "FROM purchases JOIN offers USING (offer_id) WHERE certification_id = $id AND ordered_at >= TIMESTAMP "
            + "'2026-07-01' - INTERVAL 90 DAY")]
    public void Feature_equals_an_independent_query(string id, string sql)
    {
        using var data = PlatformData.Open(world.Folder, validate: false);
        var set = world.Measure(CertificationsWorld.End);
        foreach (var (index, certification) in set.Certifications.Index()
            .OrderByDescending(entry => entry.Item.Dossiers).Take(5))
        {
            var expected = data.Connection.Query(
                sql,
                row => Convert.ToDouble(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture),
                ("id", certification.Id)).Single();
            Assert.InRange(set.Values[id][index], expected * (1 - 1e-8), expected * (1 + 1e-8));
        }
    }
}
