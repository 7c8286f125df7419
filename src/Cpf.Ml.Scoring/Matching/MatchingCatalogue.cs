using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>The whole register with its links, declared and estimated, to be asked by job.</summary>
/// <param name="Titles">From what people call a job to its code.</param>
/// <param name="Jobs">The ROME.</param>
/// <param name="Fiches">Of the register, in order.</param>
public sealed partial record MatchingCatalogue(JobTitleModel Titles, IReadOnlyList<Job> Jobs, ImmutableArray<CataloguedFiche> Fiches)
{
    /// <summary>Characters of a query that are looked at.</summary>
    private const int LongestQuery = 200;

    private const int Proposals = 5;

    /// <summary>Below, the likeliest job is no answer: words that are not known give one in 532.</summary>
    private const double LeastConfidence = 0.05;

    private readonly Lazy<ILookup<string, (CataloguedFiche Fiche, CataloguedLink Link)>> _byJob = new(() => Fiches.SelectMany(fiche => fiche.Links.Select(link => (fiche, link))).ToLookup(one => one.link.Job));

    private readonly Lazy<ILookup<string, string>> _byTitle = new(() => Jobs
        .SelectMany(job => job.Titles.Append(job.Label).Concat(job.Recent.Select(recent => recent.Label)).SelectMany(title => JobTitle.Forms(title).Append(title)).Select(title => (Key: Key(title), job.Code)).Distinct())
        .Where(one => one.Key.Length > 0).ToLookup(one => one.Key, one => one.Code));

    /// <summary>Which jobs a text means: a code, an exact title, a theme, or the five that it most likely is, for a person to confirm.</summary>
    public JobQuery Understand(string text)
    {
        var query = (text.Length > LongestQuery ? text[..LongestQuery] : text).Trim();
        if (Code().Match(query) is { Success: true } code)
        {
            var asked = code.Value.ToUpperInvariant().Replace(" ", string.Empty, StringComparison.Ordinal);
            return Jobs.Any(job => job.Code == asked) ? new(JobQueryKind.Code, [new(asked, 1)])
                : new(JobQueryKind.Code, [.. Jobs.Where(job => job.Recent.Any(recent => recent.Code == asked)).Select(job => new ProposedJob(job.Code, 1))]);
        }

        var folded = FrenchText.Fold(query);
        if (Array.Find(Themes, theme => theme.Words.IsMatch(folded)) is { Of: { } of })
        {
            return new(JobQueryKind.Theme, [.. Jobs.Where(job => job.Recent.Any(of)).Select(job => new ProposedJob(job.Code, 1))]);
        }

        if (_byTitle.Value[Key(query)].Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } exact)
        {
            return new(JobQueryKind.Title, [.. exact.Select(job => new ProposedJob(job, 1))]);
        }

        var proposed = Titles.Rank(query, Proposals).Select(one => new ProposedJob(one.Job, 1 / (1 + Math.Exp(-one.Score)))).ToImmutableArray();
        return proposed[0].Confidence >= LeastConfidence ? new(JobQueryKind.Guess, proposed) : new(JobQueryKind.Unknown, []);
    }

    /// <summary>Certifications that lead to any of these jobs: declared links first, each kind by probability; of each certification its best link.</summary>
    /// <param name="jobs">ROME codes, version 3.</param>
    /// <param name="isActiveOnly">Leaves out what can no longer be registered for.</param>
    public IReadOnlyList<(CataloguedFiche Fiche, CataloguedLink Link)> LeadingTo(IEnumerable<string> jobs, bool isActiveOnly) =>
    [
        .. jobs.Distinct().SelectMany(job => _byJob.Value[job]).Where(one => one.Fiche.IsActive || !isActiveOnly)
            .GroupBy(one => one.Fiche.Id).Select(group => group.OrderBy(one => one.Link.Tier != LinkTier.Declared).ThenByDescending(one => one.Link.Probability).First())
            .OrderBy(one => one.Link.Tier != LinkTier.Declared).ThenByDescending(one => one.Link.Probability).ThenByDescending(one => one.Fiche.Id, StringComparer.Ordinal),
    ];

    private static string Key(string title) => string.Join(' ', FrenchText.Words(FrenchText.Fold(JobTitle.Masculine(title))));

    /// <summary>Transitions, as the ROME 4 marks its jobs.</summary>
    private static readonly (Regex Words, Func<RecentJob, bool> Of)[] Themes =
    [
        (Ecology(), job => job.Ecology is "Emploi Vert" or "Emploi stratégique pour la Transition écologique"),
        (Digital(), job => job.IsDigital == true),
        (Demography(), job => job.IsDemographic == true),
    ];

    [GeneratedRegex(@"^[A-N]\s?\d{4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\btransition ecologique\b|\b(emplois?|metiers?) verts?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ecology();

    [GeneratedRegex(@"\btransition numerique\b", RegexOptions.CultureInvariant)]
    private static partial Regex Digital();

    [GeneratedRegex(@"\btransition demographique\b", RegexOptions.CultureInvariant)]
    private static partial Regex Demography();
}

/// <summary>A fiche as the catalogue shows it.</summary>
public sealed record CataloguedFiche(string Id, string Title, string Type, int? Level, DateOnly? ExpiresOn, bool IsActive, ImmutableArray<CataloguedLink> Links);

/// <param name="Job">ROME code, version 3.</param>
/// <param name="Probability">That a certifier would declare it, by the model. Where it is declared, how typical that is: it orders declared links among themselves and puts none in doubt.</param>
public sealed record CataloguedLink(string Job, LinkTier Tier, double Probability);

/// <summary>How a query was understood.</summary>
public enum JobQueryKind
{
    /// <summary>Nothing of it is known.</summary>
    Unknown,

    /// <summary>A code of the ROME, version 3, or of version 4 with the job that it comes of; without jobs where there is no such code.</summary>
    Code,

    /// <summary>A title of the ROME, word for word but for accents, small words and gender.</summary>
    Title,

    /// <summary>A transition that the ROME 4 marks.</summary>
    Theme,

    /// <summary>What it most likely is: to be confirmed.</summary>
    Guess,
}

/// <param name="Jobs">The likeliest first.</param>
public sealed record JobQuery(JobQueryKind Kind, ImmutableArray<ProposedJob> Jobs);

/// <param name="Confidence">In [0, 1]; 1 where there is no doubt.</param>
public sealed record ProposedJob(string Job, double Confidence);
