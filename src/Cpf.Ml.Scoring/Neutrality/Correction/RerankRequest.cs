using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>An offer of an answer that is to be re-ranked.</summary>
/// <param name="Id">Id of the offer, 1 to 200 characters, unique in the request.</param>
/// <param name="Organisation">Id of the organisation that sells it, 1 to 200 characters.</param>
/// <param name="Score">Score that the engine sorts by, finite.</param>
/// <param name="Relevance">Relevance without what is to be corrected, at least 0; the score where it is null.</param>
/// <param name="Groups">Group by dimension, for those that exposure is balanced in; at most 20.</param>
/// <param name="Features">What the engine knows of the offer, by name, at most 50: relevance is predicted from them
/// where it is not given and there is a model.</param>
public sealed record RerankOffer(string? Id, string? Organisation, double Score, double? Relevance = null,
    IReadOnlyDictionary<string, string>? Groups = null, IReadOnlyDictionary<string, double>? Features = null);

/// <summary>An answer of an engine, in its order. Nothing in it concerns a person.</summary>
/// <param name="Query">Search text with its filters, at most 2 000 characters: it seeds the rotation, with the
/// day.</param>
/// <param name="Day">Day of the search.</param>
/// <param name="Offers">Offers in the engine's order, at most 500.</param>
public sealed record RerankRequest(string? Query, DateOnly Day, RerankOffer[]? Offers)
{
    /// <summary>Number of offers of a request at most.</summary>
    public const int MaxOffers = 500;
    private const int MaxNameLength = 200;
    private const int MaxGroups = 20;
    private const int MaxFeatures = 50;

    /// <summary>The first reason why the request is invalid; null where it is valid.</summary>
    public Text? Validate()
    {
        if (Query is null || Query.Length > 10 * MaxNameLength)
        {
            return new($"query : une requête d'au plus {10 * MaxNameLength} caractères est nécessaire.",
                $"query: one of at most {10 * MaxNameLength} characters is needed.");
        }

        if (Offers is null || Offers.Length > MaxOffers)
        {
            return new($"offers : de 0 à {MaxOffers} offres, dans l'ordre du moteur.",
                $"offers: 0 to {MaxOffers} offers, in the engine's order.");
        }

        var ids = new HashSet<string>();
        foreach (var (i, offer) in Offers.Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"offers[{i}]");
            if (offer is null || offer.Id is not { Length: > 0 and <= MaxNameLength }
                || offer.Organisation is not { Length: > 0 and <= MaxNameLength })
            {
                return new($"{path} : id et organisation sont nécessaires, d'au plus {MaxNameLength} caractères.",
                    $"{path}: id and organisation are needed, of at most {MaxNameLength} characters.");
            }

            if (!ids.Add(offer.Id))
            {
                return new($"{path}.id : {offer.Id} est là deux fois.", $"{path}.id: {offer.Id} is there twice.");
            }

            if (!double.IsFinite(offer.Score)
                || offer.Relevance is { } relevance && !(relevance >= 0 && double.IsFinite(relevance)))
            {
                return new($"{path} : score est un nombre, relevance aussi et d'au moins 0.",
                    $"{path}: score is a number, relevance is one of at least 0.");
            }

            if (offer.Features is { } features && (features.Count > MaxFeatures
                || features.Any(feature => feature.Key.Length > MaxNameLength || !double.IsFinite(feature.Value))))
            {
                return new(
                    $"{path}.features : au plus {MaxFeatures} nombres, de noms d'au plus {MaxNameLength} caractères.",
                    $"{path}.features: at most {MaxFeatures} numbers, of names of at most {MaxNameLength} "
                        + $"characters.");
            }

            if (offer.Groups is { } groups && (groups.Count > MaxGroups || groups
                .Any(group => group.Key.Length > MaxNameLength
                    || group.Value is not { Length: > 0 and <= MaxNameLength })))
            {
                return new(
                    $"{path}.groups : au plus {MaxGroups} dimensions, de textes d'au plus {MaxNameLength} caractères.",
                    $"{path}.groups: at most {MaxGroups} dimensions, of texts of at most {MaxNameLength} characters.");
            }
        }

        return null;
    }

    /// <summary>Re-ranks the offers of a valid request.</summary>
    /// <param name="ledger">Ledger whose multipliers are used and moved.</param>
    /// <param name="guards">Bounds of the correction.</param>
    /// <param name="dimensions">Dimensions that exposure is balanced in; others of the request are ignored.</param>
    /// <param name="isShadow">Whether the engine's order is served, and the corrected one reported beside it.</param>
    /// <param name="relevance">Model for offers with features and without relevance; null for none.</param>
    public RerankAnswer Answer(ExposureLedger ledger, CorrectionGuards guards,
        IReadOnlyCollection<string> dimensions, bool isShadow, RelevanceModel? relevance = null)
    {
        ImmutableArray<RankedOffer> offers =
        [
            .. Offers!.Select(offer => new RankedOffer(
                offer.Id!, offer.Organisation!, offer.Score,
                offer.Relevance
                    ?? (offer.Features is { } features ? relevance?.Predict(features) : null) ?? offer.Score,
                [.. (offer.Groups ?? ImmutableDictionary<string, string>.Empty)
                    .Where(entry => dimensions.Contains(entry.Key)).Select(entry => $"{entry.Key}={entry.Value}")])),
        ];
        var ranking = NeutralRanking.Rerank(
            offers, ledger, guards, string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}\n{Query}"));
        ImmutableArray<string> original = [.. offers.Select(offer => offer.Id)];
        ImmutableArray<string> corrected = [.. ranking.Order.Select(index => offers[index].Id)];
        return new(
            isShadow ? original : corrected,
            corrected, original, isShadow, ranking.Loss, ranking.Scale, ranking.IsCapped,
            [.. ranking.Order.Index().Where(entry => entry.Index != entry.Item).Select(entry => new RerankMove(
                offers[entry.Item].Id, entry.Item + 1, entry.Index + 1, ranking.Scale * ranking.Boosts[entry.Item]))]);
    }
}

/// <summary>The order to serve, and how it was corrected.</summary>
/// <param name="Order">Ids in the order to serve.</param>
/// <param name="Corrected">Ids in the corrected order.</param>
/// <param name="Original">Ids in the engine's order.</param>
/// <param name="IsShadow">Whether the engine's order is served.</param>
/// <param name="Loss">nDCG that the correction costs; below 0 it gains.</param>
/// <param name="Scale">Share of the boosts that the guards allowed, in [0, 1].</param>
/// <param name="IsCapped">Whether the cap of organisations was applied.</param>
/// <param name="Moves">Offers whose position changed.</param>
public sealed record RerankAnswer(
    ImmutableArray<string> Order, ImmutableArray<string> Corrected, ImmutableArray<string> Original,
    bool IsShadow, double Loss, double Scale, bool IsCapped, ImmutableArray<RerankMove> Moves);

/// <summary>A change of position.</summary>
/// <param name="Id">Id of the offer.</param>
/// <param name="From">Position in the engine's order, from 1.</param>
/// <param name="To">Position in the corrected order, from 1.</param>
/// <param name="Boost">Boost in units of relevance, for exposure that its groups are owed; 0 where it moved by rotation
/// or for others.</param>
public sealed record RerankMove(string Id, int From, int To, double Boost);
