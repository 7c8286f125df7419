using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Logs;

/// <summary>What was read and what was left out, each by its rule; nothing is left out silently.</summary>
/// <param name="Searches">Number of searches read.</param>
/// <param name="Impressions">Number of impressions read.</param>
/// <param name="Repeated">Number of repeated impressions of an offer in one search.</param>
/// <param name="OfUnknownSearch">Number of impressions of a search that is not in the log.</param>
/// <param name="Broken">Number of searches whose ranks are not 1, 2, 3, …</param>
/// <param name="Empty">Number of searches without a result.</param>
/// <param name="Flat">Number of searches in which every relevance is zero.</param>
/// <param name="OfUnknownOffer">Number of impressions of an offer that is not in the catalogue.</param>
/// <param name="OfUnknownOrganisation">Number of impressions of an offer whose organisation is unknown.</param>
/// <param name="WithoutRelevance">Number of impressions without relevance.</param>
/// <param name="ClickedUnseen">Number of clicks on an offer without a rank.</param>
/// <param name="Kept">Number of impressions that are audited.</param>
public sealed record SearchLogCounts(
    long Searches, long Impressions, long Repeated, long OfUnknownSearch, long Broken, long Empty,
    long Flat, long OfUnknownOffer, long OfUnknownOrganisation, long WithoutRelevance, long ClickedUnseen, long Kept)
{
    /// <summary>A sentence for each count that is not zero.</summary>
    public ImmutableArray<Text> LeftOut =>
    [
        .. new (long Count, string Fr, string En)[]
        {
            (Repeated, "affichages répétés d'une offre dans une même recherche : comptés une fois, au meilleur rang",
                "repeated impressions of an offer in one search: counted once, at the best rank"),
            (OfUnknownSearch, "affichages d'une recherche absente du journal : écartés",
                "impressions of a search that is not in the log: left out"),
            (Broken, "recherches dont les rangs ne se suivent pas de 1 en 1 : écartées, l'exposition du reste étant "
                + "inconnue",
                "searches whose ranks are not 1, 2, 3…: left out, as the exposure of the rest cannot be known"),
            (Empty, "recherches sans résultat affiché : comptées pour les paires de requêtes seulement",
                "searches without a result: they count for pairs of queries only"),
            (Flat, "recherches où toute pertinence est nulle : écartées, rien n'y distingue les offres",
                "searches in which every relevance is zero: left out, as nothing distinguishes offers"),
            (OfUnknownOffer, "affichages d'une offre absente du catalogue : écartés, leur rang reste occupé",
                "impressions of an offer that is not in the catalogue: left out, their rank stays taken"),
            (OfUnknownOrganisation, "affichages d'une offre dont l'organisme est inconnu : écartés, leur rang reste "
                + "occupé", "impressions of an offer whose organisation is unknown: left out, their rank stays taken"),
            (WithoutRelevance, "affichages sans pertinence : hors des comparaisons à pertinence égale",
                "impressions without relevance: not in comparisons at equal relevance"),
            (ClickedUnseen,
                "clics sur une offre sans rang : ignorés", "clicks on an offer without a rank: passed over"),
        }.Where(row => row.Count > 0).Select(row => new Text(FormattableString.Invariant($"{row.Count} {row.Fr}."),
            FormattableString.Invariant($"{row.Count} {row.En}."))),
    ];
}
