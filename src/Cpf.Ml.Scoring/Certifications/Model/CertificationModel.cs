using System.Collections.Immutable;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>A model trained on past controls: log odds that start from the evidence, corrected by trees, and their
/// calibration to the share that a control confirms.</summary>
/// <param name="Bags">Ensembles whose corrections are averaged, each trained with other uncontrolled certifications
/// (bagging for positive and unlabelled data, Mordelet and Vert 2014). Empty where trees predict controls no better
/// than the evidence alone.</param>
/// <param name="Slope">Slope of the calibration (Platt 1999), positive.</param>
/// <param name="Intercept">Intercept of the calibration, in log odds.</param>
/// <param name="Wrong">Assumed share of controls whose result is wrong, either way, in [0, 0.5).</param>
public sealed record CertificationModel(
    ImmutableArray<BoostedTrees> Bags, double Slope, double Intercept, double Wrong = 0)
{
    /// <summary>Name of the folder and of the model.</summary>
    public const string Name = "certifications";

    /// <summary>The file of the folder that this is.</summary>
    public const string FileName = "trees.json";

    /// <summary>Evidence that multiplies odds by e.</summary>
    private const double EvidenceScale = 8;

    /// <summary>Log odds without evidence, from which trees start.</summary>
    private const double Without = -3;

    /// <summary>What trees start from: with few controls they add little to it.</summary>
    /// <param name="rows">As <see cref="EvidenceVector"/> has them.</param>
    internal static double[] Start(FeatureTable rows) => Array.ConvertAll(rows.Columns[^1], Start);

    /// <returns>One a row; higher is more suspicious.</returns>
    /// <param name="rows">As <see cref="EvidenceVector"/> has them.</param>
    internal double[] Score(FeatureTable rows) => [.. rows.Rows().Select(Score)];

    /// <summary>Scores a certification.</summary>
    /// <param name="row">Evidence in the order of the manifest's columns: features, families, total.</param>
    /// <returns>Log odds before calibration; higher is more suspicious.</returns>
    public double Score(double[] row) => Start(row[^1]) + (Bags.IsEmpty ? 0 : Bags.Average(bag => bag.Predict(row)));

    /// <summary>Share of certifications of a score that a control would confirm, estimated from past
    /// controls.</summary>
    /// <param name="score">Log odds before calibration.</param>
    /// <returns>In (0, 1).</returns>
    public double Probability(double score) =>
        Wrong + ((1 - (2 * Wrong)) / (1 + Math.Exp(-((Slope * score) + Intercept))));

    /// <summary>What each family of features adds to the score of a row: exact Shapley values, which sum to the score
    /// less the average answer of the trees and the score without evidence.</summary>
    /// <param name="row">Evidence in the order of the manifest's columns.</param>
    /// <returns>Log odds by family.</returns>
    public IReadOnlyDictionary<string, double> Contributions(double[] row)
    {
        var shapley = new double[row.Length];
        foreach (var bag in Bags)
        {
            var values = TreeShap.Values(bag, row);
            for (var column = 0; column < row.Length; column++)
            {
                shapley[column] += values[column] / Bags.Length;
            }
        }

        // The column of all evidence is shared by families as they share the evidence.
        var families = EvidenceVector.Families;
        return families.ToDictionary(family => family, family =>
        {
            var own = EvidenceVector.FamilyEvidence(row, family);
            return (own / EvidenceScale) + (row[^1] > 0 ? shapley[^1] * own / row[^1] : shapley[^1] / families.Length)
                + shapley.Where((_, column) => EvidenceVector.FamilyOf(EvidenceVector.Names[column]) == family).Sum();
        });
    }

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">Folder that <c>cpf-ml train certifications</c> wrote.</param>
    /// <returns>The model with its manifest.</returns>
    /// <exception cref="ModelFormatException">The folder is damaged, changed, of another way to weigh evidence, or
    /// newer than this program; the message says what and where.</exception>
    public static (CertificationModel Model, CertificationManifest Manifest) Read(string folder)
    {
        var (manifest, files) = ModelFolder.Read<CertificationManifest>(folder);
        if (manifest.Name != Name || !files.TryGetValue(FileName, out var trees))
        {
            throw new ModelFormatException($"{folder}: this is no model of certifications: it is "
                + $"called {manifest.Name}, and needs a file {FileName}.");
        }

        if (manifest.Evidence != CertificationEvidence.Model || !manifest.Columns.SequenceEqual(EvidenceVector.Names))
        {
            throw new ModelFormatException(
                $"{folder}: it was trained on {manifest.Evidence}, this program weighs evidence "
                + $"as {CertificationEvidence.Model}. Train it again.");
        }

        try
        {
            var model = JsonSerializer.Deserialize<CertificationModel>(trees) ?? throw new JsonException("null");
            return model.IsSound ? (model, manifest)
                : throw new JsonException("a split asks for a column or leads to a node that is not there.");
        }
        catch (JsonException exception)
        {
            throw new ModelFormatException($"{folder}: {FileName}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the model as the file of its folder.</summary>
    /// <returns>JSON, UTF-8; the same model gives the same bytes.</returns>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Splits lead forward only, so that every row reaches a leaf.</summary>
    private bool IsSound => Slope > 0 && double.IsFinite(Intercept) && Wrong is >= 0 and < 0.5
        && !Bags.IsDefault && Bags.All(bag => !bag.Trees.IsDefault && bag.Trees.All(IsWhole));

    private static bool IsWhole(DecisionTree tree) =>
        tree is { Splits.IsDefault: false, Leaves.IsDefaultOrEmpty: false } && tree.Splits.Index().All(split =>
        split.Item.Column >= 0
            && split.Item.Column < EvidenceVector.Names.Length
            && new[] { split.Item.Left, split.Item.Right }.All(index =>
            index < 0 ? ~index < tree.Leaves.Length : index > split.Index && index < tree.Splits.Length));

    private static double Start(double evidence) => (evidence / EvidenceScale) + Without;
}
