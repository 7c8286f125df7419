using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Query;

namespace Cpf.Ml.Worker.Matching;

/// <summary>The address of a search: the page and its file read the same query from it.</summary>
internal static class SearchAddress
{
    /// <summary>Jobs beyond these are left out: an address has its limits, and so has a reader.</summary>
    public const int MaxJobs = 200;

    public static RecommendationQuery Parse(
        string? text,
        string[]? jobs,
        int? level,
        string? register,
        LinkTier? tier,
        bool? expired,
        string? region,
        bool? remote,
        int? price,
        string? order) => new(
        text ?? "",
        [.. (jobs ?? []).Take(MaxJobs)],
        level,
        register,
        tier,
        expired ?? false,
        region,
        remote ?? false,
        price,
        Enum.TryParse<RecommendationOrder>(order, ignoreCase: true, out var asked) && Enum.IsDefined(asked)
            ? asked
            : RecommendationOrder.Link);
}
