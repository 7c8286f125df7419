using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>Ranks certifications by the evidence against them, or by a model of past controls over such evidence, and
/// gives the reasons.</summary>
public static class CertificationScorer
{
    private const int MaxReasons = 5;
    private const int MaxInFavour = 3;

    /// <summary>Distance on the reassuring side, in standard deviations, from which a feature is reported.</summary>
    private const double Reassuring = -1;

    private static readonly ImmutableArray<IGrouping<string, Feature>> Families =
        [.. FeatureCatalogue.All.GroupBy(feature => feature.Family)];

    /// <summary>Scores every certification that has enough dossiers, and ranks them together.</summary>
    /// <param name="evidence">Evidence of a cut-off date.</param>
    /// <param name="model">Model trained on past controls; null for none, certifications are then ranked by their total
    /// evidence.</param>
    /// <returns>One element a certification, in the order of the measured set.</returns>
    public static ImmutableArray<ScoredCertification> Score(
        CertificationEvidence evidence, CertificationModel? model = null)
    {
        var set = evidence.Peers.Set;
        var rows = set.Certifications.Select(
            (_, index) => evidence.Peers.IsWarm[index] ? EvidenceVector.Row(evidence, index) : null).ToArray();
        double Of(double[] row) => model?.Score(row) ?? row[^1];
        var scores = Array.ConvertAll(rows, row => row is null ? double.NaN : Of(row));
        var sorted = scores.Where(double.IsFinite).Order().ToArray();

        // Ties in the order of ids, so that the same data give the same ranks.
        var ranks = Enumerable.Range(0, rows.Length)
            .Where(index => rows[index] is not null).OrderByDescending(index => scores[index]).ThenBy(index => index)
            .Index().ToDictionary(entry => entry.Item, entry => entry.Index + 1);
        return [.. set.Certifications.Select((certification, index) => rows[index] is { } row
            ? new ScoredCertification(
                certification,
                true, ranks[index], Scoring.Score.FromPValue(ranks[index] / (sorted.Length + 1.0)), row[^1],
                model?.Probability(scores[index]), Reasons(evidence, index, row), InFavour(evidence.Peers, index))
            : new ScoredCertification(certification, false, 0, default, 0, null, [], []))];

        ImmutableArray<CertificationReason> Reasons(CertificationEvidence evidence, int index, double[] row)
        {
            var shares = model?.Contributions(row) ?? EvidenceVector.Families.ToDictionary(
                family => family, family => EvidenceVector.FamilyEvidence(row, family));
            var all = shares.Values.Sum(share => Math.Max(0, share));
            var reasons =
                from family in Families
                where EvidenceVector.FamilyEvidence(row, family.Key) > 0 && shares[family.Key] > 0
                let strongest = family.OrderByDescending(feature => evidence.Surprisal(feature.Id, index)).First()
                select Reason(evidence, strongest, index, shares[family.Key] / all,
                    RankWithout(sorted, scores[index], Of(EvidenceVector.Without(row, family.Key))));
            return [.. reasons.OrderByDescending(reason => reason.IsFact)
                .ThenByDescending(reason => reason.Share).Take(MaxReasons)];
        }
    }

    private static CertificationReason Reason(
        CertificationEvidence evidence, Feature feature, int index, double share, int rankWithout)
    {
        var peers = evidence.StrongestWindow(feature.Id, index);
        var position = peers[feature.Id, index];
        return new CertificationReason(
            feature, share, position,
            peers.Groups[index].Name, OwnPast.Applies(feature) ? evidence.YearBefore(feature.Id, index) : double.NaN,
            Math.Exp(evidence.Surprisal(feature.Id, index)), rankWithout, peers.Set.Days);
    }

    private static ImmutableArray<Text> InFavour(PeerComparison peers, int index)
    {
        var known = Families.Select(family => peers.Set.Known.GetValueOrDefault((peers.Set.Certifications[index].Id,
            family.Key))).OfType<string>().Select(reason => new Text(reason, reason));
        var reassuring = FeatureCatalogue.All.Where(feature => Reassures(feature, peers[feature.Id, index]))
            .OrderBy(feature => peers[feature.Id, index].Distance)
            .DistinctBy(feature => feature.Family).Take(MaxInFavour)
            .Select(feature => (Feature: feature,
                Value: ReasonSentences.Amount(feature, peers[feature.Id, index].Value),
                Median: ReasonSentences.Amount(feature, peers[feature.Id, index].Median)))
            .Select(entry => new Text(
                $"{entry.Feature.Name.Fr} : {entry.Value.Fr}, contre {entry.Median.Fr} en médiane chez les "
                    + $"certifications "
                    + $"comparables.",
                $"{entry.Feature.Name.En}: {entry.Value.En}, against a median of {entry.Median.En} of comparable "
                    + $"certifications."));
        return [.. known, .. reassuring];
    }

    /// <summary>Far out on the reassuring side, and beyond the median that it is reported beside.</summary>
    internal static bool Reassures(Feature feature, PeerPosition position) =>
        position.Distance < Reassuring && feature.Direction * (position.Value - position.Median) < 0;

    /// <summary>The rank of a certification with another score; it is not ranked behind itself.</summary>
    /// <param name="sorted">The scores of all certifications, ascending.</param>
    /// <param name="score">Its own of them.</param>
    /// <param name="without">Its score without a family of evidence.</param>
    /// <returns>1 for the first.</returns>
    internal static int RankWithout(double[] sorted, double score, double without)
    {
        var (first, end) = (0, sorted.Length);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = sorted[middle] < without ? (middle + 1, end) : (first, middle);
        }

        return 1 + sorted.Length - first - (score >= without ? 1 : 0);
    }
}
