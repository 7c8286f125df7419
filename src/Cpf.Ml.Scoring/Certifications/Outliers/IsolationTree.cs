namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>One tree of an <see cref="IsolationForest"/>.</summary>
internal sealed class IsolationTree
{
    private readonly List<Node> _nodes = [];

    /// <param name="reference">What is drawn from.</param>
    /// <param name="size">Rows to draw, without repetition.</param>
    /// <param name="depth">Cuts in a row at most.</param>
    /// <param name="random">Source of chance, seeded.</param>
    public static IsolationTree Grow(FeatureTable reference, int size, int depth, Random random)
    {
        var (tree, rows) = (new IsolationTree(), Draw(reference.RowCount, size, random));
        tree.Cut(reference.Columns, rows, depth, random);
        return tree;
    }

    /// <summary>Cuts that separate a row, with what the rows that stayed together would still need on
    /// average.</summary>
    public double Depth(double[] row)
    {
        for (var (index, depth) = (0, 0); ; depth++)
        {
            var node = _nodes[index];
            if (node.Right == 0)
            {
                return depth + node.Value;
            }

            index = row[node.Column] < node.Value ? index + 1 : node.Right;
        }
    }

    private int Cut(double[][] columns, Span<int> rows, int depth, Random random)
    {
        var index = _nodes.Count;
        _nodes.Add(new Node(0, IsolationForest.AverageDepth(rows.Length), 0));
        if (depth == 0 || rows.Length <= 1 || !TryChoose(columns, rows, random, out var column, out var value))
        {
            return index;
        }

        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (columns[column][rows[i]] < value)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        Cut(columns, rows[..left], depth - 1, random);
        _nodes[index] = new Node(column, value, Cut(columns, rows[left..], depth - 1, random));
        return index;
    }

    /// <summary>A random column that has different values here, and a place within its range.</summary>
    private static bool TryChoose(
        double[][] columns, ReadOnlySpan<int> rows, Random random, out int column, out double value)
    {
        var candidates = new int[columns.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            candidates[i] = i;
        }

        for (var left = candidates.Length; left > 0; left--)
        {
            var at = random.Next(left);
            column = candidates[at];
            candidates[at] = candidates[left - 1];
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in rows)
            {
                (least, most) = (Math.Min(least, columns[column][row]), Math.Max(most, columns[column][row]));
            }

            // Between two neighbours among the numbers there is no place: the larger one separates them.
            value = least + (random.NextDouble() * (most - least));
            value = value > least ? value : most;
            if (least < most)
            {
                return true;
            }
        }

        (column, value) = (0, 0);
        return false;
    }

    private static int[] Draw(int count, int size, Random random)
    {
        var drawn = new HashSet<int>(size);
        for (var i = count - size; i < count; i++)
        {
            var index = random.Next(i + 1);
            _ = drawn.Add(index) || drawn.Add(i);
        }

        return [.. drawn];
    }

    /// <param name="Column">Column that is cut.</param>
    /// <param name="Value">Where it is cut; in a leaf, the depth that its rows would still need.</param>
    /// <param name="Right">Index of the node of larger values, 0 in a leaf; smaller values follow at once.</param>
    private readonly record struct Node(int Column, double Value, int Right);
}
