using System.Collections.Immutable;
using Cpf.Ml.Scoring.Platform;
using static Cpf.Ml.Scoring.Platform.PlatformType;

namespace Cpf.Ml.Scoring.Neutrality.Logs;

/// <summary>The tables of a search log; <c>docs/search-log.md</c> is written from here. Nothing in it is of a
/// person.</summary>
public static class SearchLogContract
{
    /// <summary>The tables, with their columns, types and bounds.</summary>
    public static ImmutableArray<PlatformTable> Tables { get; } =
    [
        new("searches", "A query that the engine answered.", ["search_id"],
        [
            new("search_id", Characters, "Of the log."),
            new("searched_at", Instant, "When it was answered."),
            new("query", Characters, "As it was typed."),
            new("filters", Characters, "As the engine took them, always in the same order; searches of the same query "
                + "and filters are one question. A region that was asked for is there as region=11 (Insee): pairs of "
                + "family region are compared by it.") { IsNullable = true, IsOptional = true },
            new("context", Characters, "Class of situation in which it was asked (a persona, a device), which must not "
                + "matter. Never a person.") { IsNullable = true, IsOptional = true },
            new("family", Characters, "Of a pair of questions that should be answered alike: gender, accent, case, "
                + "plural, typo, synonym, region.") { IsNullable = true, IsOptional = true },
            new("pair", Characters, "Which pair of that family.") { IsNullable = true, IsOptional = true },
        ]),
        new("impressions", "An offer that a search showed, or could have shown.", [],
        [
            new("search_id", Characters, "Of the search."),
            new("offer_id", Characters, "Of the offer."),
            new("rank",
                Count, "From 1; empty where it could have been shown and was not.") { IsNullable = true, Min = 1 },
            new("relevance", Number, "By the engine's own measure or by judges, without what is audited; equal values "
                + "are ties.") { IsNullable = true, IsOptional = true, Min = 0 },
            new("propensity", Number, "Chance that it is looked at where it stands, when it is known.") { IsNullable =
                true, IsOptional = true, Min = 0, Max = 1 },
            new("is_clicked", Flag, "Somebody opened it.") { IsNullable = true, IsOptional = true },
            new("is_purchased", Flag, "Somebody bought it.") { IsNullable = true, IsOptional = true },
        ]),
        new("features", "A number that the engine knows of an offer for a search: how well words match, how far it is; "
            + "to learn relevance from.", ["search_id", "offer_id", "feature"],
        [
            new("search_id", Characters, "Of the search."),
            new("offer_id", Characters, "Of the offer."),
            new("feature", Characters,
                "Name, the same in the whole log. Kilometres to the place that was asked for are distance_km."),
            new("value", Number, "Empty where the engine does not know it.") { IsNullable = true },
        ])
        { IsOptional = true },
        new("offers", "An offer.", ["offer_id"],
        [
            new("offer_id", Characters, "Of the platform."),
            new("organisation_id", Characters, "Who sells."),
            new("modality", Characters, "Where it takes place.") { IsNullable = true,
                IsOptional = true, Values = ["onsite", "remote", "mixed"] },
            new("region", Characters, "Of the place, two digits (Insee).") { IsNullable = true, IsOptional = true },
            new("price", Number, "EUR.") { IsNullable = true, IsOptional = true, Min = 0 },
            new("level", Count,
                "European level of its certification.") { IsNullable = true, IsOptional = true, Min = 1, Max = 8 },
            new("register",
                Characters, "Of its certification.") { IsNullable = true, IsOptional = true, Values = ["RNCP", "RS"] },
            new("is_accessible",
                Flag, "Declared accessible to people with a disability.") { IsNullable = true, IsOptional = true },
            new("text_length",
                Count, "Characters of its description.") { IsNullable = true, IsOptional = true, Min = 0 },
            new("popularity", Number,
                "Orders or clicks in the months before the log.") { IsNullable = true, IsOptional = true, Min = 0 },
        ]),
        new("organisations", "A training organisation.", ["organisation_id"],
        [
            new("organisation_id", Characters, "Of the platform."),
            new("size", Characters, "Band of staff or turnover.") { IsNullable = true,
                IsOptional = true, Values = ["micro", "small", "medium", "large"] },
            new("kind", Characters,
                "Legal kind.") { IsNullable = true, IsOptional = true, Values = ["public", "private", "association"] },
            new("entered_on", Date, "First day on the platform.") { IsNullable = true, IsOptional = true },
        ]),
    ];
}
