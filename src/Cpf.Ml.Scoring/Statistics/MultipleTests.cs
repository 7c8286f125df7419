using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>P-values adjusted for multiple testing; shape and order as the input, each in [0, 1].</summary>
internal static class MultipleTests
{
    /// <summary>Controls the false discovery rate of independent tests: Benjamini and Hochberg (1995).</summary>
    public static ImmutableArray<double> BenjaminiHochberg(IReadOnlyList<double> p) => StepUp(p, 1);

    /// <summary>Controls the false discovery rate under any dependence: Benjamini and Yekutieli (2001).</summary>
    public static ImmutableArray<double> BenjaminiYekutieli(IReadOnlyList<double> p) =>
        StepUp(p, Enumerable.Range(1, p.Count).Sum(i => 1.0 / i));

    /// <summary>Controls the family-wise error rate: Holm (1979).</summary>
    public static ImmutableArray<double> Holm(IReadOnlyList<double> p)
    {
        var (adjusted, largest) = (new double[p.Count], 0.0);
        foreach (var (rank, index) in p.Index().OrderBy(test => test.Item).Select(test => test.Index).Index())
        {
            largest = Math.Max(largest, Math.Min(1, p[index] * (p.Count - rank)));
            adjusted[index] = largest;
        }

        return [.. adjusted];
    }

    private static ImmutableArray<double> StepUp(IReadOnlyList<double> p, double factor)
    {
        var (adjusted, smallest) = (new double[p.Count], 1.0);
        foreach (var (rank, index) in p.Index().OrderByDescending(test => test.Item).Select(test => test.Index).Index())
        {
            smallest = Math.Min(smallest, p[index] * p.Count * factor / (p.Count - rank));
            adjusted[index] = smallest;
        }

        return [.. adjusted];
    }
}
