using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>The best mixture of rankings under one linear condition on exposure, f·e = 0: exact, without a linear
/// programme.</summary>
/// <remarks>
/// Reference: Singh and Joachims (2018). For a multiplier L the best order sorts by u + L f; as L passes the values at
/// which two offers change places, f·e goes from one sign to the other, and the two orders there, mixed, hold the
/// condition. That the mixture's gain is the dual's value certifies it.
/// </remarks>
internal sealed record ExposureOptimum(
    ImmutableArray<(double Weight, ImmutableArray<int> Order)> Mixture, double Gain, double Dual)
{
    /// <summary>Beyond the last place where orders change, and for scaling of a tie.</summary>
    private const double Beyond = 1;

    /// <summary>Equal mean exposure of the groups.</summary>
    /// <param name="relevance">Relevance of each offer.</param>
    /// <param name="isOfGroup">Whether each offer is of the group.</param>
    /// <param name="shown">Positions that get exposure.</param>
    public static ExposureOptimum Parity(IReadOnlyList<double> relevance, IReadOnlyList<bool> isOfGroup,
        int shown = int.MaxValue) => Solve(relevance, Condition(relevance, isOfGroup, (_, _) => 1), shown);

    /// <summary>Mean exposure in proportion to mean relevance.</summary>
    public static ExposureOptimum Treatment(IReadOnlyList<double> relevance, IReadOnlyList<bool> isOfGroup) =>
        Solve(relevance, Condition(relevance, isOfGroup, (_, mean) => 1 / mean));

    /// <summary>Mean impact in proportion to mean relevance.</summary>
    public static ExposureOptimum Impact(IReadOnlyList<double> relevance, IReadOnlyList<bool> isOfGroup) =>
        Solve(relevance, Condition(relevance, isOfGroup, (own, mean) => own / mean));

    /// <summary>Finds the best mixture under one linear condition.</summary>
    /// <param name="relevance">Relevance of each offer.</param>
    /// <param name="condition">f: what each offer's exposure counts in the condition.</param>
    /// <param name="shown">Positions that get exposure.</param>
    public static ExposureOptimum Solve(
        IReadOnlyList<double> relevance, IReadOnlyList<double> condition, int shown = int.MaxValue)
    {
        var indices = Enumerable.Range(0, relevance.Count).ToList();
        double[] changes = [.. indices.SelectMany(i => indices.Where(j => j > i && condition[i] != condition[j])
            .Select(j => (relevance[j] - relevance[i]) / (condition[i] - condition[j]))).Distinct().Order()];

        // Between two changes the order is one; its f·e rises with the multiplier.
        double[] between =
            [.. changes.Length == 0 ? [0] : changes.Zip(changes.Skip(1), (change, next) => (change + next) / 2)
            .Prepend(changes[0] - Beyond).Append(changes[^1] + Beyond)];
        var (low, high) = (0, between.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Sum(Order(relevance, condition, between[middle]), condition, shown) >= 0 ? (low, middle)
                : (middle + 1, high);
        }

        var after = Order(relevance, condition, between[low]);
        var (over, dual) = (Sum(after, condition, shown), low == 0 ? between[0] : changes[low - 1]);
        var before = low == 0 ? after : Order(relevance, condition, between[low - 1]);
        var under = Sum(before, condition, shown);
        var weight = over == under ? 1 : Math.Clamp(-under / (over - under), 0, 1);
        ImmutableArray<(double, ImmutableArray<int>)> mixture =
            weight is 0 or 1 ? [(1, weight == 1 ? after : before)] : [(weight, after), (1 - weight, before)];
        return new(
            mixture, mixture.Sum(row => row.Item1 * Sum(row.Item2, relevance, shown)), Sum(Order(
                relevance, condition, dual),
                [.. relevance.Select((value, i) => value + (dual * condition[i]))], shown));
    }

    /// <summary>Mean exposure of each offer.</summary>
    public double[] Exposure(int offers)
    {
        var exposure = new double[offers];
        foreach (var (weight, order) in Mixture)
        {
            foreach (var (i, offer) in order.Index())
            {
                exposure[offer] += weight * BrowsingModel.Logarithmic(i + 1);
            }
        }

        return exposure;
    }

    private static double[] Condition(
        IReadOnlyList<double> relevance, IReadOnlyList<bool> isOfGroup, Func<double, double, double> per)
    {
        double Mean(bool group) => relevance.Where((_, i) => isOfGroup[i] == group).Average();
        var (inside, outside, count) = (Mean(true), Mean(false), isOfGroup.Count(flag => flag));
        return [.. relevance
            .Select((
                own, i) => isOfGroup[i] ? per(own, inside) / count : -per(own, outside) / (relevance.Count - count))];
    }

    private static ImmutableArray<int> Order(
        IReadOnlyList<double> relevance, IReadOnlyList<double> condition, double multiplier) =>
        [.. Enumerable.Range(0, relevance.Count)
            .OrderByDescending(i => relevance[i] + (multiplier * condition[i])).ThenBy(i => i)];

    private static double Sum(ImmutableArray<int> order, IReadOnlyList<double> values, int shown) =>
        order.Take(shown).Index().Sum(entry => BrowsingModel.Logarithmic(entry.Index + 1) * values[entry.Item]);
}
