using System.Collections.Immutable;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Market;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Matching;

/// <summary>What a funder sees of a certification. Nothing of it comes from a person's dossier, or shows whether
/// anybody controls it.</summary>
/// <param name="Successors">Certifications that replace it.</param>
/// <param name="Links">Jobs that it leads to, declared ones first.</param>
/// <param name="MarketDay">The first day of which the platform's data say nothing; null where there are none.</param>
/// <param name="Market">Null where it was not on sale.</param>
/// <param name="IsDear">Its median price is far above that of certifications that lead to the same job.</param>
internal sealed record CertificationCard(
    string Model,
    DateOnly WrittenOn, string Id, string Title, string Type, int? Level, bool IsActive, DateOnly? ExpiresOn,
    ImmutableArray<string> Certifiers, ImmutableArray<Formacode> Formacodes, ImmutableArray<string> Blocks,
    ImmutableArray<string> Predecessors, ImmutableArray<string> Successors,
    ImmutableArray<CardLink> Links, DateOnly? MarketDay, CertificationMarket? Market, bool IsDear)
{
    /// <summary>An end within so many months is shown: a training bought now may last longer.</summary>
    private const int EndsSoon = 6;

    /// <exception cref="RefusedException">There is no such certification.</exception>
    public static CertificationCard Build(LoadedCatalogue loaded, string id)
    {
        var catalogue = loaded.Catalogue;
        var (fiche, links) = catalogue.Find(id.ToUpperInvariant()) is { } found ? (found.Fiche, found.Links)
            : throw new RefusedException(404, new($"Aucune certification {Shown(id)} dans le répertoire lu.",
                $"No certification {Shown(id)} in the register that was read."));
        var (market, job) = (loaded.Market?.Certifications.GetValueOrDefault(fiche.Id), fiche.Jobs.FirstOrDefault());
        var peers = market is null || job is null ? []
            : catalogue.LeadingTo(new Dictionary<string, double> { [job] = 1 }, isActiveOnly: true)
                .Where(row => row.Link.Tier == LinkTier.Declared)
            .Select(row => loaded.Market!.Certifications.GetValueOrDefault(row.Fiche.Fiche.Id))
            .OfType<CertificationMarket>();
        return new(
            loaded.Model, loaded.WrittenOn, fiche.Id, fiche.Title, fiche.Type, fiche.Level,
            fiche.IsActive, fiche.ExpiresOn, fiche.Certifiers, fiche.Formacodes, fiche.Blocks, fiche.Ancestors,
            [.. catalogue.Fiches.Where(fich => fich.Fiche.Ancestors.Contains(fiche.Id)).Select(fich => fich.Fiche.Id)],
            [
                .. links.OrderBy(link => link.Tier != LinkTier.Declared)
                    .ThenByDescending(link => link.Probability).Select(link => new CardLink(
                    link.Job, catalogue.JobOf(link.Job)?.Label ?? link.Job, link.Tier, link.Tier == LinkTier.Declared
                        ? null : link.Probability, catalogue.VerdictOf(link), catalogue.Why(link),
                    catalogue.JobOf(link.Job) is { } known ? SkillCoverage.Compute(fiche, known) : new([], []),
                    catalogue.ShortageOf(link.Job, null))),
            ],
            loaded.Market?.Day, market, market?.IsDear(peers) == true);
    }

    /// <summary>What to know before it is funded.</summary>
    public IEnumerable<Text> Alerts(DateOnly today)
    {
        if (!IsActive)
        {
            yield return Successors.Length > 0
                ? new($"N'est plus active au répertoire ; remplacée par {string.Join(", ", Successors)}.",
                    $"No longer active in the register; replaced by {string.Join(", ", Successors)}.")
                : new("N'est plus active au répertoire : personne ne peut plus s'y inscrire.",
                    "No longer active in the register: nobody can register for it any more.");
        }
        else if (ExpiresOn is { } end && end < today.AddMonths(EndsSoon))
        {
            yield return end < today
                ? new("Son enregistrement est échu d'après les données lues ; vérifiez son renouvellement.",
                    "Its registration has ended by the data that were read; check whether it was renewed.")
                : new("Son enregistrement finit dans moins de six mois ; vérifiez son renouvellement.",
                    "Its registration ends within six months; check whether it is being renewed.");
        }

        if (Market is { Organisations: 1 })
        {
            yield return new("Un seul organisme la propose.", "A single organisation sells it.");
        }

        if (IsDear)
        {
            yield return new(
                "Son prix médian est très au-dessus de celui des certifications qui mènent au même métier.",
                "Its median price is far above that of certifications that lead to the same job.");
        }
    }

    private static string Shown(string id) => id.Length > 20 ? id[..20] + "…" : id;
}

/// <param name="Probability">Null where the link is declared.</param>
/// <param name="Skills">Of the job, what the fiche's own words name and what they do not.</param>
/// <param name="Shortage">Of France; null where nothing is known.</param>
internal sealed record CardLink(string Job, string Label,
    LinkTier Tier, double? Probability, LinkVerdict Verdict, Text Why, SkillCoverage Skills, Shortage? Shortage);
