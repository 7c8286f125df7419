using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>The whole register with its links, declared and estimated, to be asked by job.</summary>
public sealed class MatchingCatalogue
{
    private readonly Dictionary<string, Job> _jobs;
    private readonly Dictionary<string, CataloguedFiche> _fiches;
    private readonly ILookup<string, (CataloguedFiche Fiche, CataloguedLink Link)> _byJob;
    private readonly Dictionary<(string Job, string Region), Shortage> _shortages;

    /// <param name="titles">From what people call a job to its code.</param>
    /// <param name="jobs">The ROME.</param>
    /// <param name="fiches">Of the register, in order.</param>
    /// <param name="bands">From which probabilities on links of a tier are included or left out.</param>
    internal MatchingCatalogue(JobTitleModel titles, ImmutableArray<Job> jobs,
        ImmutableArray<CataloguedFiche> fiches, ImmutableArray<Shortage> shortages, ImmutableArray<LinkBand> bands)
    {
        (Titles, Jobs, Fiches, Shortages, Bands) = (titles, jobs, fiches, shortages, bands);
        _jobs = jobs.ToDictionary(job => job.Code);
        _fiches = fiches.ToDictionary(fiche => fiche.Fiche.Id);
        _byJob = fiches.SelectMany(fiche => fiche.Links.Select(link => (fiche, link))).ToLookup(one => one.link.Job);
        _shortages = shortages.ToDictionary(one => (one.Job, one.Region ?? string.Empty));
    }

    internal JobTitleModel Titles { get; }

    public ImmutableArray<Job> Jobs { get; }

    public ImmutableArray<CataloguedFiche> Fiches { get; }

    public ImmutableArray<Shortage> Shortages { get; }

    /// <summary>Of each tier of estimated links.</summary>
    public ImmutableArray<LinkBand> Bands { get; }

    public Job? JobOf(string code) => _jobs.GetValueOrDefault(code);

    public CataloguedFiche? Find(string id) => _fiches.GetValueOrDefault(id);

    /// <param name="region">Code; null for France.</param>
    public Shortage? ShortageOf(string job, string? region) =>
        _shortages.GetValueOrDefault((job, region ?? string.Empty));

    /// <summary>Certifications that lead to any of these jobs, each with its best link: declared links first, then by
    /// how many of the jobs a certifier would be expected to declare, each by its weight.</summary>
    /// <param name="jobs">ROME codes, version 3, and what each is worth.</param>
    /// <param name="isActiveOnly">Leaves out what can no longer be registered for.</param>
    public IReadOnlyList<(CataloguedFiche Fiche, CataloguedLink Link)> LeadingTo(
        IReadOnlyDictionary<string, double> jobs, bool isActiveOnly) =>
    [
        .. jobs.Keys.SelectMany(job => _byJob[job]).Where(one => one.Fiche.Fiche.IsActive || !isActiveOnly)
            .GroupBy(one => one.Fiche.Fiche.Id)
            .Select(group => (Best: group.OrderBy(one => one.Link.Tier != LinkTier.Declared)
                .ThenByDescending(one => jobs[one.Link.Job] * one.Link.Probability).First(),
                Expected: group.Sum(one => jobs[one.Link.Job] * one.Link.Probability)))
            .OrderBy(one => one.Best.Link.Tier != LinkTier.Declared).ThenByDescending(one => one.Expected)
            .ThenByDescending(one => one.Best.Fiche.Fiche.Id, StringComparer.Ordinal).Select(one => one.Best),
    ];

    /// <summary>What a person may do with a link without looking, and what not.</summary>
    public LinkVerdict VerdictOf(CataloguedLink link) => link.Tier == LinkTier.Declared ? LinkVerdict.Include
        : Bands.FirstOrDefault(band => band.Tier == link.Tier)?.VerdictOf(link.Probability) ?? LinkVerdict.Review;

    /// <summary>What speaks for a link, in a sentence.</summary>
    public Text Why(CataloguedLink link) => link.Why?.Sentence(id => Find(id)?.Fiche.Title ?? string.Empty) ?? new(
        "Déclaré par son certificateur au répertoire national.", "Declared by its certifier in the national register.");
}

/// <summary>A fiche with the jobs that it leads to.</summary>
public sealed record CataloguedFiche(Fiche Fiche, ImmutableArray<CataloguedLink> Links);

/// <param name="Job">ROME code, version 3.</param>
/// <param name="Probability">That a certifier would declare it, by the model. Where it is declared, how typical that
/// is: it orders declared links among themselves and puts none in doubt.</param>
/// <param name="Why">Null where it is declared.</param>
public sealed record CataloguedLink(string Job, LinkTier Tier, double Probability, LinkEvidence? Why);
