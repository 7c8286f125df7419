using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Dossiers;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>What stands behind the reasons of a case, as a run found it.</summary>
/// <param name="Reasons">By feature.</param>
/// <param name="Network">Null where its sellers share nothing, or little and no reason is about it.</param>
public sealed record CaseEvidence(ImmutableDictionary<string, ReasonEvidence> Reasons, CompanyNetwork? Network)
{
    /// <summary>Of the amounts: where linked companies sell less and no reason is about them, they are nobody's
    /// business.</summary>
    private const double MuchShared = 0.1;

    /// <summary>Of many cases in a few looks at the data.</summary>
    /// <param name="scored">Certifications of a run that get a case.</param>
    /// <returns>By certification.</returns>
    internal static IReadOnlyDictionary<string, CaseEvidence> Gather(
        PlatformData data, DateOnly cutoff, IReadOnlyList<ScoredCertification> scored)
    {
        var wanted = scored.SelectMany(one => one.Reasons.Select(reason => (one.Certification.Id, reason.Feature.Id)))
            .ToHashSet();
        var past = PeerHistory.Read(data, cutoff, wanted);
        string[] ids = [.. scored.Select(one => one.Certification.Id)];
        var month = DossierQuery.Find(data, cutoff, CertificationMeasures.DaysOfMonth, ids).Dossiers;
        var (quarter, networks) = DossierQuery.Find(data, cutoff, CertificationMeasures.DaysOfQuarter, ids);
        return scored.ToDictionary(one => one.Certification.Id, one => new CaseEvidence(
            one.Reasons.ToImmutableDictionary(reason => reason.Feature.Id, reason => new ReasonEvidence(
                [.. past[(one.Certification.Id, reason.Feature.Id)]],
                (reason.Days == CertificationMeasures.DaysOfMonth ? month : quarter)
                    .GetValueOrDefault((one.Certification.Id, reason.Feature.Id)))),
            networks.GetValueOrDefault(one.Certification.Id) is { } network
                && (one.Reasons.Any(reason => reason.Feature.Family == FeatureFamily.Network)
                    || network.Companies.Sum(company => company.Share) >= MuchShared) ? network : null));
    }
}

/// <param name="Past">Two years by quarter, the oldest first.</param>
/// <param name="Dossiers">Null where the feature is no matter of single dossiers.</param>
public sealed record ReasonEvidence(ImmutableArray<PastComparison> Past, DossierEvidence? Dossiers);
