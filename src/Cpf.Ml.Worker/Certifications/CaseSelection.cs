using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Which certifications controllers should read: mostly where most harm is expected, some of which nobody is
/// sure, some at random.</summary>
/// <remarks>The last ones tell without bias how often the first ones are right, and what is overlooked. Reference: the
/// budget of section 9.1 of the field's practice: 80, 10 and 10 %.</remarks>
internal static class CaseSelection
{
    private const double Top = 0.8;
    private const double Uncertain = 0.1;

    /// <summary>Evidence at which odds are even, and evidence that multiplies them by e: an order of urgency before
    /// controls have calibrated it, shown to nobody as a probability.</summary>
    private const double Even = 24;
    private const double Scale = 8;

    /// <param name="scored">All of a run.</param>
    /// <param name="model">What ranked them.</param>
    /// <param name="count">Cases at most.</param>
    public static IReadOnlyList<(ScoredCertification Scored, CertificationCase Case)> Choose(
        IReadOnlyList<ScoredCertification> scored, FeatureSet set, CertificationRun run, string model, int count)
    {
        var byHarm = scored.Where(one => one.IsWarm)
            .OrderByDescending(Harm).ThenBy(one => one.Certification.Id, StringComparer.Ordinal).ToList();
        var (top, uncertain) = ((int)Math.Ceiling(Top * count), (int)Math.Round(Uncertain * count));

        // Where nothing is abnormal there is nothing to read, however much money it is about; chance looks there as
        // well.
        var chosen = byHarm.Where(one => one.Reasons.Length > 0)
            .Take(top).Select(one => (one, Origin: CaseOrigin.Top)).ToList();
        var rest = byHarm.Except(chosen.Select(one => one.one)).ToList();
        var doubtful = rest.Where(one => one.Reasons.Length > 0)
            .OrderBy(one => Math.Abs(Likelihood(one) - 0.5)).Take(uncertain).ToList();
        chosen.AddRange(doubtful.Select(one => (one, CaseOrigin.Uncertain)));

        // The same run draws the same ones.
        var random = new Random(run.Id.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        var others = rest.Except(doubtful).ToArray();
        random.Shuffle(others);
        chosen.AddRange(others.Take(Math.Max(0, count - top - uncertain)).Select(one => (one, CaseOrigin.Random)));
        return [.. chosen.Select(one => (one.one, Case(one.one, one.Origin, set, run, model)))];
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
    private static double Harm(ScoredCertification one) => one.Certification.Euros / 3 * Likelihood(one);

    private static double Likelihood(ScoredCertification one) =>
        one.Probability ?? (1 / (1 + Math.Exp((Even - one.Evidence) / Scale)));
}
