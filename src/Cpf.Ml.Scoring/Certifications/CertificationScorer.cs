using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>Ranks certifications by the evidence against them, or by what past controls have made of such evidence, and
/// says why.</summary>
public static class CertificationScorer
{
    private const int MostReasons = 5;
    private const int MostInFavour = 3;

    /// <summary>Deviations on the reassuring side that are worth telling.</summary>
    private const double Reassuring = -1;

    private static readonly ImmutableArray<IGrouping<string, Feature>> Families =
        [.. FeatureCatalogue.All.GroupBy(feature => feature.Family)];

    /// <param name="model">What controls have taught; null for none, the evidence then counts as it is.</param>
    /// <returns>One a certification, in the order of the set.</returns>
    public static ImmutableArray<ScoredCertification> Score(
        CertificationEvidence evidence, CertificationModel? model = null)
    {
        var set = evidence.Peers.Set;
        var rows = set.Certifications.Select(
            (_, place) => evidence.Peers.IsWarm[place] ? EvidenceVector.Row(evidence, place) : null).ToArray();
        double Of(double[] row) => model?.Score(row) ?? row[^1];
        var scores = Array.ConvertAll(rows, row => row is null ? double.NaN : Of(row));
        var sorted = scores.Where(double.IsFinite).Order().ToArray();

        // Ties in the order of ids, so that the same data give the same ranks.
        var ranks = Enumerable.Range(0, rows.Length)
            .Where(place => rows[place] is not null).OrderByDescending(place => scores[place]).ThenBy(place => place)
            .Index().ToDictionary(one => one.Item, one => one.Index + 1);
        return [.. set.Certifications.Select((one, place) => rows[place] is { } row
            ? new ScoredCertification(
                one, true, ranks[place], Scoring.Score.FromPValue(ranks[place] / (sorted.Length + 1.0)), row[^1],
                model?.Probability(scores[place]), Reasons(evidence, place, row), InFavour(evidence.Peers, place))
            : new ScoredCertification(one, false, 0, default, 0, null, [], []))];

        ImmutableArray<CertificationReason> Reasons(CertificationEvidence evidence, int place, double[] row)
        {
            var shares = model?.Contributions(row) ?? EvidenceVector.Families.ToDictionary(
                family => family, family => EvidenceVector.OfFamily(row, family));
            var all = shares.Values.Sum(share => Math.Max(0, share));
            var reasons =
                from family in Families
                where EvidenceVector.OfFamily(row, family.Key) > 0 && shares[family.Key] > 0
                let strongest = family.OrderByDescending(feature => evidence.Of(feature.Id, place)).First()
                select Reason(evidence, strongest, place, shares[family.Key] / all,
                    1 + sorted.Length - Below(sorted, Of(EvidenceVector.Without(row, family.Key))));
            return [.. reasons.OrderByDescending(reason => reason.IsFact)
                .ThenByDescending(reason => reason.Share).Take(MostReasons)];
        }
    }

    private static CertificationReason Reason(
        CertificationEvidence evidence, Feature feature, int place, double share, int rankWithout)
    {
        var peers = evidence.Telling(feature.Id, place);
        var comparison = peers[feature.Id, place];
        return new CertificationReason(
            feature, share, comparison,
            peers.Groups[place].Name, OwnPast.Applies(feature) ? evidence.Before(feature.Id, place) : double.NaN,
            Math.Exp(evidence.Of(feature.Id, place)), rankWithout, peers.Set.Days);
    }

    private static ImmutableArray<Text> InFavour(PeerComparison peers, int place)
    {
        var known = Families.Select(family => peers.Set.Known.GetValueOrDefault((peers.Set.Certifications[place].Id,
            family.Key))).OfType<string>().Select(reason => new Text(reason, reason));
        var reassuring = FeatureCatalogue.All.Where(feature => Reassures(feature, peers[feature.Id, place]))
            .OrderBy(feature => peers[feature.Id, place].Distance)
            .DistinctBy(feature => feature.Family).Take(MostInFavour)
            .Select(feature => (Feature: feature,
                Value: ReasonSentences.Amount(feature, peers[feature.Id, place].Value),
                Median: ReasonSentences.Amount(feature, peers[feature.Id, place].Median)))
            .Select(one => new Text(
                $"{one.Feature.Name.Fr} : {one.Value.Fr}, contre {one.Median.Fr} en médiane chez les certifications "
                    + $"comparables.",
                $"{one.Feature.Name.En}: {one.Value.En}, against a median of {one.Median.En} of comparable "
                    + $"certifications."));
        return [.. known, .. reassuring];
    }

    /// <summary>Far out on the reassuring side, and beyond the median that it is told beside.</summary>
    internal static bool Reassures(Feature feature, Comparison one) =>
        one.Distance < Reassuring && feature.Direction * (one.Value - one.Median) < 0;

    private static int Below(double[] sorted, double value)
    {
        var place = Array.BinarySearch(sorted, value);
        return place < 0 ? ~place : place;
    }
}
