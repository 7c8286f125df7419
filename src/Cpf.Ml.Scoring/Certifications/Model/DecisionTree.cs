using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>A binary decision tree over the columns of a row.</summary>
/// <param name="Splits">Inner nodes; the first is the root. Empty where the tree is one leaf.</param>
/// <param name="Leaves">Leaves, at least one.</param>
public sealed record DecisionTree(
    [property: JsonPropertyName("Questions")] ImmutableArray<TreeSplit> Splits, ImmutableArray<TreeLeaf> Leaves)
{
    /// <summary>Follows the splits to a leaf.</summary>
    /// <param name="row">Values of the columns that the tree was trained on, in their order.</param>
    /// <returns>The value of the leaf, in the unit of the model.</returns>
    public double Predict(ReadOnlySpan<double> row)
    {
        var index = Splits.IsEmpty ? ~0 : 0;
        while (index >= 0)
        {
            index = Splits[index].Next(row);
        }

        return Leaves[~index].Value;
    }
}

/// <summary>An inner node of a tree.</summary>
/// <param name="Column">Index of the column that is compared.</param>
/// <param name="Threshold">Values up to this one go left, larger ones right.</param>
/// <param name="Left">Index of the next split, or the complement (~index) of a leaf.</param>
/// <param name="Right">The same for larger values.</param>
/// <param name="Cover">Weight of the training rows that reached the node.</param>
public readonly record struct TreeSplit(int Column, double Threshold, int Left, int Right, double Cover)
{
    /// <summary>The node that a row goes to.</summary>
    /// <param name="row">Values of the columns.</param>
    /// <returns><see cref="Left"/> or <see cref="Right"/>.</returns>
    public int Next(ReadOnlySpan<double> row) => row[Column] <= Threshold ? Left : Right;
}

/// <summary>A leaf of a tree.</summary>
/// <param name="Value">What it adds, in the unit of the model.</param>
/// <param name="Cover">Weight of the training rows that reached the leaf.</param>
public readonly record struct TreeLeaf(double Value, double Cover);
