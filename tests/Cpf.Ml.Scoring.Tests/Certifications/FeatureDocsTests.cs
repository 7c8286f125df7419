using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Tests.Certifications;

/// <summary>
/// <c>docs/certification-features.md</c> says what the catalogue says. <c>CPFML_WRITE_DOCS=1</c> writes it.
/// </summary>
public sealed class FeatureDocsTests
{
    [Fact]
    public void Feature_page_equals_the_catalogue()
    {
        var path = Repository.In("docs/certification-features.md");
        if (Environment.GetEnvironmentVariable("CPFML_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, Page());
        }

        Assert.Equal(Page(), File.ReadAllText(path));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # What is measured of a certification

            Written from `src/Cpf.Ml.Scoring/Certifications/Features/FeatureCatalogue.cs` by a test;
            each family is a readable statement in the `.sql` file of its name beside it, which says how every
            feature is computed and over which days.
            Age, sex, nationality and residence of learners are used for nothing.

            A *share* is compared by the beta-binomial tail of so many dossiers among peers; a *ratio* by its
            logarithm, a *number* as it is, in robust deviations. Where a law sets a limit, a value beyond it is told
            first, as a fact.


            """);
        foreach (var family in FeatureCatalogue.All.GroupBy(feature => feature.Family))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {family.Key}\n\n`{family.Key}.sql`\n\n| id | what | "
                + $"compared as | suspicious | not computable without | law |\n|---|---|---|---|---|---|\n");
            foreach (var feature in family)
            {
                var limit = feature.Limit is { } value ? string.Create(
                    CultureInfo.InvariantCulture,
                    $", a fact from {value:P0} on").Replace(" %", "%", StringComparison.Ordinal) : string.Empty;
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| {feature.Id} | {feature.Name.En} | {feature.Kind.ToString().ToLowerInvariant()} | "
                        + $"{(feature.Direction > 0 ? "high" : "low")}{limit} | {string.Join(", ", feature.Needs)} | "
                        + $"{feature.Law} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }
}
