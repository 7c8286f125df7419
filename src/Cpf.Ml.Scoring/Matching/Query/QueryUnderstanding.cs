using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>Which jobs a text means: codes first, then exact titles, themes, sectors and shortages, then the likeliest
/// titles, for a person to confirm.</summary>
public sealed partial class QueryUnderstanding
{
    /// <summary>Number of characters of a query that are read; the rest is ignored.</summary>
    public const int MaxQueryLength = 200;

    private const int Proposals = 5;

    /// <summary>Below, the likeliest job is no answer: words that are not known give one in 532.</summary>
    private const double MinConfidence = 0.05;

    private readonly MatchingCatalogue _catalogue;
    private readonly ILookup<string, string> _byTitle;
    private readonly List<(string Folded, string Title, string Job)> _titles;
    private readonly ILookup<string, string> _byAbbreviation;

    /// <summary>Indexes the titles of a catalogue.</summary>
    /// <param name="catalogue">Jobs and certifications that queries are about.</param>
    public QueryUnderstanding(MatchingCatalogue catalogue)
    {
        _catalogue = catalogue;
        _byTitle = catalogue.Jobs.SelectMany(job => Titles(job).SelectMany(title => JobTitle.Forms(title).Append(title))
            .Select(title => (Key: Key(title), job.Code)).Distinct())
            .Where(row => row.Key.Length > 0).ToLookup(row => row.Key, row => row.Code);
        _titles = [.. catalogue.Jobs.SelectMany(
            job => Titles(job).Distinct().Select(title => (FrenchText.Fold(title), title, job.Code)))];
        _byAbbreviation = _titles.SelectMany(title => Abbreviation().Matches(title.Title).Select(
            match => (Key: FrenchText.Fold(match.Groups[1].Value), title.Job)))
            .ToLookup(row => row.Key, row => row.Job);
    }

    /// <summary>Understands a query in French; never fails, whatever the text.</summary>
    /// <param name="text">A title, code, theme, sector or shortage, as people type it.</param>
    public JobQuery Understand(string text)
    {
        var query = (text.Length > MaxQueryLength ? text[..MaxQueryLength] : text).Trim();
        if (ParseCode(query) is { } code)
        {
            return code;
        }

        var (region, folded) = Region.In(FrenchText.Fold(query).Trim());
        if (Shortages().IsMatch(folded))
        {
            var rest = Shortages().Replace(folded, " ").Trim();
            var sector = FindSector(rest);
            return new(JobQueryKind.Shortage,
                [.. _catalogue.Jobs.Where(job => _catalogue.ShortageOf(job.Code, region?.Code)?.IsShort == true
                    && (sector is null || job.Code[0] == sector.Letter)).Select(job => new ProposedJob(job.Code, 1))],
                    region, sector?.Name);
        }

        if (_byTitle[Key(folded)].Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } exact)
        {
            return new(JobQueryKind.Title, [.. exact.Select(job => new ProposedJob(job, 1))], region);
        }

        if (Theme.All.FirstOrDefault(theme => theme.Words.Any(words => words == folded
            || (theme.Flag is not null && folded.Contains(words, StringComparison.Ordinal)))) is { } of)
        {
            return new(
                JobQueryKind.Theme, [.. _catalogue.Jobs.Select(job => new ProposedJob(job.Code, of.WeightOf(job)))
                    .Where(job => job.Confidence > 0).OrderByDescending(job => job.Confidence)], region, of.Name);
        }

        if (FindSector(folded) is { } whole)
        {
            return new(JobQueryKind.Sector, [.. _catalogue.Jobs.Where(job => job.Code[0] == whole.Letter)
                .Select(job => new ProposedJob(job.Code, 1))], region, whole.Name);
        }

        if (_byAbbreviation[folded].ToList() is { Count: > 0 } meant)
        {
            return new(JobQueryKind.Guess, [.. meant.CountBy(job => job)
                .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(Proposals).Select(entry => new ProposedJob(entry.Key, entry.Value / (double)meant.Count))],
                region);
        }

        // A region alone, or a title that ends like one, is tried as it was typed.
        var proposed = _catalogue.Titles.Rank(folded.Length > 0 ? folded : query, Proposals)
            .Select(row => new ProposedJob(row.Job, 1 / (1 + Math.Exp(-row.Score)))).ToImmutableArray();
        return proposed[0].Confidence >= MinConfidence ? new(JobQueryKind.Guess, proposed, region)
            : new(JobQueryKind.Unknown, [], region);
    }

    /// <summary>Titles of jobs that begin with, or have words that begin with, what is typed.</summary>
    /// <param name="typed">What was typed so far.</param>
    /// <param name="count">Number of titles at most.</param>
    /// <returns>Shortest first; at most <paramref name="count"/>.</returns>
    public IReadOnlyList<(string Title, string Job)> Complete(string typed, int count)
    {
        var key = FrenchText.Fold(typed.Length > MaxQueryLength ? typed[..MaxQueryLength] : typed).Trim();
        return key.Length < 2 ? [] :
        [
            .. _titles.Where(title => title.Folded.StartsWith(
                key, StringComparison.Ordinal) || title.Folded.Contains(" " + key, StringComparison.Ordinal))
                .OrderBy(title => !title.Folded.StartsWith(key, StringComparison.Ordinal))
                .ThenBy(title => title.Title.Length).ThenBy(title => title.Title, StringComparer.Ordinal)
                .Take(count).Select(title => (title.Title, title.Job)),
        ];
    }

    private JobQuery? ParseCode(string query)
    {
        var asked = query.ToUpperInvariant().Replace(" ", string.Empty, StringComparison.Ordinal);
        if (Rome().IsMatch(asked))
        {
            return _catalogue.JobOf(asked) is not null ? new(JobQueryKind.Code, [new(asked, 1)])
                : new(JobQueryKind.Code,
                    [.. _catalogue.Jobs.Where(job => job.Recent.Any(recent => recent.Code == asked))
                        .Select(job => new ProposedJob(job.Code, 1))]);
        }

        if (Fiche().IsMatch(asked))
        {
            return _catalogue.Find(asked) is { } fiche
                ? new(JobQueryKind.Certification, [.. fiche.Links.Where(link => _catalogue.JobOf(link.Job) is not null)
                    .Select(link => new ProposedJob(link.Job, link.Tier == LinkTier.Declared ? 1 : link.Probability))],
                    null, new(fiche.Fiche.Title, fiche.Fiche.Title))
                : new(JobQueryKind.Certification, []);
        }

        var with = Formacode().IsMatch(asked)
            ? _catalogue.Fiches.Where(fiche => fiche.Fiche.Formacodes.Any(code => code.Code == asked)).ToList()
            : Nsf().IsMatch(asked) ? _catalogue.Fiches.Where(
                fiche => fiche.Fiche.Nsf.Any(nsf => nsf.StartsWith(asked, StringComparison.OrdinalIgnoreCase))).ToList()
            : null;
        if (with is null)
        {
            return null;
        }

        var label = with.SelectMany(fiche => fiche.Fiche.Formacodes)
            .FirstOrDefault(code => code.Code == asked && code.Label.Length > 0).Label ?? asked;
        var jobs = with.SelectMany(fiche => fiche.Fiche.Jobs).Where(job => _catalogue.JobOf(job) is not null)
            .GroupBy(job => job).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal).Take(Proposals);
        return new(JobQueryKind.Contents,
            [.. jobs.Select(group => new ProposedJob(group.Key, group.Count() / (double)with.Count))],
            null, new(label, label));
    }

    private static Sector? FindSector(string folded)
    {
        var words = string.Join(' ', FrenchText.Words(folded)
            .Where(word => word is not ("secteur" or "secteurs" or "metier" or "metiers" or "dans")));
        return Sector.All.FirstOrDefault(
            sector => sector.Words.Any(named => string.Join(' ', FrenchText.Words(named)) == words));
    }

    private static IEnumerable<string> Titles(Job job) =>
        job.Titles.Append(job.Label).Concat(job.Recent.Select(recent => recent.Label));

    /// <summary>Words without case, accents, gender and number.</summary>
    private static string Key(string title) =>
        string.Join(' ', FrenchText.Words(FrenchText.Fold(JobTitle.Masculine(title)))
            .Select(word => word.Length > 3 ? word.TrimEnd('s', 'x') : word));

    /// <summary>Titles have theirs between hyphens or in parentheses: « Technicien -SAV- »,
    /// « Responsable (RSSI) ».</summary>
    [GeneratedRegex(@"[-(]([A-Z]{2,6})[-)]", RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"^[A-N]\d{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Rome();

    [GeneratedRegex(@"^(RNCP|RS)\d{1,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Fiche();

    [GeneratedRegex(@"^\d{5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Formacode();

    [GeneratedRegex(@"^\d{3}[A-Z]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Nsf();

    [GeneratedRegex(
        @"\b(metiers? )?en (forte )?(tension|penurie)\b|\bpenurie de main d.?oeuvre\b", RegexOptions.CultureInvariant)]
    private static partial Regex Shortages();
}
