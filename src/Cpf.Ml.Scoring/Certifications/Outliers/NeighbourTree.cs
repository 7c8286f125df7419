namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Finds nearest rows exactly, by cutting space in halves.</summary>
/// <remarks>Reference: Friedman, Bentley and Finkel (1977), <i>An algorithm for finding best matches in logarithmic
/// expected time</i>.</remarks>
internal sealed class NeighbourTree
{
    private const int LeafSize = 24;

    private readonly double[][] _rows;

    /// <summary>Places in <see cref="_rows"/>; each node is a range of them.</summary>
    private readonly int[] _order;
    private readonly List<Node> _nodes = [];

    public NeighbourTree(double[][] rows)
    {
        _rows = rows;
        _order = [.. Enumerable.Range(0, rows.Length)];
        Split(0, rows.Length);
    }

    /// <summary>Mean Euclidean distance of a row to its nearest neighbours.</summary>
    /// <param name="row">The row.</param>
    /// <param name="count">Number of neighbours, at least 1 and at most the rows that there are.</param>
    /// <param name="except">Index of a row that is no neighbour, or −1.</param>
    public double MeanDistance(double[] row, int count, int except)
    {
        var nearest = new Nearest(stackalloc double[count]);
        Search(0, row, 0, new double[row.Length], except, ref nearest);
        var sum = 0.0;
        foreach (var squared in nearest.Squared)
        {
            sum += Math.Sqrt(squared);
        }

        return sum / count;
    }

    private int Split(int begin, int end)
    {
        var index = _nodes.Count;
        _nodes.Add(new Node(begin, end, -1, 0, 0));
        var column = end - begin <= LeafSize ? -1 : Widest(begin, end);
        if (column < 0)
        {
            return index;
        }

        Array.Sort(
            _order, begin, end - begin, Comparer<int>.Create((a, b) => _rows[a][column].CompareTo(_rows[b][column])));
        var middle = (begin + end) / 2;
        var cut = _rows[_order[middle]][column]; // before the parts are sorted anew
        Split(begin, middle);
        _nodes[index] = new Node(begin, end, column, cut, Split(middle, end));
        return index;
    }

    /// <returns>−1 where all rows are equal.</returns>
    private int Widest(int begin, int end)
    {
        var (widest, width) = (-1, 0.0);
        for (var column = 0; column < _rows[0].Length; column++)
        {
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = begin; i < end; i++)
            {
                var value = _rows[_order[i]][column];
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }

            if (most - least > width)
            {
                (widest, width) = (column, most - least);
            }
        }

        return widest;
    }

    /// <param name="index">Index of the node.</param>
    /// <param name="row">The row.</param>
    /// <param name="squared">Lower bound of the squared distance from the row to the node's part of space.</param>
    /// <param name="aside">The same by column, unsquared.</param>
    /// <param name="except">Index of a row that is no neighbour, or −1.</param>
    /// <param name="nearest">The nearest rows so far.</param>
    private void Search(int index, double[] row, double squared, double[] aside, int except, ref Nearest nearest)
    {
        var node = _nodes[index];
        if (node.Column < 0)
        {
            for (var i = node.Begin; i < node.End; i++)
            {
                if (_order[i] != except)
                {
                    nearest.Offer(Squared(row, _rows[_order[i]], nearest.Farthest));
                }
            }

            return;
        }

        var distance = row[node.Column] - node.Cut;
        var (near, far) = distance < 0 ? (index + 1, node.Right) : (node.Right, index + 1);
        Search(near, row, squared, aside, except, ref nearest);
        var before = aside[node.Column];
        var beyond = squared - (before * before) + (distance * distance);
        if (beyond < nearest.Farthest)
        {
            aside[node.Column] = distance;
            Search(far, row, beyond, aside, except, ref nearest);
            aside[node.Column] = before;
        }
    }

    /// <summary>Given up once it is no longer below <paramref name="most"/>.</summary>
    private static double Squared(double[] a, double[] b, double most)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length && sum < most; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>The smallest squared distances so far, in ascending order.</summary>
    private readonly ref struct Nearest
    {
        public Nearest(Span<double> buffer)
        {
            Squared = buffer;
            Squared.Fill(double.PositiveInfinity);
        }

        public Span<double> Squared { get; }

        public double Farthest => Squared[^1];

        public void Offer(double squared)
        {
            if (!(squared < Farthest))
            {
                return;
            }

            var index = Squared.Length - 1;
            for (; index > 0 && Squared[index - 1] > squared; index--)
            {
                Squared[index] = Squared[index - 1];
            }

            Squared[index] = squared;
        }
    }

    /// <param name="Begin">First row of the node, in their order in the tree.</param>
    /// <param name="End">Row after its last.</param>
    /// <param name="Column">Column that is cut; −1 in a leaf.</param>
    /// <param name="Cut">Where it is cut.</param>
    /// <param name="Right">Index of the node of values at least <paramref name="Cut"/>; smaller ones follow at
    /// once.</param>
    private readonly record struct Node(int Begin, int End, int Column, double Cut, int Right);
}
