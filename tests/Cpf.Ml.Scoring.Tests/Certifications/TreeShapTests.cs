using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Model;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class TreeShapTests
{
    private const int Columns = 4;

    [Fact]
    public void Values_equal_Shapley_values_over_all_orders_of_columns() => Cases().Sample((trees, row) =>
    {
        var values = TreeShap.Values(trees, row);
        for (var column = 0; column < Columns; column++)
        {
            Assert.Equal(ByAllSubsets(trees, row, column), values[column], 9);
        }
    });

    [Fact]
    public void Shapley_values_sum_to_the_prediction_less_the_average_prediction() => Cases().Sample((trees, row) =>
        Assert.Equal(trees.Predict(row) - TreeShap.Average(trees), TreeShap.Values(trees, row).Sum(), 9));

    [Fact]
    public void Unused_column_has_value_0() =>
        Assert.Equal(
            [2.0, 0, 0],
            TreeShap.Values(
                new BoostedTrees(
                    [new DecisionTree([new TreeSplit(0, 1, ~0, ~1, 4)], [new TreeLeaf(-1, 2), new TreeLeaf(3, 2)])]),
                [5, 5, 5]));

    /// <summary>The definition: a column's gain averaged over every set of others.</summary>
    private static double ByAllSubsets(BoostedTrees trees, double[] row, int column)
    {
        var sum = 0.0;
        for (var known = 0; known < 1 << Columns; known++)
        {
            if ((known & (1 << column)) == 0)
            {
                var size = System.Numerics.BitOperations.PopCount((uint)known);
                var weight = Factorial(size) * Factorial(Columns - size - 1) / Factorial(Columns);
                sum += weight
                    * trees.Trees.Sum(
                        tree => Expected(
                            tree, row, known | (1 << column), Root(tree)) - Expected(tree, row, known, Root(tree)));
            }
        }

        return sum;
    }

    private static double Expected(DecisionTree tree, double[] row, int known, int index)
    {
        if (index < 0)
        {
            return tree.Leaves[~index].Value;
        }

        var question = tree.Splits[index];
        if ((known & (1 << question.Column)) != 0)
        {
            return Expected(tree, row, known, question.Next(row));
        }

        var (left, right) = (Cover(tree, question.Left), Cover(tree, question.Right));
        return (
            (left * Expected(tree, row, known, question.Left)) + (
                right * Expected(tree, row, known, question.Right))) / (left + right);
    }

    private static int Root(DecisionTree tree) => tree.Splits.IsEmpty ? ~0 : 0;

    private static double Cover(DecisionTree tree, int index) =>
        index < 0 ? tree.Leaves[~index].Cover : tree.Splits[index].Cover;

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static Gen<(BoostedTrees Trees, double[] Row)> Cases() => Gen.Select(
        Gen.Int[0, 1_000_000].Array[1, 3],
        Gen.Double[0, 1].Array[Columns],
        (seeds, row) => (new BoostedTrees([.. seeds.Select(Grow)]), row));

    /// <summary>A tree of up to four questions one below the other, which may ask the same column again.</summary>
    private static DecisionTree Grow(int seed)
    {
        var random = new Random(seed);
        var (questions, leaves) = (
            ImmutableArray.CreateBuilder<TreeSplit>(), ImmutableArray.CreateBuilder<TreeLeaf>());
        Split(random.Next(5));
        return new DecisionTree(questions.ToImmutable(), leaves.ToImmutable());

        int Split(int depth)
        {
            if (depth == 0)
            {
                leaves.Add(new TreeLeaf((2 * random.NextDouble()) - 1, 1 + random.Next(20)));
                return ~(leaves.Count - 1);
            }

            var index = questions.Count;
            questions.Add(default);
            var (left, right) = (Split(random.Next(depth)), Split(random.Next(depth)));
            double Of(int at) => at < 0 ? leaves[~at].Cover : questions[at].Cover;
            questions[index] = new TreeSplit(
                random.Next(Columns), random.NextDouble(), left, right, Of(left) + Of(right));
            return index;
        }
    }
}
