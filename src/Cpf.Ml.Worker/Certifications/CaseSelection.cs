using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Which certifications controllers should read: mostly those of highest expected harm, some uncertain ones,
/// some at random.</summary>
/// <remarks>The random ones estimate without bias how often the first ones are right, and what is overlooked: 80, 10
/// and 10 % of the budget.</remarks>
internal static class CaseSelection
{
    private const double Top = 0.8;
    private const double Uncertain = 0.1;

    /// <summary>Evidence at which odds are even, and evidence that multiplies them by e: an order of urgency before
    /// controls have calibrated it, shown to nobody as a probability.</summary>
    private const double EvenOddsEvidence = 24;
    private const double EvidencePerLogit = 8;

    /// <param name="scored">All of a run.</param>
    /// <param name="model">What ranked them.</param>
    /// <param name="count">Cases at most.</param>
    public static IReadOnlyList<(ScoredCertification Scored, CertificationCase Case)> Choose(
        IReadOnlyList<ScoredCertification> scored, FeatureSet set, CertificationRun run, string model, int count)
    {
        var byHarm = scored.Where(certification => certification.IsWarm).OrderByDescending(Harm)
            .ThenBy(certification => certification.Certification.Id, StringComparer.Ordinal).ToList();
        var (top, uncertain) = ((int)Math.Ceiling(Top * count), (int)Math.Round(Uncertain * count));

        // Where nothing is abnormal there is nothing to read, however much money it is about; chance looks there as
        // well.
        var first = byHarm.Where(certification => certification.Reasons.Length > 0).Take(top).ToList();
        var rest = byHarm.Except(first).ToList();
        var doubtful = rest.Where(certification => certification.Reasons.Length > 0)
            .OrderBy(certification => Math.Abs(Likelihood(certification) - 0.5)).Take(uncertain).ToList();

        // The same run draws the same certifications.
        var random = new Random(run.Id.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        var others = rest.Except(doubtful).ToArray();
        random.Shuffle(others);
        IEnumerable<(ScoredCertification Scored, CaseOrigin Origin)> chosen =
        [
            .. first.Select(certification => (certification, CaseOrigin.Top)),
            .. doubtful.Select(certification => (certification, CaseOrigin.Uncertain)),
            .. others.Take(Math.Max(0, count - top - uncertain))
                .Select(certification => (certification, CaseOrigin.Random)),
        ];
        return [.. chosen.Select(entry => (entry.Scored, Case(entry.Scored, entry.Origin, set, run, model)))];
    }

    private static CertificationCase Case(
        ScoredCertification scored, CaseOrigin origin, FeatureSet set, CertificationRun run, string model) =>
            CertificationCase.Opened(
        AlertId.Hash("certification-case", scored.Certification.Id, run.Id),
        scored.Certification.Id,
        scored.Certification.Title,
        origin,
        Math.Round(Harm(scored), 2),
        run,
        CaseDocument.From(scored, run.Warm, set, model));

    /// <summary>EUR a month, times the share that controls confirm.</summary>
    private static double Harm(ScoredCertification certification) =>
        certification.Certification.Euros / 3 * Likelihood(certification);

    private static double Likelihood(ScoredCertification certification) =>
        certification.Probability
            ?? (1 / (1 + Math.Exp((EvenOddsEvidence - certification.Evidence) / EvidencePerLogit)));
}
