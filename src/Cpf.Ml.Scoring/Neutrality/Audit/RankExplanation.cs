using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Why an offer stands where it stands for a question, as far as the log can show.</summary>
/// <param name="Query">Search text of the question.</param>
/// <param name="Filters">Filters of the question; empty for none.</param>
/// <param name="Offer">Id of the offer.</param>
/// <param name="Organisation">Id of its organisation.</param>
/// <param name="Searches">Number of searches of the question in which the offer could have been shown.</param>
/// <param name="Shown">Number of these that showed it.</param>
/// <param name="MeanRank">Mean rank, from 1; NaN where it never was shown.</param>
/// <param name="BestRank">Best rank, from 1; 0 where it never was shown.</param>
/// <param name="WorstRank">Worst rank, from 1; 0 where it never was shown.</param>
/// <param name="Relevance">Relevance of the offer, at least 0.</param>
/// <param name="MoreRelevant">Number of offers of the question that are more relevant.</param>
/// <param name="Equal">Number of offers that are as relevant, itself included.</param>
/// <param name="EqualOrganisations">Number of organisations of these.</param>
/// <param name="OwnEqual">Number of these that are of its own organisation.</param>
/// <param name="ExposureRatio">Its exposure over the mean of equally relevant offers; 1 is even. NaN where there are
/// none, or none is shown.</param>
/// <param name="NextRelevance">Smallest relevance above its own; null where none is more relevant.</param>
public sealed record RankExplanation(
    string Query, string Filters,
    string Offer, string Organisation, int Searches, int Shown, double MeanRank, int BestRank, int WorstRank,
    double Relevance, int MoreRelevant, int Equal, int EqualOrganisations, int OwnEqual, double ExposureRatio,
    double? NextRelevance)
{
    /// <summary>Explains the rank of an offer.</summary>
    /// <param name="log">The search log.</param>
    /// <param name="query">Search text, whatever its case.</param>
    /// <param name="filters">Filters, as in the log; empty for none.</param>
    /// <param name="offer">Id of the offer.</param>
    /// <returns>Null where the log has no such question, or the offer could not have been shown in it.</returns>
    public static RankExplanation? Explain(SearchLog log, string query, string filters, string offer)
    {
        var question = log.Questions.Index()
            .Where(entry => string.Equals(entry.Item.Query.Trim(), query.Trim(), StringComparison.OrdinalIgnoreCase)
                && entry.Item.Filters == filters.Trim()).Select(entry => entry.Index).DefaultIfEmpty(-1).First();
        var index = log.Offers.Index()
            .Where(entry => entry.Item.Id == offer.Trim()).Select(entry => entry.Index).DefaultIfEmpty(-1).First();
        var all = log.Units.Where(unit => unit.Question == question).ToList();
        if (all.FindIndex(unit => unit.Offer == index) < 0)
        {
            return null;
        }

        // Where relevance differs between searches, the offer's last search stands for them.
        var own = all.Last(unit => unit.Offer == index);
        var pool = all.Where(unit => unit.RelevanceContext == own.RelevanceContext).ToList();
        var equal = pool.Where(unit => unit.Relevance == own.Relevance).ToList();
        var ranks = log.Searches.Where(search => search.Question == question).SelectMany(search => search.Results)
            .Where(shown => shown.Offer == index).Select(shown => shown.Rank).ToList();
        var others = equal.Where(unit => unit.Offer != index).ToList();
        var rate = others.Sum(unit => unit.Exposure) / others.Sum(unit => (double)unit.Opportunities);
        return new(
            log.Questions[question].Query,
            log.Questions[question].Filters, log.Offers[index].Id, log.Organisations[log.Offers[index].Organisation].Id,
            all.Where(unit => unit.Offer == index).Sum(unit => unit.Opportunities), ranks.Count,
            ranks.Count == 0 ? double.NaN : ranks.Average(), ranks.DefaultIfEmpty(0).Min(), ranks.DefaultIfEmpty(0)
                .Max(), own.Relevance, pool.Count(unit => unit.Relevance > own.Relevance), equal.Count,
            equal.Select(unit => log.Offers[unit.Offer].Organisation).Distinct().Count(),
            equal.Count(unit => log.Offers[unit.Offer].Organisation == log.Offers[index].Organisation),
            rate > 0 ? own.Exposure / own.Opportunities / rate : double.NaN,
            pool.Where(unit => unit.Relevance > own.Relevance).Select(unit => (double?)unit.Relevance).Min());
    }

    /// <summary>The explanation in sentences.</summary>
    public ImmutableArray<Text> Sentences =>
    [
        Shown == 0
            ? new($"En {Times(Searches).Fr} l'offre {Offer} pouvait être montrée et ne l'a jamais été.",
                $"In {Times(Searches).En} offer {Offer} could have been shown and never was.")
            : new($"L'offre {Offer} a été montrée {Shown} fois en {Times(Searches).Fr}, {Where.Fr}.", $"Offer {Offer} "
                + $"was shown {(Shown == 1 ? "once" : $"{Shown} times")} in {Times(Searches).En}, {Where.En}."),
        By(MoreRelevant, Equal),
        .. double.IsNaN(ExposureRatio) ? ImmutableArray<Text>.Empty
        : [new(
            $"À pertinence égale elle a reçu {Amounts.Percent(100 * ExposureRatio).Fr} de l'exposition moyenne des "
                + "autres."
                + (OwnEqual > 1
                    ? $" Son organisme a {OwnEqual} offres aussi pertinentes, qui se partagent sa place."
                    : ""),
            $"At equal relevance it got {Amounts.Percent(100 * ExposureRatio).En} of the mean exposure of the "
                + "others."
                + (OwnEqual > 1
                    ? $" Its organisation has {OwnEqual} offers that are as relevant and share its place."
                    : ""))],
        NextRelevance is { } next
            ? new($"Elle monterait avec une pertinence d'au moins {Amounts.Number(next).Fr} ; "
                + $"elle est de {Amounts.Number(Relevance).Fr}.", $"It would rise with a relevance of at "
                    + $"least {Amounts.Number(next).En}; it is {Amounts.Number(Relevance).En}.")
            : Equal > 1
                ? new("Rien ne la ferait monter que l'ordre entre égales.",
                    "Nothing would move it up but the order among equals.")
                : new("Elle est la plus pertinente : sa place est la première.",
                    "It is the most relevant: the first place is its own."),
    ];

    private Text Where => BestRank == WorstRank
        ? new($"au rang {BestRank}", $"at rank {BestRank}")
        : new($"en moyenne au rang {Amounts.Number(MeanRank).Fr} (de {BestRank} à {WorstRank})",
            $"at rank {Amounts.Number(MeanRank).En} on average ({BestRank} to {WorstRank})");

    private Text By(int more, int equal)
    {
        var above = more switch
        {
            0 => new Text("Aucune offre n'est plus pertinente", "No offer is more relevant"),
            1 => new("Une offre est plus pertinente", "One offer is more relevant"),
            _ => new($"{more} offres sont plus pertinentes", $"{more} offers are more relevant"),
        };
        return equal == 1
            ? new($"{above.Fr} et aucune ne l'est autant : par la pertinence seule elle se place au rang {more + 1}.",
                $"{above.En} and none is as relevant: by relevance alone it stands at rank {more + 1}.")
            : new(
                $"{above.Fr} ; {equal} le sont autant, elle comprise, "
                    + (EqualOrganisations == 1 ? "d'un seul organisme" : $"de {EqualOrganisations} organismes")
                    + $" : par la pertinence seule elle se place entre le rang {more + 1} et le rang {more + equal}.",
                $"{above.En}; {equal} are as relevant, this one among them, "
                    + $"of {(EqualOrganisations == 1 ? "one organisation" : $"{EqualOrganisations} organisations")}: "
                    + $"by relevance alone it stands between rank {more + 1} and rank {more + equal}.");
    }

    private static Text Times(int searches) =>
        searches == 1 ? new("une recherche", "one search") : new($"{searches} recherches", $"{searches} searches");
}
