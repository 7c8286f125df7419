using System.Collections.Immutable;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>A doubly stochastic matrix as a mixture of permutations, (n − 1)² + 1 at most.</summary>
/// <remarks>Reference: Birkhoff (1946); matchings by augmenting paths (Kuhn 1955).</remarks>
public static class BirkhoffDecomposition
{
    private const double Slack = 1e-12;

    /// <returns>Weights and permutations, from row to column.</returns>
    /// <exception cref="ArgumentException">Rows and columns do not each sum to 1.</exception>
    public static ImmutableArray<(double Weight, ImmutableArray<int> Columns)> Of(double[][] matrix)
    {
        var n = matrix.Length;
        if (matrix.Any(row => row.Length != n || Math.Abs(row.Sum() - 1) > 1e-9 || row.Any(value => value < -Slack))
            || Enumerable.Range(0, n).Any(column => Math.Abs(matrix.Sum(row => row[column]) - 1) > 1e-9))
        {
            throw new ArgumentException("Rows and columns must each sum to 1, of values of 0 or more.", nameof(matrix));
        }

        var rest = Array.ConvertAll(matrix, row => (double[])row.Clone());
        var parts = ImmutableArray.CreateBuilder<(double, ImmutableArray<int>)>();
        for (var left = 1.0; left > 1e-10 && Match(rest) is { } columns;)
        {
            var weight = columns.Index().Min(column => rest[column.Index][column.Item]);
            foreach (var (row, column) in columns.Index())
            {
                rest[row][column] -= weight;
            }

            parts.Add((weight, [.. columns]));
            left -= weight;
        }

        return parts.ToImmutable();
    }

    /// <summary>A column for each row among positive cells.</summary>
    private static int[]? Match(double[][] cells)
    {
        var rowOf = Enumerable.Repeat(-1, cells.Length).ToArray();
        bool Place(int row, bool[] tried)
        {
            for (var column = 0; column < cells.Length; column++)
            {
                if (cells[row][column] > Slack && !tried[column])
                {
                    tried[column] = true;
                    if (rowOf[column] < 0 || Place(rowOf[column], tried))
                    {
                        rowOf[column] = row;
                        return true;
                    }
                }
            }

            return false;
        }

        for (var row = 0; row < cells.Length; row++)
        {
            if (!Place(row, new bool[cells.Length]))
            {
                return null;
            }
        }

        var columns = new int[cells.Length];
        foreach (var (column, row) in rowOf.Index())
        {
            columns[row] = column;
        }

        return columns;
    }
}
