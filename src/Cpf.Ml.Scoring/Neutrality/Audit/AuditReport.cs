using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>An audit with everything that its verdicts rest on. In JSON, figures that do not exist are null.</summary>
/// <param name="Format">Version of the JSON; a change of meaning raises it.</param>
/// <param name="Program">Version of the program that audited.</param>
/// <param name="From">Day of the first search.</param>
/// <param name="Until">Day of the last search.</param>
/// <param name="Searches">Number of searches.</param>
/// <param name="Questions">Number of questions: searches of the same query and filters are one.</param>
/// <param name="Counts">What was read and what was left out.</param>
/// <param name="Settings">Settings of the audit.</param>
/// <param name="TiedShare">Share of opportunities in exact ties, in [0, 1]; the others are compared with neighbours by
/// relevance.</param>
/// <param name="Lines">All tests.</param>
/// <param name="Positions">Position bias, estimated from clicks; empty where there are none.</param>
/// <param name="Continuation">Chance to go on after an offer that was not opened, by another model of reading
/// (<see cref="CascadeModel"/>); NaN without clicks.</param>
/// <param name="Organisations">How exposure is shared among organisations.</param>
/// <param name="Described">Descriptive statistics of each dimension.</param>
public sealed record AuditReport(
    int Format, string Program,
    DateOnly From, DateOnly Until, int Searches, int Questions, SearchLogCounts Counts, AuditSettings Settings,
    double TiedShare, ImmutableArray<AuditLine> Lines, ImmutableArray<PositionEstimate> Positions, double Continuation,
    OrganisationShares Organisations, ImmutableArray<DescriptiveStatistics> Described)
{
    /// <summary>Version of the JSON that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Whether offers were compared by relevance learnt from clicks, instead of the log's own.</summary>
    public bool IsRelevanceLearnt { get; init; }

    /// <summary>Descriptive statistics of the whole engine; null in reports of older programs.</summary>
    public RankingStatistics? Ranking { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new FiniteConverter() },
    };

    /// <summary>Audits a search log.</summary>
    /// <param name="log">The search log.</param>
    /// <param name="settings">Tolerances and minimum counts.</param>
    /// <param name="program">Version of the program that audits.</param>
    public static AuditReport Create(SearchLog log, AuditSettings settings, string program)
    {
        var ranked = log.Searches.Where(search => search.Results.Length > 0).ToList();
        return new(
            CurrentFormat,
            program, ranked.Count == 0 ? log.LastDay : DateOnly.FromDateTime(ranked.Min(search => search.At)),
            log.LastDay, log.Searches.Length, log.Questions.Length, log.Counts, settings, Tied(log),
            NeutralityAudit.Run(log, settings), ConditionalPositionBias.Fit(log),
            CascadeModel.Fit(log)?.Continuation ?? double.NaN,
            OrganisationShares.Compute(log), DescriptiveStatistics.Compute(log))
        {
            IsRelevanceLearnt = log.IsLearnt,
            Ranking = RankingStatistics.Compute(log),
        };
    }

    /// <summary>Overall verdict: biased where any line is, neutral where all lines with a test of groups are.</summary>
    [JsonIgnore]
    public NeutralityVerdict Verdict =>
        Lines.Any(line => line.Verdict == NeutralityVerdict.Biased) ? NeutralityVerdict.Biased
        : Lines.Any(line => line.Verdict == NeutralityVerdict.Neutral)
            && Lines.All(line => line.Verdict == NeutralityVerdict.Neutral
                || line.Dimension == "organisation" || line.Reason is not null) ? NeutralityVerdict.Neutral
        : NeutralityVerdict.Inconclusive;

    /// <summary>Version without the commit, for people.</summary>
    [JsonIgnore]
    public string ProgramVersion => Program.Split('+')[0];

    /// <summary>The report as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Parses a report that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">A whole JSON document.</param>
    /// <exception cref="JsonException">The text is no audit report of this format.</exception>
    public static AuditReport Parse(string json) =>
        JsonSerializer.Deserialize<AuditReport>(json, Json) is { Format: CurrentFormat } report ? report
            : throw new JsonException($"This is no audit report of format {CurrentFormat}.");

    /// <summary>Lines whose verdict differs from an earlier audit, and new lines with a bias.</summary>
    /// <param name="before">The earlier audit.</param>
    public ImmutableArray<(AuditLine? Before, AuditLine Now)> ChangesSince(AuditReport before)
    {
        var old = before.Lines.ToDictionary(line => line.Key);
        return [.. Lines.Select(line => (Before: old.GetValueOrDefault(line.Key), Now: line)).Where(row =>
            row.Before is { } was ? was.Verdict != row.Now.Verdict : row.Now.Verdict == NeutralityVerdict.Biased)];
    }

    private static double Tied(SearchLog log)
    {
        var (all, tied) = (0L, 0L);
        for (var i = 0; i < log.Units.Length; i++)
        {
            bool As(int j) => j >= 0 && j < log.Units.Length && log.Units[j].Question == log.Units[i].Question
                && log.Units[j].RelevanceContext == log.Units[i].RelevanceContext
                && log.Units[j].Relevance == log.Units[i].Relevance;
            (all, tied) = (all + log.Units[i].Opportunities,
                As(i - 1) || As(i + 1) ? tied + log.Units[i].Opportunities : tied);
        }

        return all == 0 ? 0 : (double)tied / all;
    }

    /// <summary>JSON has no number that is none.</summary>
    private sealed class FiniteConverter : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}

/// <summary>How exposure is shared among organisations that could have been shown.</summary>
/// <param name="Organisations">Number of organisations that could have been shown.</param>
/// <param name="Gini">Gini coefficient of exposure, in [0, 1); 0 is equal.</param>
/// <param name="Herfindahl">Normalised Herfindahl index of exposure: 0 is equal, 1 is all to one.</param>
/// <param name="Theil">Theil's T of exposure, at least 0; 0 is equal.</param>
/// <param name="Largest">Id of the organisation with the most exposure; empty where there is none.</param>
/// <param name="LargestShare">Its share of all exposure, in [0, 1].</param>
/// <param name="OfferShare">Share of its offers in all opportunities, in [0, 1].</param>
public sealed record OrganisationShares(int Organisations,
    double Gini, double Herfindahl, double Theil, string Largest, double LargestShare, double OfferShare)
{
    /// <summary>Number of purchases in the log.</summary>
    public long Purchases { get; init; }

    /// <summary>Normalised Herfindahl index of purchases; NaN without any.</summary>
    public double PurchaseHerfindahl { get; init; } = double.NaN;

    /// <summary>Share of all purchases that goes to the organisation with the most exposure; NaN without any.</summary>
    public double LargestPurchaseShare { get; init; } = double.NaN;

    /// <summary>Measures how a log's exposure is shared.</summary>
    /// <param name="log">The search log.</param>
    public static OrganisationShares Compute(SearchLog log)
    {
        var sums = log.Units.GroupBy(unit => log.Offers[unit.Offer].Organisation)
            .Select(group => (Organisation: group.Key, Exposure: group.Sum(unit => unit.Exposure),
                Times: group.Sum(unit => (double)unit.Opportunities))).ToList();
        var all = sums.Sum(sum => sum.Exposure);
        if (sums.Count < 2 || all == 0)
        {
            return new(sums.Count, double.NaN, double.NaN, double.NaN, "", double.NaN, double.NaN);
        }

        var (largest, values) = (sums.MaxBy(sum => sum.Exposure), sums.ConvertAll(sum => sum.Exposure));
        var purchases = log.Searches.SelectMany(search => search.Results)
            .Where(shown => shown.IsPurchased).CountBy(shown => log.Offers[shown.Offer].Organisation).ToDictionary();
        var bought = purchases.Values.Sum(purchase => (long)purchase);
        return new(
            sums.Count, Concentration.Gini(values), Concentration.NormalisedHerfindahl(values),
            Concentration.TheilT(values), log.Organisations[largest.Organisation].Id,
            largest.Exposure / all, largest.Times / sums.Sum(sum => sum.Times))
        {
            Purchases = bought,
            PurchaseHerfindahl = bought == 0 ? double.NaN : Concentration.NormalisedHerfindahl(
                sums.ConvertAll(sum => (double)purchases.GetValueOrDefault(sum.Organisation))),
            LargestPurchaseShare = bought == 0 ? double.NaN
                : (double)purchases.GetValueOrDefault(largest.Organisation) / bought,
        };
    }
}
