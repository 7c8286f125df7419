using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Dossiers;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>The evidence behind the reasons of a case, as a run found it.</summary>
/// <param name="Reasons">By feature.</param>
/// <param name="Network">Null where its sellers share nothing, or little and no reason is about it.</param>
public sealed record CaseEvidence(ImmutableDictionary<string, ReasonEvidence> Reasons, CompanyNetwork? Network)
{
    /// <summary>Of the amounts: where linked companies sell less and no reason is about them, they are nobody's
    /// business.</summary>
    private const double MuchShared = 0.1;

    /// <summary>Gathers the evidence of many cases with few queries.</summary>
    /// <param name="scored">Certifications of a run that get a case.</param>
    /// <returns>By certification.</returns>
    internal static IReadOnlyDictionary<string, CaseEvidence> Gather(
        PlatformData data, DateOnly cutoff, IReadOnlyList<ScoredCertification> scored)
    {
        var wanted = scored.SelectMany(certification =>
            certification.Reasons.Select(reason => (certification.Certification.Id, reason.Feature.Id)))
            .ToHashSet();
        var past = PeerHistory.Read(data, cutoff, wanted);
        string[] ids = [.. scored.Select(certification => certification.Certification.Id)];
        var month = DossierQuery.Find(data, cutoff, CertificationMeasures.DaysOfMonth, ids).Dossiers;
        var (quarter, networks) = DossierQuery.Find(data, cutoff, CertificationMeasures.DaysOfQuarter, ids);
        return scored.ToDictionary(certification => certification.Certification.Id, certification => new CaseEvidence(
            certification.Reasons.ToImmutableDictionary(reason => reason.Feature.Id, reason => new ReasonEvidence(
                [.. past[(certification.Certification.Id, reason.Feature.Id)]],
                (reason.Days == CertificationMeasures.DaysOfMonth ? month : quarter)
                    .GetValueOrDefault((certification.Certification.Id, reason.Feature.Id)))),
            networks.GetValueOrDefault(certification.Certification.Id) is { } network
                && (certification.Reasons.Any(reason => reason.Feature.Family == FeatureFamily.Network)
                    || network.Companies.Sum(company => company.Share) >= MuchShared) ? network : null));
    }
}

/// <param name="Past">Two years by quarter, the oldest first.</param>
/// <param name="Dossiers">Null where the feature is no matter of single dossiers.</param>
public sealed record ReasonEvidence(ImmutableArray<PastPosition> Past, DossierEvidence? Dossiers);
