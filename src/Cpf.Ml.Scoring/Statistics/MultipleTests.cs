using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Of many tests some fall out by chance: p-values that say so.</summary>
internal static class MultipleTests
{
    /// <summary>Share of false findings: Benjamini and Hochberg (1995).</summary>
    public static ImmutableArray<double> BenjaminiHochberg(IReadOnlyList<double> p) => StepUp(p, 1);

    /// <summary>The same whatever tests have to do with each other: Benjamini and Yekutieli (2001).</summary>
    public static ImmutableArray<double> BenjaminiYekutieli(IReadOnlyList<double> p) =>
        StepUp(p, Enumerable.Range(1, p.Count).Sum(i => 1.0 / i));

    /// <summary>Chance of any false finding: Holm (1979).</summary>
    public static ImmutableArray<double> Holm(IReadOnlyList<double> p)
    {
        var (adjusted, largest) = (new double[p.Count], 0.0);
        foreach (var (i, place) in p.Index().OrderBy(one => one.Item).Select(one => one.Index).Index())
        {
            largest = Math.Max(largest, Math.Min(1, p[place] * (p.Count - i)));
            adjusted[place] = largest;
        }

        return [.. adjusted];
    }

    private static ImmutableArray<double> StepUp(IReadOnlyList<double> p, double factor)
    {
        var (adjusted, smallest) = (new double[p.Count], 1.0);
        foreach (var (i, place) in p.Index().OrderByDescending(one => one.Item).Select(one => one.Index).Index())
        {
            smallest = Math.Min(smallest, p[place] * p.Count * factor / (p.Count - i));
            adjusted[place] = smallest;
        }

        return [.. adjusted];
    }
}
