namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>Which jobs certifications lead to, with a probability that each would be declared.</summary>
/// <param name="Knowledge">What was learnt from the register.</param>
/// <param name="Weighing">How far signals are to be believed.</param>
/// <param name="Titles">From what people call a job to its code.</param>
/// <param name="JobTexts">The ROME.</param>
internal sealed record MatchingModel(
    MatchingKnowledge Knowledge, SignalWeighing Weighing, JobTitleModel Titles, IReadOnlyList<Job> JobTexts)
{
    /// <summary>Of the model and its folder.</summary>
    public const string Name = "matching";

    /// <summary>What jobs beyond the candidates are worth beside them.</summary>
    private const double Far = 1e-6;

    private readonly Lazy<LinkSignals> _signals = new(() => new LinkSignals(Knowledge));

    public LinkSignals Signals => _signals.Value;

    /// <returns>Jobs that the fiche may lead to, the most probable first; its own declared jobs are not looked
    /// at.</returns>
    public IReadOnlyList<EstimatedLink> Link(Fiche fiche)
    {
        var (jobs, signals) = Signals.Of(fiche);
        var isRenewal = Signals.IsRenewal(fiche);
        return [.. jobs.Select((job, i) => new EstimatedLink(Knowledge.Jobs[job],
            Weighing.Probability(isRenewal, Signals.TierOf(fiche, job, signals[i]), signals[i]), signals[i]))
            .OrderByDescending(link => link.Probability).ThenBy(link => link.Job, StringComparer.Ordinal)];
    }

    /// <returns>Of every job, how well the fiche fits: the probability where the job is a candidate, and less than any
    /// where it is none.</returns>
    public IReadOnlyDictionary<string, double> ScoreAll(Fiche fiche)
    {
        var scores = Signals.Linear(fiche)
            .Index().ToDictionary(entry => Knowledge.Jobs[entry.Index], entry => Far / (1 + Math.Exp(-entry.Item)));
        foreach (var link in Link(fiche))
        {
            scores[link.Job] = Far + link.Probability;
        }

        return scores;
    }

    /// <summary>What speaks for an estimated link of the fiche.</summary>
    public LinkEvidence Explain(Fiche fiche, EstimatedLink link) =>
        Signals.Explain(fiche, Knowledge.Jobs.IndexOf(link.Job), link.Signals);
}

/// <param name="Job">ROME code, version 3.</param>
/// <param name="Probability">That a certifier would declare it.</param>
/// <param name="Signals">As in <see cref="LinkSignals.Names"/>.</param>
internal sealed record EstimatedLink(string Job, double Probability, float[] Signals);
