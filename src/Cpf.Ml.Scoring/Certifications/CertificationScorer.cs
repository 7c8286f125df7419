using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>Ranks certifications by the evidence against them, without labels, and says why.</summary>
/// <remarks>
/// The evidence of a family is that of its two rarest features: more of them say the same again. What one certification in seven shows is taken off each family, so that ten slight oddities are not one grave one.
/// </remarks>
public static class CertificationScorer
{
    /// <summary>Name and version of how evidence is weighed: another one, and the same data are scored anew.</summary>
    public const string Model = "certification-evidence@2";

    /// <summary>−ln of one in seven.</summary>
    private const double Ordinary = 2;
    private const int MostReasons = 5;
    private const int MostInFavour = 3;

    /// <summary>Deviations on the reassuring side that are worth telling.</summary>
    private const double Reassuring = -1;

    private static readonly ImmutableArray<IGrouping<string, Feature>> Families = [.. FeatureCatalogue.All.GroupBy(feature => feature.Family)];

    /// <returns>One a certification, in the order of the set.</returns>
    public static ImmutableArray<ScoredCertification> Score(CertificationEvidence evidence)
    {
        var set = evidence.Peers.Set;
        var totals = Totals(evidence);
        var sorted = totals.Where((_, place) => evidence.Peers.IsWarm[place]).Order().ToArray();

        // Ties in the order of ids, so that the same data give the same ranks.
        var ranks = Enumerable.Range(0, totals.Length).Where(place => evidence.Peers.IsWarm[place]).OrderByDescending(place => totals[place]).ThenBy(place => place)
            .Index().ToDictionary(one => one.Item, one => one.Index + 1);
        return [.. set.Certifications.Select((one, place) => evidence.Peers.IsWarm[place]
            ? new ScoredCertification(
                one, true, ranks[place], Scoring.Score.OfPValue(ranks[place] / (sorted.Length + 1.0)), totals[place], Reasons(evidence, place, totals[place], sorted), InFavour(evidence.Peers, place))
            : new ScoredCertification(one, false, 0, default, 0, [], []))];
    }

    /// <summary>Sum of evidence over families; 0 for what is not warm.</summary>
    public static double[] Totals(CertificationEvidence evidence) =>
        [.. evidence.Peers.Set.Certifications.Select((_, place) => Families.Sum(family => OfFamily(evidence, family, place)))];

    /// <summary>Evidence of a family beyond what is ordinary.</summary>
    internal static double OfFamily(CertificationEvidence evidence, IEnumerable<Feature> family, int place) =>
        Math.Max(0, family.Select(feature => evidence.Of(feature.Id, place)).OrderDescending().Take(2).Sum() - Ordinary);

    private static ImmutableArray<CertificationReason> Reasons(CertificationEvidence evidence, int place, double total, double[] sorted)
    {
        var reasons =
            from family in Families
            let weight = OfFamily(evidence, family, place)
            where weight > 0
            let strongest = family.OrderByDescending(feature => evidence.Of(feature.Id, place)).First()
            select Reason(evidence, strongest, place, weight / total, 1 + sorted.Length - Below(sorted, total - weight));
        return [.. reasons.OrderByDescending(reason => reason.IsFact).ThenByDescending(reason => reason.Share).Take(MostReasons)];
    }

    private static CertificationReason Reason(CertificationEvidence evidence, Feature feature, int place, double share, int rankWithout)
    {
        var peers = evidence.Telling(feature.Id, place);
        var comparison = peers[feature.Id, place];
        return new CertificationReason(
            feature, share, comparison, peers.Groups[place].Name, OwnPast.Applies(feature) ? evidence.Before(feature.Id, place) : double.NaN,
            Math.Exp(evidence.Of(feature.Id, place)), comparison.Value >= feature.Limit, rankWithout, peers.Set.Days);
    }

    private static ImmutableArray<Text> InFavour(PeerComparison peers, int place)
    {
        var known = Families.Select(family => peers.Set.Known.GetValueOrDefault((peers.Set.Certifications[place].Id, family.Key))).OfType<string>().Select(reason => new Text(reason, reason));
        var reassuring = FeatureCatalogue.All.Where(feature => peers[feature.Id, place].Distance < Reassuring).OrderBy(feature => peers[feature.Id, place].Distance)
            .DistinctBy(feature => feature.Family).Take(MostInFavour)
            .Select(feature => (Feature: feature, Value: ReasonSentences.Amount(feature, peers[feature.Id, place].Value), Median: ReasonSentences.Amount(feature, peers[feature.Id, place].Median)))
            .Select(one => new Text(
                $"{one.Feature.Name.Fr} : {one.Value.Fr}, contre {one.Median.Fr} en médiane chez les certifications comparables.",
                $"{one.Feature.Name.En}: {one.Value.En}, against a median of {one.Median.En} of comparable certifications."));
        return [.. known, .. reassuring];
    }

    private static int Below(double[] sorted, double value)
    {
        var place = Array.BinarySearch(sorted, value);
        return place < 0 ? ~place : place;
    }
}
