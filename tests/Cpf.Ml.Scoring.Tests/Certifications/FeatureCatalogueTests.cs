using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class FeatureCatalogueTests
{
    /// <summary>A test on quarters and a distance of texts are no sums: they are computed beside the SQL.</summary>
    private static readonly string[] BesideSql = ["F10", "F42"];

    /// <summary>Where a learner lives is used for nothing; F29 and F30 of the field's usual list would.</summary>
    [Fact]
    public void Catalogue_has_48_features_and_none_of_the_residence_of_learners() =>
        Assert.Equal(
            Enumerable.Range(1, 50).Except([29, 30]).Select(number => $"F{number:D2}"),
            FeatureCatalogue.All.Select(feature => feature.Id).Order());

    [Fact]
    public void Each_feature_has_its_value_and_its_dossiers_in_the_sql_of_its_family() => Assert.All(
        FeatureCatalogue.All.Where(feature => !BesideSql.Contains(feature.Id)),
        feature =>
        {
            var sql = FeatureQuery.Text(feature.Family);
            Assert.Contains($"AS f{feature.Id[1..]}", sql, StringComparison.Ordinal);
            Assert.Contains($"AS n{feature.Id[1..]}", sql, StringComparison.Ordinal);
            Assert.Contains(
                $"f{feature.Id[1..]} ",
                sql[..sql.IndexOf("SELECT", StringComparison.Ordinal)],
                StringComparison.Ordinal);
        });

    [Fact]
    public void Tables_and_columns_that_a_feature_needs_are_optional_in_the_contract() => Assert.All(
        FeatureCatalogue.All.SelectMany(feature => feature.Needs),
        need =>
        {
            var parts = need.Split('.');
            var table = PlatformContract.Table(parts[0]);
            Assert.True(
                parts.Length == 1
                    ? table.IsOptional
                    : table.IsOptional || table.Columns.Single(column => column.Name == parts[1]).IsOptional,
                need);
        });

    [Fact]
    public void Every_feature_is_worded_in_French_and_English() => Assert.All(FeatureCatalogue.All, feature =>
    {
        Assert.NotEmpty(feature.Name.Fr);
        Assert.NotEqual(feature.Name.Fr, feature.Name.En);
        Assert.NotEqual(feature.Check.Fr, feature.Check.En);
    });
}
