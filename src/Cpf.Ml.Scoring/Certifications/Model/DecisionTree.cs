using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>Questions «is this column at most so much», and a number at the end of each path.</summary>
/// <param name="Questions">The first is asked first; none where the tree is one leaf.</param>
/// <param name="Leaves">At least one.</param>
public sealed record DecisionTree(ImmutableArray<TreeQuestion> Questions, ImmutableArray<TreeLeaf> Leaves)
{
    /// <returns>In the unit of the model.</returns>
    public double Predict(ReadOnlySpan<double> row)
    {
        var place = Questions.IsEmpty ? ~0 : 0;
        while (place >= 0)
        {
            place = Questions[place].Next(row);
        }

        return Leaves[~place].Value;
    }
}

/// <param name="Threshold">Values at most this go left.</param>
/// <param name="Left">Place of the next question, or the complement ~place of a leaf.</param>
/// <param name="Right">The same for larger values.</param>
/// <param name="Cover">Weight of the rows that came here when the tree was grown.</param>
public readonly record struct TreeQuestion(int Column, double Threshold, int Left, int Right, double Cover)
{
    public int Next(ReadOnlySpan<double> row) => row[Column] <= Threshold ? Left : Right;
}

/// <param name="Cover">Weight of the rows that came here when the tree was grown.</param>
public readonly record struct TreeLeaf(double Value, double Cover);
