using System.Collections.Immutable;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// All exposures that mixtures of rankings can give: what the positions' exposures, permuted, have between them.
/// </summary>
/// <remarks>Reference: Kletti, Renders and Loiseau (2022), <i>Introducing the Expohedron for Efficient Pareto-optimal
/// Fairness-Utility Amortizations</i>; majorisation: Rado (1952).</remarks>
public sealed class Expohedron
{
    private const double Slack = 1e-9;

    private readonly double[] _exposures;
    private readonly double[] _sums;

    /// <param name="exposures">Of the positions, in any order.</param>
    public Expohedron(IEnumerable<double> exposures)
    {
        _exposures = [.. exposures.OrderDescending()];
        _sums = Cumulate(_exposures);
    }

    /// <summary>Whether a mixture of rankings gives the offers these exposures.</summary>
    public bool Contains(IReadOnlyList<double> point)
    {
        var sums = Cumulate([.. point.OrderDescending()]);
        return Math.Abs(sums[^1] - _sums[^1]) <= Slack
            && sums.Zip(_sums).All(pair => pair.First <= pair.Second + Slack);
    }

    /// <summary>The last point that can be reached from a point along a direction, whose parts sum to 0.</summary>
    public double[] Boundary(IReadOnlyList<double> point, IReadOnlyList<double> direction)
    {
        double[] At(double step) => [.. point.Zip(direction, (value, by) => value + (step * by))];

        // Of every order along the way the steps that its prefixes allow; orders change where two offers meet.
        var indices = Enumerable.Range(0, point.Count).ToList();
        double[] meetings =
            [.. indices.SelectMany(i => indices.Where(j => j > i && direction[i] != direction[j]).Select(
            j => (point[j] - point[i]) / (direction[i] - direction[j]))).Where(step => step > 0).Distinct().Order()];
        var from = 0.0;
        foreach (var to in meetings.Append(double.PositiveInfinity))
        {
            var middle = double.IsInfinity(to) ? from + 1 : (from + to) / 2;
            int[] order = [.. indices.OrderByDescending(i => point[i] + (middle * direction[i])).ThenBy(i => i)];
            var (value, slope, max) = (0.0, 0.0, double.PositiveInfinity);
            for (var k = 0; k < order.Length - 1; k++)
            {
                value += point[order[k]];
                slope += direction[order[k]];
                max = slope > Slack ? Math.Min(max, (_sums[k] - value) / slope) : max;
            }

            if (max <= to)
            {
                return At(Math.Max(max, from));
            }

            from = to;
        }

        return [.. point];
    }

    /// <summary>At most as many rankings as offers, whose mixture gives these exposures (Carathéodory).</summary>
    /// <returns>Of each ranking its weight and the exposures of the offers.</returns>
    /// <exception cref="ArgumentException">No mixture of rankings does.</exception>
    public ImmutableArray<(double Weight, ImmutableArray<double> Exposures)> Decompose(IReadOnlyList<double> point)
    {
        if (!Contains(point))
        {
            throw new ArgumentException("No mixture of rankings gives these exposures.", nameof(point));
        }

        var parts = ImmutableArray.CreateBuilder<(double, ImmutableArray<double>)>();
        double[] rest = [.. point];
        for (var (step, weight) = (0, 1.0); step < rest.Length && weight > Slack; step++)
        {
            // Sorting finds a ranking on the face where the point is; beyond the point from it is a smaller face.
            int[] order =
                [.. Enumerable.Range(0, rest.Length).OrderByDescending(i => Math.Round(rest[i], 9)).ThenBy(i => i)];
            var vertex = new double[rest.Length];
            foreach (var (index, offer) in order.Index())
            {
                vertex[offer] = _exposures[index];
            }

            double[] away = [.. rest.Zip(vertex, (value, other) => value - other)];
            if (away.All(value => Math.Abs(value) <= Slack) || step == rest.Length - 1)
            {
                parts.Add((weight, [.. vertex]));
                break;
            }

            var far = Boundary(rest, away);
            var (whole, part) = (Distance(far, vertex), Distance(far, rest));
            var share = whole <= Slack ? 1 : part / whole;
            if (share > Slack)
            {
                parts.Add((weight * share, [.. vertex]));
            }

            weight *= 1 - share;
            rest = far;
        }

        return parts.ToImmutable();
    }

    private static double Distance(double[] item, double[] other) =>
        Math.Sqrt(item.Zip(other, (a, b) => (a - b) * (a - b)).Sum());

    private static double[] Cumulate(double[] values)
    {
        var (sums, sum) = (new double[values.Length], 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sums[i] = sum += values[i];
        }

        return sums;
    }
}
