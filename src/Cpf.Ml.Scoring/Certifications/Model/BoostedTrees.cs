using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>A sum of <see cref="DecisionTree"/>.</summary>
/// <param name="Trees">In the order in which they were grown.</param>
public sealed record BoostedTrees(ImmutableArray<DecisionTree> Trees)
{
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
