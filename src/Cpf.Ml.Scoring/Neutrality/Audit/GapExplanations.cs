using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>What biases of groups go with: parameters that engines have and must not have, and groups that
/// overlap.</summary>
internal static class GapExplanations
{
    /// <summary>The first that anybody should look at.</summary>
    private const int MaxExplanations = 3;

    private static readonly (string Id, Text Name, Func<LoggedOffer, int, double?> Of)[] Parameters =
    [
        ("popularity",
            new("à popularité passée égale", "at equal past popularity"), (offer, _) => Log(offer.Popularity)),
        ("text", new("à longueur de texte égale", "at equal length of text"), (offer, _) => Log(offer.TextLength)),
        ("price", new("à prix égal", "at equal price"), (offer, _) => Log(offer.Price)),
        ("volume", new("à nombre égal d'offres de l'organisme", "at an equal number of offers of the organisation"),
            (_, own) => Math.Log2(own)),
    ];

    /// <summary>Finds the explanations of a biased group's gap.</summary>
    /// <param name="strata">Strata of equal relevance.</param>
    /// <param name="line">A biased group.</param>
    /// <param name="groupOf">Of each offer: above 0 of the group, 0 of others, below 0 left out.</param>
    /// <param name="others">Other biased groups.</param>
    public static ImmutableArray<GapExplanation> Find(ExposureStrata strata,
        AuditLine line, IReadOnlyList<int> groupOf, IEnumerable<(AuditLine Line, int[] GroupOf)> others)
    {
        var offers = strata.Log.Offers;
        var parameters = Parameters.Where(parameter => parameter.Id != line.Dimension).Select(
            parameter => GapExplanation.Estimate(
                strata, groupOf, parameter.Id, parameter.Name, (offer, own) => parameter.Of(offers[offer], own)));

        // A dimension that is made of two holds the other within it.
        var groups = others.Where(other => !Overlap(other.Line.Dimension, line.Dimension))
            .Select(other => GapExplanation.Estimate(
            strata, groupOf,
            other.Line.Key, new($"à part égale de « {other.Line.Name.Fr} : {other.Line.GroupName.Fr} »",
                $"at an equal share of “{other.Line.Name.En}: {other.Line.GroupName.En}”"),
            (offer, _) => other.GroupOf[offer] < 0 ? null : other.GroupOf[offer]));
        return [.. parameters.Concat(groups)
            .OfType<GapExplanation>().OrderByDescending(explanation => explanation.Share).Take(MaxExplanations)];
    }

    private static bool Overlap(string name, string other) => name.Split('-').Intersect(other.Split('-')).Any();

    private static double? Log(double? value) => value is { } known ? Math.Log2(1 + known) : null;
}
