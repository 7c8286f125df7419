using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>The input of a model: the evidence of each feature of a certification, of each family and of all. More of
/// any of them is never reassuring.</summary>
internal static class EvidenceVector
{
    /// <summary>−ln of one in seven: taken off each family, so that ten slight oddities are not one grave
    /// one.</summary>
    private const double Ordinary = 2;

    private static readonly ImmutableArray<IGrouping<string, Feature>> Grouped =
        [.. FeatureCatalogue.All.GroupBy(feature => feature.Family)];

    /// <summary>In the order of their columns.</summary>
    public static ImmutableArray<string> Families { get; } = [.. Grouped.Select(family => family.Key)];

    /// <summary>Columns, in their order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. FeatureCatalogue.All.Select(feature => feature.Id),
        .. Families, "all"];

    /// <summary>The rows of several certifications, in this order.</summary>
    /// <param name="evidence">Evidence of a cut-off date.</param>
    /// <param name="indexes">Indexes of the certifications in the set of the evidence.</param>
    public static FeatureTable Build(CertificationEvidence evidence, IReadOnlyList<int> indexes)
    {
        var rows = indexes.Select(index => Row(evidence, index)).ToList();
        return new FeatureTable(
            Names, [.. Enumerable.Range(0, Names.Length).Select(column => rows.Select(row => row[column]).ToArray())]);
    }

    /// <summary>The row of one certification.</summary>
    public static double[] Row(CertificationEvidence evidence, int index)
    {
        var families = Grouped.Select(family => FamilyEvidence(evidence, family, index)).ToArray();
        return [.. FeatureCatalogue.All.Select(feature => evidence.Surprisal(feature.Id, index)),
            .. families, families.Sum()];
    }

    /// <summary>The row as it would be without the evidence of a family.</summary>
    public static double[] Without(double[] row, string family)
    {
        double[] other = [.. row];
        foreach (var (column, name) in Names.Index())
        {
            other[column] = FamilyOf(name) == family ? 0 : row[column];
        }

        other[^1] -= FamilyEvidence(row, family);
        return other;
    }

    /// <summary>Evidence of a family in a row.</summary>
    public static double FamilyEvidence(double[] row, string family) => row[Names.IndexOf(family)];

    /// <summary>The family that a column belongs to; null for the last one, which is of all.</summary>
    public static string? FamilyOf(string column) =>
        FeatureCatalogue.All.FirstOrDefault(feature => feature.Id == column)?.Family
            ?? (column == Names[^1] ? null : column);

    /// <summary>That of its two rarest features, beyond what is ordinary: more of them say the same again.</summary>
    private static double FamilyEvidence(CertificationEvidence evidence, IEnumerable<Feature> family, int index) =>
        Math.Max(
            0, family.Select(feature => evidence.Surprisal(feature.Id, index))
                .OrderDescending().Take(2).Sum() - Ordinary);
}
