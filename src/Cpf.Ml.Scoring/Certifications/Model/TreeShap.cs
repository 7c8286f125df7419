namespace Cpf.Ml.Scoring.Certifications.Model;

/// <summary>How much each column of a row moves the answer of trees away from what they answer on average: exact
/// Shapley values.</summary>
/// <remarks>
/// Columns that are not yet known are averaged over the rows that each split saw when it was grown (its cover). The
/// values of a row sum to its answer less the average answer. Reference: Lundberg, Erion and Lee (2018), <i>Consistent
/// individualized feature attribution for tree ensembles</i>, algorithm 2; Lundberg et al. (2020), <i>Nature Machine
/// Intelligence</i> 2, 56–67.
/// </remarks>
internal static class TreeShap
{
    /// <returns>One value a column, in the unit of the trees.</returns>
    /// <param name="trees">The trees.</param>
    /// <param name="row">Values of the columns that the trees were trained on.</param>
    public static double[] Values(BoostedTrees trees, ReadOnlySpan<double> row)
    {
        var values = new double[row.Length];
        foreach (var tree in trees.Trees)
        {
            Descend(tree, row, values, tree.Splits.IsEmpty ? ~0 : 0, [], new PathStep(-1, 1, 1, 1));
        }

        return values;
    }

    /// <returns>The average prediction over the training rows.</returns>
    public static double Average(BoostedTrees trees) =>
        trees.Trees.Sum(tree => Average(tree, tree.Splits.IsEmpty ? ~0 : 0));

    private static double Average(DecisionTree tree, int index)
    {
        if (index < 0)
        {
            return tree.Leaves[~index].Value;
        }

        var split = tree.Splits[index];
        var (left, right) = (Cover(tree, split.Left), Cover(tree, split.Right));
        return ((left * Average(tree, split.Left)) + (right * Average(tree, split.Right))) / (left + right);
    }

    private static double Cover(DecisionTree tree, int index) =>
        index < 0 ? tree.Leaves[~index].Cover : tree.Splits[index].Cover;

    /// <param name="tree">The tree.</param>
    /// <param name="row">The row.</param>
    /// <param name="values">Sums so far, by column.</param>
    /// <param name="index">Node: a split, or the complement of a leaf.</param>
    /// <param name="before">Columns asked on the way here.</param>
    /// <param name="step">The last one.</param>
    private static void Descend(
        DecisionTree tree, ReadOnlySpan<double> row, double[] values, int index, PathStep[] before, PathStep step)
    {
        var path = Extend(before, step);
        if (index < 0)
        {
            for (var i = 1; i < path.Length; i++)
            {
                var weight = Unwound(path, i).Sum(pathStep => pathStep.Weight);
                values[path[i].Column] += weight * (path[i].One - path[i].Zero) * tree.Leaves[~index].Value;
            }

            return;
        }

        var split = tree.Splits[index];
        var taken = split.Next(row);
        var other = taken == split.Left ? split.Right : split.Left;
        var (zero, one) = (1.0, 1.0);
        if (Array.FindIndex(path, 1, asked => asked.Column == split.Column) is var again and > 0)
        {
            (zero, one) = (path[again].Zero, path[again].One);
            path = Unwound(path, again);
        }

        var all = Cover(tree, split.Left) + Cover(tree, split.Right);
        Descend(tree, row, values, taken, path, new PathStep(split.Column, zero * Cover(tree, taken) / all, one, 0));
        Descend(tree, row, values, other, path, new PathStep(split.Column, zero * Cover(tree, other) / all, 0, 0));
    }

    private static PathStep[] Extend(PathStep[] before, PathStep step)
    {
        var length = before.Length;
        PathStep[] path = [.. before, step with { Weight = length == 0 ? 1 : 0 }];
        for (var i = length - 1; i >= 0; i--)
        {
            path[i + 1] =
                path[i + 1] with { Weight = path[i + 1].Weight + (step.One * path[i].Weight * (i + 1) / (length + 1)) };
            path[i] = path[i] with { Weight = step.Zero * path[i].Weight * (length - i) / (length + 1) };
        }

        return path;
    }

    /// <summary>The path as if one of its columns had not been asked.</summary>
    private static PathStep[] Unwound(PathStep[] path, int at)
    {
        var length = path.Length;
        var (zero, one) = (path[at].Zero, path[at].One);
        var weights = new double[length - 1];
        var next = path[^1].Weight;
        for (var i = length - 2; i >= 0; i--)
        {
            if (one != 0)
            {
                weights[i] = next * length / ((i + 1) * one);
                next = path[i].Weight - (weights[i] * zero * (length - 1 - i) / length);
            }
            else
            {
                weights[i] = path[i].Weight * length / (zero * (length - 1 - i));
            }
        }

        return [.. path.Where((_, i) => i != at).Select((step, i) => step with { Weight = weights[i] })];
    }

    /// <param name="Column">Index of the column.</param>
    /// <param name="Zero">Share of rows that go this way when the column is not known.</param>
    /// <param name="One">1 where the row itself goes this way, else 0.</param>
    /// <param name="Weight">Of the sets of columns of each size.</param>
    private readonly record struct PathStep(int Column, double Zero, double One, double Weight);
}
