using System.Collections.Immutable;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>What past controls have taught: log odds that begin at the evidence, corrected by trees, and the share of
/// them that a control confirms.</summary>
/// <param name="Bags">Each learnt from other uncontrolled certifications; their corrections are averaged. None where
/// controls have taught nothing that the evidence does not say.</param>
/// <param name="Slope">Of the calibration; positive.</param>
/// <param name="Wrong">Share of controls whose result is wrong, either way; in [0, 0.5).</param>
public sealed record CertificationModel(
    ImmutableArray<BoostedTrees> Bags, double Slope, double Intercept, double Wrong = 0)
{
    /// <summary>Name of the folder and of the model.</summary>
    public const string Name = "certifications";

    /// <summary>The file of the folder that this is.</summary>
    public const string FileName = "trees.json";

    /// <summary>Evidence that multiplies odds by e.</summary>
    private const double EvidenceScale = 8;

    /// <summary>Log odds without evidence, from which trees begin.</summary>
    private const double Without = -3;

    /// <summary>What trees begin with: with few controls they add little to it.</summary>
    /// <param name="rows">As <see cref="EvidenceVector"/> has them.</param>
    internal static double[] Start(FeatureTable rows) => Array.ConvertAll(rows.Columns[^1], Start);

    /// <returns>One a row; higher is more suspicious.</returns>
    /// <param name="rows">As <see cref="EvidenceVector"/> has them.</param>
    internal double[] Score(FeatureTable rows) => [.. rows.Rows().Select(Score)];

    /// <returns>Log odds, before they are calibrated.</returns>
    public double Score(double[] row) => Start(row[^1]) + (Bags.IsEmpty ? 0 : Bags.Average(bag => bag.Predict(row)));

    /// <summary>Share of certifications of this score that a control would confirm, as far as past controls
    /// tell.</summary>
    public double Probability(double score) =>
        Wrong + ((1 - (2 * Wrong)) / (1 + Math.Exp(-((Slope * score) + Intercept))));

    /// <summary>What each family of features adds to the score of a row, exactly: they sum to it less what trees answer
    /// on average and the score of no evidence.</summary>
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
            var own = EvidenceVector.OfFamily(row, family);
            return (own / EvidenceScale) + (row[^1] > 0 ? shapley[^1] * own / row[^1] : shapley[^1] / families.Length)
                + shapley.Where((_, column) => EvidenceVector.FamilyOf(EvidenceVector.Names[column]) == family).Sum();
        });
    }

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
            throw new ModelFormatException($"{folder}: it was taught {manifest.Evidence}, this program weighs evidence "
                + $"as {CertificationEvidence.Model}. Train it anew.");
        }

        try
        {
            var model = JsonSerializer.Deserialize<CertificationModel>(trees) ?? throw new JsonException("null");
            return model.IsSound ? (model, manifest)
                : throw new JsonException("a question asks for a column or leads to a place that is not there.");
        }
        catch (JsonException exception)
        {
            throw new ModelFormatException($"{folder}: {FileName}: {exception.Message}", exception);
        }
    }

    /// <summary>As a file of the folder: the same model gives the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Places lead forward only, so that every row comes to a leaf.</summary>
    private bool IsSound => Slope > 0 && double.IsFinite(Intercept) && Wrong is >= 0 and < 0.5
        && !Bags.IsDefault && Bags.All(bag => !bag.Trees.IsDefault && bag.Trees.All(IsWhole));

    private static bool IsWhole(DecisionTree tree) =>
        tree is { Questions.IsDefault: false, Leaves.IsDefaultOrEmpty: false } && tree.Questions.Index().All(one =>
        one.Item.Column >= 0
            && one.Item.Column < EvidenceVector.Names.Length && new[] { one.Item.Left, one.Item.Right }.All(place =>
            place < 0 ? ~place < tree.Leaves.Length : place > one.Index && place < tree.Questions.Length));

    private static double Start(double evidence) => (evidence / EvidenceScale) + Without;
}
