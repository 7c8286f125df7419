using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Why an offer stands where it stands for a question, by what the log knows.</summary>
/// <param name="Searches">Of the question in which the offer could have been shown.</param>
/// <param name="Shown">Of them, those that showed it.</param>
/// <param name="MeanRank">Where it was shown; NaN where it never was.</param>
/// <param name="BestRank">0 where it never was shown.</param>
/// <param name="MoreRelevant">Offers of the question that are more relevant.</param>
/// <param name="Equal">Offers that are as relevant, itself among them.</param>
/// <param name="EqualOrganisations">Organisations that these are of.</param>
/// <param name="OwnEqual">Of these, offers of its own organisation.</param>
/// <param name="ExposureRatio">Its exposure for that of equally relevant ones; 1 is even. NaN where there are none, or
/// none is shown.</param>
/// <param name="NextRelevance">The least relevance above its own; null where none is more relevant.</param>
public sealed record RankExplanation(
    string Query, string Filters,
    string Offer, string Organisation, int Searches, int Shown, double MeanRank, int BestRank, int WorstRank,
    double Relevance, int MoreRelevant, int Equal, int EqualOrganisations, int OwnEqual, double ExposureRatio,
    double? NextRelevance)
{
    /// <returns>Null where the log has no such question, or the offer could not have been shown in it.</returns>
    /// <param name="filters">As in the log; empty for none.</param>
    public static RankExplanation? Of(SearchLog log, string query, string filters, string offer)
    {
        var question = log.Questions.Index()
            .Where(one => string.Equals(one.Item.Query.Trim(), query.Trim(), StringComparison.OrdinalIgnoreCase)
                && one.Item.Filters == filters.Trim()).Select(one => one.Index).DefaultIfEmpty(-1).First();
        var place = log.Offers.Index()
            .Where(one => one.Item.Id == offer.Trim()).Select(one => one.Index).DefaultIfEmpty(-1).First();
        var all = log.Units.Where(unit => unit.Question == question).ToList();
        if (all.FindIndex(unit => unit.Offer == place) < 0)
        {
            return null;
        }

        // Where relevance differs between searches, the offer's last sheet stands for them.
        var own = all.Last(unit => unit.Offer == place);
        var pool = all.Where(unit => unit.Sheet == own.Sheet).ToList();
        var equal = pool.Where(unit => unit.Relevance == own.Relevance).ToList();
        var ranks = log.Searches.Where(search => search.Question == question).SelectMany(search => search.Results)
            .Where(shown => shown.Offer == place).Select(shown => shown.Rank).ToList();
        var others = equal.Where(unit => unit.Offer != place).ToList();
        var rate = others.Sum(unit => unit.Exposure) / others.Sum(unit => (double)unit.Opportunities);
        return new(
            log.Questions[question].Query,
            log.Questions[question].Filters, log.Offers[place].Id, log.Organisations[log.Offers[place].Organisation].Id,
            all.Where(unit => unit.Offer == place).Sum(unit => unit.Opportunities), ranks.Count,
            ranks.Count == 0 ? double.NaN : ranks.Average(), ranks.DefaultIfEmpty(0).Min(), ranks.DefaultIfEmpty(0)
                .Max(), own.Relevance, pool.Count(unit => unit.Relevance > own.Relevance), equal.Count,
            equal.Select(unit => log.Offers[unit.Offer].Organisation).Distinct().Count(),
            equal.Count(unit => log.Offers[unit.Offer].Organisation == log.Offers[place].Organisation),
            rate > 0 ? own.Exposure / own.Opportunities / rate : double.NaN,
            pool.Where(unit => unit.Relevance > own.Relevance).Select(unit => (double?)unit.Relevance).Min());
    }

    /// <summary>The answer in sentences.</summary>
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
                + $"autres.{(OwnEqual > 1 ? $" Son organisme a {OwnEqual} offres aussi pertinentes, qui se partagent sa place." : "")}",
            $"At equal relevance it got {Amounts.Percent(100 * ExposureRatio).En} of the mean exposure of the "
                + $"others.{(OwnEqual > 1 ? $" Its organisation has {OwnEqual} offers that are as relevant and share its place." : "")}")],
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
                $"{above.Fr} ; {equal} le sont autant, elle "
                    + $"comprise, {(EqualOrganisations == 1 ? "d'un seul organisme" : $"de {EqualOrganisations} organismes")} : "
                    + $"par la pertinence seule elle se place entre le rang {more + 1} et le rang {more + equal}.",
                $"{above.En}; {equal} are as relevant, this one among them, "
                    + $"of {(EqualOrganisations == 1 ? "one organisation" : $"{EqualOrganisations} organisations")}: "
                    + $"by "
                    + $"relevance alone it stands between rank {more + 1} and rank {more + equal}.");
    }

    private static Text Times(int searches) =>
        searches == 1 ? new("une recherche", "one search") : new($"{searches} recherches", $"{searches} searches");
}
