using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>The whole register with its links to jobs, declared and estimated. Immutable: any thread may query
/// it.</summary>
public sealed class MatchingCatalogue
{
    private readonly Dictionary<string, Job> _jobs;
    private readonly Dictionary<string, CataloguedFiche> _fiches;
    private readonly ILookup<string, (CataloguedFiche Fiche, CataloguedLink Link)> _byJob;
    private readonly Dictionary<(string Job, string Region), Shortage> _shortages;

    /// <param name="titles">Model from titles to jobs.</param>
    /// <param name="jobs">Jobs of the ROME, version 3.</param>
    /// <param name="fiches">Certifications with their links, in the order of the register.</param>
    /// <param name="shortages">Shortages of jobs by region.</param>
    /// <param name="bands">Thresholds of each tier.</param>
    internal MatchingCatalogue(JobTitleModel titles, ImmutableArray<Job> jobs,
        ImmutableArray<CataloguedFiche> fiches, ImmutableArray<Shortage> shortages, ImmutableArray<LinkBand> bands)
    {
        (Titles, Jobs, Fiches, Shortages, Bands) = (titles, jobs, fiches, shortages, bands);
        _jobs = jobs.ToDictionary(job => job.Code);
        _fiches = fiches.ToDictionary(fiche => fiche.Fiche.Id);
        _byJob = fiches.SelectMany(fiche => fiche.Links.Select(link => (fiche, link))).ToLookup(row => row.link.Job);
        _shortages = shortages.ToDictionary(shortage => (shortage.Job, shortage.Region ?? string.Empty));
    }

    internal JobTitleModel Titles { get; }

    /// <summary>All jobs of the ROME, version 3.</summary>
    public ImmutableArray<Job> Jobs { get; }

    /// <summary>All certifications of the register, in its order.</summary>
    public ImmutableArray<CataloguedFiche> Fiches { get; }

    /// <summary>Shortages of jobs by region; empty where no tables of shortages were imported.</summary>
    public ImmutableArray<Shortage> Shortages { get; }

    /// <summary>Thresholds of each tier of estimated links.</summary>
    public ImmutableArray<LinkBand> Bands { get; }

    /// <summary>Finds a job by its ROME code; null where there is none.</summary>
    /// <param name="code">ROME code, version 3.</param>
    public Job? JobOf(string code) => _jobs.GetValueOrDefault(code);

    /// <summary>Finds a certification by its code; null where there is none.</summary>
    /// <param name="id">RNCP or RS and a number, in upper case.</param>
    public CataloguedFiche? Find(string id) => _fiches.GetValueOrDefault(id);

    /// <summary>Shortage of a job in a region; null where nothing is known.</summary>
    /// <param name="job">ROME code, version 3.</param>
    /// <param name="region">Code of the region; null for France.</param>
    public Shortage? ShortageOf(string job, string? region) =>
        _shortages.GetValueOrDefault((job, region ?? string.Empty));

    /// <summary>Certifications that lead to any of these jobs, each with its best link: declared links first, then by
    /// the number of these jobs that a certifier would be expected to declare, each by its weight.</summary>
    /// <param name="jobs">ROME codes, version 3, and the weight of each, at least 0.</param>
    /// <param name="isActiveOnly">Whether to leave out what can no longer be registered for.</param>
    public IReadOnlyList<(CataloguedFiche Fiche, CataloguedLink Link)> LeadingTo(
        IReadOnlyDictionary<string, double> jobs, bool isActiveOnly) =>
    [
        .. jobs.Keys.SelectMany(job => _byJob[job]).Where(row => row.Fiche.Fiche.IsActive || !isActiveOnly)
            .GroupBy(row => row.Fiche.Fiche.Id)
            .Select(group => (Best: group.OrderBy(row => row.Link.Tier != LinkTier.Declared)
                .ThenByDescending(row => jobs[row.Link.Job] * row.Link.Probability).First(),
                Expected: group.Sum(row => jobs[row.Link.Job] * row.Link.Probability)))
            .OrderBy(row => row.Best.Link.Tier != LinkTier.Declared).ThenByDescending(row => row.Expected)
            .ThenByDescending(row => row.Best.Fiche.Fiche.Id, StringComparer.Ordinal).Select(row => row.Best),
    ];

    /// <summary>Whether a link can be used as it is, needs a review, or is left out.</summary>
    /// <param name="link">Link of this catalogue.</param>
    public LinkVerdict VerdictOf(CataloguedLink link) => link.Tier == LinkTier.Declared ? LinkVerdict.Include
        : Bands.FirstOrDefault(band => band.Tier == link.Tier)?.VerdictOf(link.Probability) ?? LinkVerdict.Review;

    /// <summary>Evidence for a link, as sentences.</summary>
    /// <param name="link">Link of this catalogue.</param>
    public Text Why(CataloguedLink link) => link.Why?.Sentence(id => Find(id)?.Fiche.Title ?? string.Empty) ?? new(
        "Déclaré par son certificateur au répertoire national.", "Declared by its certifier in the national register.");
}

/// <summary>A certification with the jobs that it leads to.</summary>
/// <param name="Fiche">The certification, as the register describes it.</param>
/// <param name="Links">Its links, declared and estimated.</param>
public sealed record CataloguedFiche(Fiche Fiche, ImmutableArray<CataloguedLink> Links);

/// <summary>A link from a certification to a job.</summary>
/// <param name="Job">ROME code, version 3.</param>
/// <param name="Tier">Where the link comes from.</param>
/// <param name="Probability">Probability that a certifier would declare the link, in [0, 1]. For a declared link, how
/// typical it is: that orders declared links among themselves and questions none.</param>
/// <param name="Why">Evidence for the link; null where it is declared.</param>
public sealed record CataloguedLink(string Job, LinkTier Tier, double Probability, LinkEvidence? Why);
