using Cpf.Ml.Scoring.Certifications.Model;

namespace Cpf.Ml.Training.Certifications.Learning.Boosting;

/// <summary>One tree of <see cref="GradientBoosting"/>; leaves add their value to the odds of their rows.</summary>
internal sealed class TreeGrowth(
    BinnedColumns columns,
    double[] gradients, double[] curvatures, double[] weights, double[] odds, GradientBoostingOptions options)
{
    private readonly List<TreeSplit> _questions = [];
    private readonly List<TreeLeaf> _leaves = [];

    /// <param name="rows">Reordered.</param>
    public DecisionTree Grow(int[] rows)
    {
        Split(rows, options.Depth, double.NegativeInfinity, double.PositiveInfinity);
        return new DecisionTree([.. _questions], [.. _leaves]);
    }

    /// <param name="least">What values here may be, so that no column breaks its direction.</param>
    /// <returns>Place of a question, or the complement of a leaf's.</returns>
    private int Split(Span<int> rows, int depth, double least, double most)
    {
        var (sum, cover) = (Total.Sum(rows, gradients, curvatures), Weight(rows));
        var cut = depth == 0 ? default : Best(rows, sum, least, most);
        if (!(cut.Gain > 0))
        {
            var value = options.LearningRate * Value(sum, least, most);
            foreach (var row in rows)
            {
                odds[row] += value;
            }

            _leaves.Add(new TreeLeaf(value, cover));
            return ~(_leaves.Count - 1);
        }

        var left = Part(rows, columns.Bins[cut.Column], cut.Bin);
        var (leftValue, rightValue) = (Value(cut.Left, least, most), Value(sum - cut.Left, least, most));
        var middle = (leftValue + rightValue) / 2;
        var index = _questions.Count;
        _questions.Add(default);
        var direction = Direction(cut.Column);
        var leftPlace = Split(rows[..left], depth - 1, direction < 0 ? middle : least, direction > 0 ? middle : most);
        var rightPlace = Split(rows[left..], depth - 1, direction > 0 ? middle : least, direction < 0 ? middle : most);
        _questions[index] = new TreeSplit(
            cut.Column, columns.Thresholds[cut.Column][cut.Bin], leftPlace, rightPlace, cover);
        return index;
    }

    private Cut Best(ReadOnlySpan<int> rows, Total sum, double least, double most)
    {
        var (best, whole) = (default(Cut), Gain(sum, least, most));
        Span<Total> bins = stackalloc Total[256];
        for (var column = 0; column < columns.Bins.Length; column++)
        {
            bins.Clear();
            var indexes = columns.Bins[column];
            foreach (var row in rows)
            {
                ref var bin = ref bins[indexes[row]];
                bin = new Total(bin.Gradient + gradients[row], bin.Curvature + curvatures[row]);
            }

            var left = default(Total);
            for (var bin = 0; bin < columns.Thresholds[column].Length; bin++)
            {
                left += bins[bin];
                var right = sum - left;
                if (left.Curvature < options.MinCurvature || right.Curvature < options.MinCurvature)
                {
                    continue;
                }

                if (Direction(column) is not 0 and var direction
                    && direction * (Value(right, least, most) - Value(left, least, most)) < 0)
                {
                    continue;
                }

                var gain = Gain(left, least, most) + Gain(right, least, most) - whole;
                if (gain > best.Gain + 1e-9)
                {
                    best = new Cut(gain, column, bin, left);
                }
            }
        }

        return best;
    }

    private int Direction(int column) => options.Monotone.IsDefaultOrEmpty ? 0 : options.Monotone[column];

    private double Value(Total sum, double least, double most) =>
        Math.Clamp(-sum.Gradient / (sum.Curvature + options.L2), least, most);

    /// <summary>How much a leaf of this value lowers the loss.</summary>
    private double Gain(Total sum, double least, double most)
    {
        var value = Value(sum, least, most);
        return -((2 * sum.Gradient * value) + ((sum.Curvature + options.L2) * value * value));
    }

    private double Weight(ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += weights[row];
        }

        return sum;
    }

    /// <summary>Rows at most at this bin first.</summary>
    private static int Part(Span<int> rows, byte[] indexes, int bin)
    {
        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (indexes[rows[i]] <= bin)
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        return left;
    }

    private readonly record struct Total(double Gradient, double Curvature)
    {
        public static Total operator +(Total a, Total b) => new(a.Gradient + b.Gradient, a.Curvature + b.Curvature);

        public static Total operator -(Total a, Total b) => new(a.Gradient - b.Gradient, a.Curvature - b.Curvature);

        public static Total Sum(ReadOnlySpan<int> rows, double[] gradients, double[] curvatures)
        {
            var sum = default(Total);
            foreach (var row in rows)
            {
                sum += new Total(gradients[row], curvatures[row]);
            }

            return sum;
        }
    }

    private readonly record struct Cut(double Gain, int Column, int Bin, Total Left);
}
