using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>An offer of an answer that is to be re-ranked.</summary>
/// <param name="Score">What the engine sorts by.</param>
/// <param name="Relevance">Without what is to be corrected, at least 0; the score where it is not known.</param>
/// <param name="Groups">Dimension and group, for those that exposure is balanced in.</param>
/// <param name="Features">What the engine knows of it, by name: relevance is learnt from them where it is not given and
/// there is a model.</param>
public sealed record RerankOffer(string? Id, string? Organisation, double Score, double? Relevance = null,
    IReadOnlyDictionary<string, string>? Groups = null, IReadOnlyDictionary<string, double>? Features = null);

/// <summary>An answer of an engine, in its order. Nothing in it is of a person.</summary>
/// <param name="Query">With its filters: it turns the rotation, with the day.</param>
public sealed record RerankRequest(string? Query, DateOnly Day, RerankOffer[]? Offers)
{
    public const int MostOffers = 500;
    private const int LongestName = 200;
    private const int MostGroups = 20;
    private const int MostFeatures = 50;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public Text? Wrong()
    {
        if (Query is null || Query.Length > 10 * LongestName)
        {
            return new($"query : une requête d'au plus {10 * LongestName} caractères est nécessaire.",
                $"query: one of at most {10 * LongestName} characters is needed.");
        }

        if (Offers is null || Offers.Length > MostOffers)
        {
            return new($"offers : de 0 à {MostOffers} offres, dans l'ordre du moteur.",
                $"offers: 0 to {MostOffers} offers, in the engine's order.");
        }

        var ids = new HashSet<string>();
        foreach (var (i, offer) in Offers.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"offers[{i}]");
            if (offer is null || offer.Id is not { Length: > 0 and <= LongestName }
                || offer.Organisation is not { Length: > 0 and <= LongestName })
            {
                return new($"{place} : id et organisation sont nécessaires, d'au plus {LongestName} caractères.",
                    $"{place}: id and organisation are needed, of at most {LongestName} characters.");
            }

            if (!ids.Add(offer.Id))
            {
                return new($"{place}.id : {offer.Id} est là deux fois.", $"{place}.id: {offer.Id} is there twice.");
            }

            if (!double.IsFinite(offer.Score)
                || offer.Relevance is { } relevance && !(relevance >= 0 && double.IsFinite(relevance)))
            {
                return new($"{place} : score est un nombre, relevance aussi et d'au moins 0.",
                    $"{place}: score is a number, relevance is one of at least 0.");
            }

            if (offer.Features is { } features && (features.Count > MostFeatures
                || features.Any(one => one.Key.Length > LongestName || !double.IsFinite(one.Value))))
            {
                return new(
                    $"{place}.features : au plus {MostFeatures} nombres, de noms d'au plus {LongestName} caractères.",
                    $"{place}.features: at most {MostFeatures} numbers, of names of at most {LongestName} characters.");
            }

            if (offer.Groups is { } groups && (groups.Count > MostGroups || groups
                .Any(one => one.Key.Length > LongestName || one.Value is not { Length: > 0 and <= LongestName })))
            {
                return new(
                    $"{place}.groups : au plus {MostGroups} dimensions, de textes d'au plus {LongestName} caractères.",
                    $"{place}.groups: at most {MostGroups} dimensions, of texts of at most {LongestName} characters.");
            }
        }

        return null;
    }

    /// <param name="dimensions">That exposure is balanced in; others of the request are passed over.</param>
    /// <param name="isShadow">The engine's order is served, and what it would have been is told.</param>
    /// <param name="relevance">For offers that come with features and without relevance; null for none.</param>
    public RerankAnswer Answer(ExposureLedger ledger, CorrectionGuards guards,
        IReadOnlyCollection<string> dimensions, bool isShadow, RelevanceModel? relevance = null)
    {
        ImmutableArray<RankedOffer> offers =
        [
            .. Offers!.Select(offer => new RankedOffer(
                offer.Id!, offer.Organisation!, offer.Score,
                offer.Relevance ?? (offer.Features is { } features ? relevance?.Of(features) : null) ?? offer.Score,
                [.. (offer.Groups ?? ImmutableDictionary<string, string>.Empty)
                    .Where(one => dimensions.Contains(one.Key)).Select(one => $"{one.Key}={one.Value}")])),
        ];
        var ranking = NeutralRanking.Of(
            offers, ledger, guards, string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}\n{Query}"));
        ImmutableArray<string> original = [.. offers.Select(offer => offer.Id)];
        ImmutableArray<string> corrected = [.. ranking.Order.Select(place => offers[place].Id)];
        return new(
            isShadow ? original : corrected,
            corrected, original, isShadow, ranking.Loss, ranking.Scale, ranking.IsCapped,
            [.. ranking.Order.Index().Where(one => one.Index != one.Item).Select(one => new RerankMove(
                offers[one.Item].Id, one.Item + 1, one.Index + 1, ranking.Scale * ranking.Boosts[one.Item]))]);
    }
}

/// <summary>What to serve, and what was done to it.</summary>
/// <param name="Order">Ids to serve.</param>
/// <param name="Corrected">Ids as corrected.</param>
/// <param name="Original">Ids in the engine's order.</param>
/// <param name="Loss">nDCG that the correction costs; below 0 it gains.</param>
/// <param name="Scale">Share of the boosts that the guards let through.</param>
/// <param name="Moves">Of offers that stand elsewhere.</param>
public sealed record RerankAnswer(
    ImmutableArray<string> Order, ImmutableArray<string> Corrected, ImmutableArray<string> Original,
    bool IsShadow, double Loss, double Scale, bool IsCapped, ImmutableArray<RerankMove> Moves);

/// <param name="From">Position in the engine's order.</param>
/// <param name="To">Position now.</param>
/// <param name="Boost">In units of relevance, for exposure that its groups are owed; 0 where it moved by rotation or
/// for others.</param>
public sealed record RerankMove(string Id, int From, int To, double Boost);
