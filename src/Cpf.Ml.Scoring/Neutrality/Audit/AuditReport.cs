using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>An audit with everything that its verdicts rest on; as JSON, figures that do not exist are null.</summary>
/// <param name="Format">Of the JSON; a change of meaning makes it larger.</param>
/// <param name="Program">Version that audited.</param>
/// <param name="From">Day of the first search.</param>
/// <param name="Until">Day of the last.</param>
/// <param name="TiedShare">Share of opportunities in exact ties; the others are compared with neighbours by
/// relevance.</param>
/// <param name="Positions">What positions are worth, by clicks; empty where there are none.</param>
/// <param name="Continuation">Under another idea of how people read (<see cref="CascadeModel"/>): chance to go on after
/// an offer that was not opened; NaN without clicks.</param>
public sealed record AuditReport(
    int Format, string Program,
    DateOnly From, DateOnly Until, int Searches, int Questions, SearchLogCounts Counts, AuditSettings Settings,
    double TiedShare, ImmutableArray<AuditLine> Lines, ImmutableArray<PositionEstimate> Positions, double Continuation,
    OrganisationShares Organisations, ImmutableArray<DescribedDimension> Described)
{
    public const int CurrentFormat = 1;

    /// <summary>Whether offers were compared by relevance learnt from clicks, instead of the log's own.</summary>
    public bool IsRelevanceLearnt { get; init; }

    /// <summary>Of the whole engine; null in reports of older programs.</summary>
    public DescribedRanking? Ranking { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new FiniteConverter() },
    };

    public static AuditReport Of(SearchLog log, AuditSettings settings, string program)
    {
        var ranked = log.Searches.Where(search => search.Results.Length > 0).ToList();
        return new(
            CurrentFormat,
            program, ranked.Count == 0 ? log.LastDay : DateOnly.FromDateTime(ranked.Min(search => search.At)),
            log.LastDay, log.Searches.Length, log.Questions.Length, log.Counts, settings, Tied(log),
            NeutralityAudit.Of(log, settings), ConditionalPositionBias.Of(log),
            CascadeModel.Of(log)?.Continuation ?? double.NaN, OrganisationShares.Of(log), DescribedDimension.Of(log))
        {
            IsRelevanceLearnt = log.IsLearnt,
            Ranking = DescribedRanking.Of(log),
        };
    }

    /// <summary>Of several verdicts the one that needs attention.</summary>
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

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">This is no report of this format.</exception>
    public static AuditReport Parse(string json) =>
        JsonSerializer.Deserialize<AuditReport>(json, Json) is { Format: CurrentFormat } report ? report
            : throw new JsonException($"This is no audit report of format {CurrentFormat}.");

    /// <summary>Lines whose verdict is another than before, and those that are new with a bias.</summary>
    public ImmutableArray<(AuditLine? Before, AuditLine Now)> ChangesSince(AuditReport before)
    {
        var old = before.Lines.ToDictionary(line => line.Key);
        return [.. Lines.Select(line => (Before: old.GetValueOrDefault(line.Key), Now: line)).Where(one =>
            one.Before is { } was ? was.Verdict != one.Now.Verdict : one.Now.Verdict == NeutralityVerdict.Biased)];
    }

    private static double Tied(SearchLog log)
    {
        var (all, tied) = (0L, 0L);
        for (var i = 0; i < log.Units.Length; i++)
        {
            bool As(int j) => j >= 0 && j < log.Units.Length && log.Units[j].Question == log.Units[i].Question
                && log.Units[j].Sheet == log.Units[i].Sheet && log.Units[j].Relevance == log.Units[i].Relevance;
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
/// <param name="Gini">0 is equal.</param>
/// <param name="Herfindahl">Normalised: 0 equal, 1 all to one.</param>
/// <param name="Theil">Theil T; 0 is equal.</param>
/// <param name="Largest">Organisation with the most exposure; empty where there is none.</param>
/// <param name="LargestShare">Of all exposure.</param>
/// <param name="OfferShare">Of all opportunities, those of that organisation's offers.</param>
public sealed record OrganisationShares(int Organisations,
    double Gini, double Herfindahl, double Theil, string Largest, double LargestShare, double OfferShare)
{
    /// <summary>That the log has.</summary>
    public long Purchases { get; init; }

    /// <summary>Normalised Herfindahl of purchases; NaN without any.</summary>
    public double PurchaseHerfindahl { get; init; } = double.NaN;

    /// <summary>Of all purchases, those of the organisation with the most exposure; NaN without any.</summary>
    public double LargestPurchaseShare { get; init; } = double.NaN;

    public static OrganisationShares Of(SearchLog log)
    {
        var sums = log.Units.GroupBy(unit => log.Offers[unit.Offer].Organisation)
            .Select(group => (Organisation: group.Key, Exposure: group.Sum(unit => unit.Exposure),
                Times: group.Sum(unit => (double)unit.Opportunities))).ToList();
        var all = sums.Sum(one => one.Exposure);
        if (sums.Count < 2 || all == 0)
        {
            return new(sums.Count, double.NaN, double.NaN, double.NaN, "", double.NaN, double.NaN);
        }

        var (largest, values) = (sums.MaxBy(one => one.Exposure), sums.ConvertAll(one => one.Exposure));
        var purchases = log.Searches.SelectMany(search => search.Results)
            .Where(shown => shown.IsPurchased).CountBy(shown => log.Offers[shown.Offer].Organisation).ToDictionary();
        var bought = purchases.Values.Sum(one => (long)one);
        return new(
            sums.Count, Concentration.Gini(values), Concentration.NormalisedHerfindahl(values),
            Concentration.TheilT(values), log.Organisations[largest.Organisation].Id,
            largest.Exposure / all, largest.Times / sums.Sum(one => one.Times))
        {
            Purchases = bought,
            PurchaseHerfindahl = bought == 0 ? double.NaN : Concentration.NormalisedHerfindahl(
                sums.ConvertAll(one => (double)purchases.GetValueOrDefault(one.Organisation))),
            LargestPurchaseShare = bought == 0 ? double.NaN
                : (double)purchases.GetValueOrDefault(largest.Organisation) / bought,
        };
    }
}
