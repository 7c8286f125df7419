using System.Collections.Immutable;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Training.Neutrality.Learning;

/// <summary>
/// Features that say who sells, or how popular an offer is, under another name: a model that knows them learns the bias
/// that it is to be free of.
/// </summary>
internal static class FeatureLeaks
{
    /// <summary>What is mostly something else: half of a feature's variance.</summary>
    private const double MaxShare = 0.5;

    /// <summary>Why features are not to be learnt from, by name; those that are fine are not in it.</summary>
    public static ImmutableSortedDictionary<string, Text> Find(RelevanceExamples examples)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, Text>(StringComparer.Ordinal);
        for (var i = 0; i < examples.Features.Length; i++)
        {
            var index = i;
            var offers = examples.All.Where(example => !double.IsNaN(example.Features[index]))
                .GroupBy(example => example.Offer)
                .Select(offer => (Offer: offer.Key, Value: offer.Average(example => example.Features[index]))).ToList();
            var ofOrganisation =
                ShareOfOrganisation([.. offers.GroupBy(offer => examples.Log.Offers[offer.Offer].Organisation)
                .Select(group => group.Select(row => row.Value).ToArray())]);
            var popular = offers.Where(offer => examples.Log.Offers[offer.Offer].Popularity is not null).ToList();
            var rank = popular.Count < 3 ? 0 : MathNet.Numerics.Statistics.Correlation.Spearman([.. popular.Select(
                row => row.Value)], [.. popular.Select(row => examples.Log.Offers[row.Offer].Popularity!.Value)]);
            if (offers.Select(offer => offer.Value).Distinct().Count() < 2)
            {
                found.Add(examples.Features[i], new("il est le même pour toutes les offres", "it is the same for all "
                    + "offers"));
            }
            else if (rank * rank >= MaxShare)
            {
                found.Add(examples.Features[i], new($"c'est la popularité sous un autre nom "
                    + $"({Amounts.Percent(100 * rank * rank).Fr} de son ordre)", $"it is popularity under another name "
                    + $"({Amounts.Percent(100 * rank * rank).En} of its order)"));
            }
            else if (ofOrganisation >= MaxShare)
            {
                found.Add(examples.Features[i], new($"il dit qui vend ({Amounts.Percent(100 * ofOrganisation).Fr} de "
                    + "sa variance est entre organismes)", $"it says who sells "
                    + $"({Amounts.Percent(100 * ofOrganisation).En} of its variance is between organisations)"));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// Share of the variance that is between groups beyond what chance puts there (intra-class correlation of one-way
    /// analysis of variance); 0 where groups have one member each.
    /// </summary>
    internal static double ShareOfOrganisation(IReadOnlyList<double[]> groups)
    {
        var n = groups.Sum(group => group.Length);
        if (groups.Count < 2 || n == groups.Count)
        {
            return 0;
        }

        var mean = groups.Sum(group => group.Sum()) / n;
        var between = groups.Sum(group => group.Length * Math.Pow(group.Average() - mean, 2)) / (groups.Count - 1);
        var within = groups.Sum(group => group.Average() is var own ? group.Sum(value => Math.Pow(value - own, 2)) : 0)
            / (n - groups.Count);
        var size = (n - (groups.Sum(group => (double)group.Length * group.Length) / n)) / (groups.Count - 1);
        return between + within == 0 ? 0 : Math.Max(0, (between - within) / (between + ((size - 1) * within)));
    }
}
