using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Matching;

/// <summary>A funder's search as text: the API, the page's address and its file read the same query from it.</summary>
/// <param name="Q">Text, as people type it.</param>
/// <param name="Job">ROME codes among those understood; the likeliest where none is given.</param>
/// <param name="Level">European level, 3 to 8.</param>
/// <param name="Register">RNCP or RS.</param>
/// <param name="Tier">declared, predecessor, graph, siblings or text.</param>
/// <param name="Expired">Also certifications that can no longer be registered for.</param>
/// <param name="Region">Two digits: only what an organisation with its seat there sells. This, the next one and a
/// price need platform data.</param>
/// <param name="Remote">Only what is sold at a distance.</param>
/// <param name="Order">link, price, success or dossiers.</param>
internal sealed record SearchParameters(
    string? Q,
    string[]? Job,
    int? Level,
    string? Register,
    string? Tier,
    bool? Expired,
    string? Region,
    bool? Remote,
    string? Order)
{
    /// <summary>Jobs beyond these are left out.</summary>
    private const int MaxJobs = 500;

    /// <summary>Without a tier or order that does not exist: an old address still shows its search.</summary>
    public SearchParameters Tolerant => this with
    {
        Tier = Parse<LinkTier>(Tier) is null ? null : Tier,
        Order = Parse<RecommendationOrder>(Order) is null ? null : Order,
    };

    /// <param name="maxPrice">Of the median dossier, EUR; null for all.</param>
    /// <exception cref="RefusedException">The tier or the order is none of those there are.</exception>
    public RecommendationQuery ToQuery(int? maxPrice) => new(
        Q ?? "",
        [.. (Job ?? []).Take(MaxJobs)],
        Level,
        Register,
        Tier is null ? null : Parse<LinkTier>(Tier) ?? throw Unknown<LinkTier>("tier", Tier),
        Expired ?? false,
        Region,
        Remote ?? false,
        maxPrice,
        Order is null
            ? RecommendationOrder.Link
            : Parse<RecommendationOrder>(Order) ?? throw Unknown<RecommendationOrder>("order", Order));

    private static T? Parse<T>(string? value)
        where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;

    private static RefusedException Unknown<T>(string parameter, string value)
        where T : struct, Enum
    {
        var known = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
        return new(400, new(
            $"{parameter} : « {value} » n'est aucune des valeurs {known}.",
            $"{parameter}: “{value}” is none of {known}."));
    }
}
