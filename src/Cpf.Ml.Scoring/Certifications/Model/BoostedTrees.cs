using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>A sum of decision trees.</summary>
/// <param name="Trees">The trees in the order in which they were grown.</param>
public sealed record BoostedTrees(ImmutableArray<DecisionTree> Trees)
{
    /// <summary>Adds up the leaves that a row reaches.</summary>
    /// <param name="row">Values of the columns that the trees were trained on, in their order.</param>
    /// <returns>Log odds.</returns>
    public double Predict(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var tree in Trees)
        {
            sum += tree.Predict(row);
        }

        return sum;
    }
}
