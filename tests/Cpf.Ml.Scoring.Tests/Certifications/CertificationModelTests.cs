using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Models;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class CertificationModelTests
{
    private static readonly CertificationModel Model = new(
        [
            new BoostedTrees([Stump(0, 2, -0.5, 0.7), Stump(EvidenceVector.Names.Length - 1, 10, -0.2, 0.4)]),
            new BoostedTrees([Stump(3, 1, 0, 0.3)]),
        ],
        1.2,
        0.4,
        0.05);

    [Fact]
    public void Contributions_of_families_sum_to_the_score_less_the_score_without_evidence() => Rows.Sample(row =>
    {
        var without = Model.Score(new double[row.Length]) - Model.Contributions(new double[row.Length]).Values.Sum();
        Assert.Equal(Model.Score(row) - without, Model.Contributions(row).Values.Sum(), 9);
    });

    [Fact]
    public void Removing_a_family_leaves_the_evidence_of_the_others() => Rows.Sample(row =>
    {
        foreach (var family in EvidenceVector.Families)
        {
            var other = EvidenceVector.Without(row, family);
            Assert.Equal(0, EvidenceVector.FamilyEvidence(other, family));
            Assert.Equal(row[^1] - EvidenceVector.FamilyEvidence(row, family), other[^1], 9);
            Assert.True(Model.Score(other) <= Model.Score(row));
        }
    });

    [Fact]
    public void Label_noise_leaves_no_probability_of_0_or_1() =>
        Assert.Equal((0.05, 0.95), (Math.Round(Model.Probability(-1000), 6), Math.Round(Model.Probability(1000), 6)));

    [Fact]
    public void Model_round_trips_and_damaged_models_are_refused_with_the_reason()
    {
        var folder = Directory.CreateTempSubdirectory("cpf-ml-model-").FullName;
        Write(folder, Model.Write());
        var (read, manifest) = CertificationModel.Read(folder);
        Assert.Equal(Model.Write(), read.Write());
        Assert.Equal(12, manifest.Version.Length);

        Write(folder, Model.Write(), evidence: "certification-evidence@1");
        Assert.Contains(
            "it was trained on certification-evidence@1",
            Assert.Throws<ModelFormatException>(() => CertificationModel.Read(folder)).Message,
            StringComparison.Ordinal);
        Write(folder, "{}"u8.ToArray());
        Assert.Contains(
            "trees.json",
            Assert.Throws<ModelFormatException>(() => CertificationModel.Read(folder)).Message,
            StringComparison.Ordinal);

        // A question that leads back to itself would never end.
        var circle = new DecisionTree([new TreeSplit(0, 1, 0, ~0, 1)], [new TreeLeaf(1, 1)]);
        Write(folder, (Model with { Bags = [new BoostedTrees([circle])] }).Write());
        Assert.Contains(
            "leads to a node that is not there",
            Assert.Throws<ModelFormatException>(() => CertificationModel.Read(folder)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Evidence as it may be: each family no more than its features, all of it their sum.</summary>
    private static Gen<double[]> Rows => Gen.Double[0, 12].Array[EvidenceVector.Names.Length].Select(row =>
    {
        row[^1] = EvidenceVector.Families.Sum(family => EvidenceVector.FamilyEvidence(row, family));
        return row;
    });

    private static DecisionTree Stump(int column, double threshold, double below, double above) =>
        new([new TreeSplit(column, threshold, ~0, ~1, 10)], [new TreeLeaf(below, 7), new TreeLeaf(above, 3)]);

    private static void Write(string folder, byte[] trees, string evidence = CertificationEvidence.Model)
    {
        var files = new Dictionary<string, byte[]> { [CertificationModel.FileName] = trees };
        var manifest = ModelFolder.Seal(
            new CertificationManifest
            {
                Name = CertificationModel.Name,
                Evidence = evidence,
                Code = "test",
                Columns = EvidenceVector.Names,
                Known = new DateOnly(2026, 7, 1),
                Data = new Dictionary<string, string>(),
                Figures = new CertificationFigures(10, 2, 1, 1, 0, 0.5, 0.4, true, []),
            },
            files);
        ModelFolder.Write(folder, manifest, files, new Dictionary<string, byte[]>());
    }
}
