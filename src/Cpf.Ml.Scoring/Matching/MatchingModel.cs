using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>Which jobs certifications lead to, with a probability that each would be declared.</summary>
/// <param name="OfNew">How far signals are to be believed of a certification without any known version.</param>
/// <param name="OfRenewal">The same of one that replaces, or is called like, a known one.</param>
/// <param name="Titles">From what people call a job to its code.</param>
/// <param name="JobTexts">The ROME.</param>
public sealed record MatchingModel(MatchingKnowledge Knowledge, SignalRegression OfNew, SignalRegression OfRenewal, JobTitleModel Titles, IReadOnlyList<Job> JobTexts)
{
    /// <summary>Of the model and its folder.</summary>
    public const string Name = "matching";

    /// <summary>What jobs beyond the candidates are worth beside them.</summary>
    private const double Far = 1e-6;

    private readonly Lazy<LinkSignals> _signals = new(() => new LinkSignals(Knowledge));

    public LinkSignals Signals => _signals.Value;

    /// <returns>Jobs that the fiche may lead to, the most probable first; its own declared jobs are not looked at.</returns>
    public IReadOnlyList<EstimatedLink> Link(Fiche fiche)
    {
        var (jobs, signals) = Signals.Of(fiche);
        var regression = Signals.IsRenewal(fiche) ? OfRenewal : OfNew;
        return [.. jobs.Select((job, i) => new EstimatedLink(Knowledge.Jobs[job], Probability(regression.Score(signals[i])), signals[i])).OrderByDescending(link => link.Probability).ThenBy(link => link.Job, StringComparer.Ordinal)];
    }

    /// <returns>Of every job, how well the fiche fits: the probability where the job is a candidate, and less than any where it is none.</returns>
    public IReadOnlyDictionary<string, double> ScoreAll(Fiche fiche)
    {
        var scores = Signals.Linear(fiche).Index().ToDictionary(one => Knowledge.Jobs[one.Index], one => Far * Probability(one.Item));
        foreach (var link in Link(fiche))
        {
            scores[link.Job] = Far + link.Probability;
        }

        return scores;
    }

    /// <summary>Where an estimated link comes from: the best that speaks for it.</summary>
    public LinkEvidence Explain(Fiche fiche, string job) => Signals.Explain(fiche, Knowledge.Jobs.IndexOf(job));

    private static double Probability(double odds) => 1 / (1 + Math.Exp(-odds));
}

/// <param name="Job">ROME code, version 3.</param>
/// <param name="Probability">That a certifier would declare it.</param>
/// <param name="Signals">As in <see cref="LinkSignals.Names"/>.</param>
public sealed record EstimatedLink(string Job, double Probability, float[] Signals);
