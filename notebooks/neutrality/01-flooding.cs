#:project ../../src/Cpf.Ml.Scoring/Cpf.Ml.Scoring.csproj
#:property TreatWarningsAsErrors=false
#:property PublishAot=false
#:property NoWarn=CA1305

// One organisation floods the answers of a search engine: how an audit sees it, what rotation and a cap make of it, and
// what they cost.
// dotnet run 01-flooding.cs -- LOG [OUT]    LOG: a folder as docs/search-log.md describes; OUT: where the page goes.

using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Report;
using Cpf.Ml.Scoring.Platform;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is 0 or > 2 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: dotnet run 01-flooding.cs -- LOG [OUT], where LOG is a folder of a search log, for "
        + "example data/searches.");
    return 2;
}

var folder = args.Length == 2 ? args[1] : ".";
Directory.CreateDirectory(folder);
var log = SearchLog.Read(args[0]);
var settings = new AuditSettings();
var before = NeutralityAudit.Run(log, settings);
var flood = before.Single(line => line.Dimension == "volume");
var shown = log.Searches.Max(search => search.Results.Length);

// The same answers, served in another order.
var ways = new (string Name, CorrectionGuards Guards)[]
{
    ("organisations in turn among equals", new() { Shown = shown, MaxMoves = 100 }),
    ("and one offer among equals, within the guards", new() { Shown = shown, MaxMoves = 100, Cap = 1 }),
    ("and one offer among equals, whatever it costs",
        new() { Shown = shown, MaxMoves = 100, Cap = 1, MaxLoss = 1, MeanLoss = 1 }),
};
var results = ways.Select(way => Correct(args[0], way.Guards)).ToList();

File.WriteAllText(Path.Combine(folder, "shares.svg"), Shares(log, results[^1].Log));
File.WriteAllText(Path.Combine(folder, "elasticity.svg"),
    Elasticities([("as served", flood), .. ways.Zip(results, (way, result) => (way.Name, result.Line))]));

var page = new StringBuilder();
page.AppendLine($"# One organisation floods the answers\n\nA search engine should favour nobody "
    + $"at equal relevance. Whoever posts most offers is seen most, even where the engine does nothing but draw lots: "
    + $"that was the market's complaint in 2019. Made by `01-flooding.cs` with {log.Counts.Searches} searches "
    + $"of {log.Questions.Length} queries. Run it again:\n");
page.AppendLine("```\ndotnet run notebooks/neutrality/01-flooding.cs -- data/searches notebooks/neutrality\n```\n");
page.AppendLine($"## What the audit says\n\n*{AuditSentences.Subject(flood).En}*: "
    + $"{AuditSentences.Finding(flood).En}. {AuditSentences.Sureness(flood).En}\n");
page.AppendLine($"The elasticity is the slope of an organisation's exposure on the number of its offers, both "
    + $"as logarithms, among offers of one query that are equally relevant. 0 is neutral; 1 is what drawing lots among "
    + $"offers gives. Each question is compared with itself, so that no organisation is better off for having offers "
    + $"where there is much to see.\n");
page.AppendLine("![What organisations with one, two and three offers in a tie get for an even share of it, as "
    + "served and corrected](shares.svg)\n\nAmong equally relevant offers of one query, what an organisation gets for "
    + "an even share among the organisations there: as served it grows with the number of its offers; corrected, it "
    + "hardly does.\n");
page.AppendLine(
    "## What can be done, and what it costs\n\nThe same searches with `POST /api/v1/neutrality/rerank` behind the "
        + "engine. The seed is of the day and the query, so that everybody sees the same and anybody can replay it.\n");
page.AppendLine("| | elasticity | 95 % | verdict | nDCG lost, mean | 95th percentile |\n|---|--:|--:|---|--:|--:|");
page.AppendLine($"| as served | {flood.Effect:F2} | {flood.Low:F2} to {flood.High:F2} "
    + $"| {AuditSentences.Verdict(flood.Verdict).En} | | |");
foreach (var (way, result) in ways.Zip(results))
{
    page.AppendLine($"| {way.Name} | {result.Line.Effect:F2} | {result.Line.Low:F2} "
        + $"to {result.Line.High:F2} | {AuditSentences.Verdict(result.Line.Verdict).En} | {result.Losses.Average():F4} "
        + $"| {result.Losses.Order().ElementAt((int)(0.95 * (result.Losses.Count - 1))):F4} |");
}

var largest = log.Units.GroupBy(unit => unit.Question)
    .Max(question => question.Select(unit => unit.Offer).Distinct().Count());
page.AppendLine($"\n![Elasticity with its interval, as "
    + $"served and under each correction](elasticity.svg)\n\nTurns among equals cost nothing and help little where "
    + $"a page shows most of what there is: the extra offers come last among their equals, but they come. Only a cap "
    + $"parts exposure from volume. It costs relevance where there is little else to show: here a page shows {shown} "
    + $"of {largest} offers. The guards (0.01 of nDCG for an answer, 0.003 on average) widen the cap where it costs "
    + $"more; whether "
    + $"a dearer cap is worth it, people decide. Where hundreds of offers are equally relevant, as for *anglais* in a "
    + $"large city, it costs nothing: see the figures of `evaluate neutrality`.\n");
page.AppendLine("## What else this log shows\n");
foreach (var line in before
    .Where(line => line.Verdict == NeutralityVerdict.Biased && line.Dimension is not ("volume" or "organisation")))
{
    page.AppendLine(
        $"- **{AuditSentences.Subject(line).En}**: {AuditSentences.Finding(line).En}. "
            + $"{AuditSentences.Sureness(line).En}");
}

page.AppendLine("\nThey are planted, as `data/README.md` says, and none of what is not planted is called a bias but "
    + "what follows from it: who is not new gains what the new lose.");
File.WriteAllText(Path.Combine(folder, "01-flooding.md"), page.ToString().ReplaceLineEndings("\n"));
Console.WriteLine(
    $"{Path.Combine(folder, "01-flooding.md")}: elasticity {flood.Effect:F2}, corrected {results[^1].Line.Effect:F2}");
return 0;

(SearchLog Log, AuditLine Line, List<double> Losses) Correct(string from, CorrectionGuards guards)
{
    var there = Directory.CreateTempSubdirectory("cpf-ml-");
    using (var data = PlatformData.Open(from, validate: false, SearchLogContract.Tables))
    {
        foreach (var table in new[] { "searches", "offers", "organisations" })
        {
            data.Connection.Execute(
                $"COPY {table} TO {Sql.Quote(Path.Combine(there.FullName, table + ".parquet"))} (FORMAT parquet)");
        }

        var answers = data.Connection.Query(
            "SELECT i.search_id, i.offer_id, organisation_id, relevance, rank, CAST(searched_at AS DATE) || ' "
                + "' || query FROM impressions i JOIN offers USING (offer_id) JOIN searches USING (search_id) ORDER BY "
                + "searched_at, i.search_id, rank NULLS LAST, i.offer_id",
            row => (Search: row.GetString(0), Offer: row.GetString(1), Organisation: row.GetString(2),
                Relevance: row.GetDouble(3), Seed: row.GetString(5))).GroupBy(row => row.Search);
        var (ledger, losses) = (new ExposureLedger(), new List<double>());
        using (var file = new StreamWriter(Path.Combine(there.FullName, "impressions.csv")))
        {
            file.WriteLine("search_id,offer_id,rank,relevance");
            foreach (var answer in answers)
            {
                var offers = answer.ToList();
                var ranking = NeutralRanking.Rerank([.. offers.Select(offer => new RankedOffer(offer.Offer,
                    offer.Organisation, offer.Relevance, offer.Relevance, []))], ledger, guards, offers[0].Seed);
                losses.Add(ranking.Loss);
                foreach (var (i, index) in ranking.Order.Index())
                {
                    var rank = i < guards.Shown ? $"{i + 1}" : "";
                    file.WriteLine($"{answer.Key},{offers[index].Offer},{rank},{offers[index].Relevance}");
                }
            }
        }

        var corrected = SearchLog.Read(there.FullName);
        there.Delete(recursive: true);
        return (corrected, NeutralityAudit.Run(corrected, settings).Single(line => line.Dimension == "volume"), losses);
    }
}

static string Svg(int width, int height, string title, string inside) =>
    $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" """
        + $"""font-size="12" role="img"><title>{title}</title><rect width="{width}" height="{height}" fill="#fff"/>"""
        + $"""{inside}</svg>""";

// Of ties with several organisations: what an organisation got for an even share among them, by how many offers it has
// in the tie.
static double[] Even(SearchLog log)
{
    var (sums, times) = (new double[4], new double[4]);
    foreach (var tie in log.Units.GroupBy(unit => (unit.Question, unit.RelevanceContext, unit.Relevance)))
    {
        var own = tie.GroupBy(unit => log.Offers[unit.Offer].Organisation).ToList();
        var all = tie.Sum(unit => unit.Exposure);
        foreach (var organisation in own.Where(_ => own.Count > 1 && all > 0))
        {
            var n = Math.Min(organisation.Count(), 3);
            sums[n] += organisation.Sum(unit => unit.Exposure);
            times[n] += all / own.Count;
        }
    }

    return [.. sums.Zip(times, (sum, even) => even > 0 ? sum / even : double.NaN)];
}

string Shares(SearchLog served, SearchLog corrected)
{
    const int Width = 760, Height = 300, Left = 60, Bottom = 55, Top = 20;
    var panels =
        new[] { ("as served", Even(served), "#D55E00"), ("one offer among equals", Even(corrected), "#0072B2") };
    double Y(double value) => Top + ((Height - Top - Bottom) * (1 - (value / 3.2)));
    var inside = new StringBuilder();
    foreach (var tick in new[] { 0, 1, 2, 3 })
    {
        inside.Append(
            $"""<path d="M{Left} {Y(tick):F1}H{Width - 20}" stroke="{(tick == 1 ? "#444" : "#ddd")}"/><text """
                + $"""x="{Left - 8}" y="{Y(tick) + 4:F1}" text-anchor="end">{tick}</text>""");
    }

    foreach (var (p, (name, values, colour)) in panels.Index())
    {
        for (var n = 1; n <= 3; n++)
        {
            var x = Left + 40 + ((n - 1) * 220) + (p * 85);
            inside.Append(
                $"""<rect x="{x}" y="{Y(values[n]):F1}" width="75" height="{Y(0) - Y(values[n]):F1}" """
                    + $"""fill="{colour}"/><text x="{x + 37}" y="{Y(values[n]) - 5:F1}" text-anchor="middle">"""
                    + $"""{values[n]:F2}</text>""");
            inside.Append(p > 0 ? ""
                : $"""<text x="{x + 80}" y="{Height - Bottom + 18}" text-anchor="middle">"""
                    + $"""{n} {(n == 1 ? "offer" : "offers")} in the tie</text>""");
        }

        inside.Append(
            $"""<rect x="{Left + 40 + (p * 220)}" y="{Height - 18}" width="12" height="12" fill="{colour}"/>"""
                + $"""<text x="{Left + 58 + (p * 220)}" y="{Height - 8}">{name}</text>""");
    }

    return Svg(Width, Height, "What organisations with one, two and three offers in a tie get for an even share of it; "
        + "1 is even", inside.ToString());
}

string Elasticities(IReadOnlyList<(string Name, AuditLine Line)> rows)
{
    const int Width = 760, Left = 330, Step = 34;
    double X(double value) => Left + ((Width - Left - 30) * (value + 0.4) / 1.7);
    var inside = new StringBuilder(
        $"""<rect x="{X(-settings.Tolerance):F1}" y="10" """
            + $"""width="{X(settings.Tolerance) - X(-settings.Tolerance):F1}" height="{Step * rows.Count}" """
            + $"""fill="#009E73" fill-opacity="0.15"/><path d="M{X(0):F1} 10V{10 + (Step * rows.Count)}" """
            + $"""stroke="#888" stroke-dasharray="3 3"/>""");
    foreach (var (i, (name, line)) in rows.Index())
    {
        var y = 10 + (Step * i) + (Step / 2);
        var colour = line.Verdict == NeutralityVerdict.Biased ? "#D55E00"
            : line.Verdict == NeutralityVerdict.Neutral ? "#009E73" : "#555";
        inside.Append(
            $"""<text x="{Left - 10}" y="{y + 4}" text-anchor="end">{name}</text><path d="M{X(line.Low):F1} """
                + $"""{y}H{X(line.High):F1}" stroke="{colour}" stroke-width="3"/><circle cx="{X(line.Effect):F1}" """
                + $"""cy="{y}" r="5" fill="{colour}"/><text x="{X(line.High) + 8:F1}" y="{y + 4}">"""
                + $"""{line.Effect:F2}</text>""");
    }

    var bottom = 10 + (Step * rows.Count);
    foreach (var tick in new[] { 0, 0.5, 1 })
    {
        inside.Append($"""<text x="{X(tick):F1}" y="{bottom + 18}" text-anchor="middle" fill="#444">{tick}</text>""");
    }

    return Svg(Width, bottom + 28, "Elasticity of exposure to the number of offers with its 95% interval; the green "
        + "zone is the tolerance", inside.ToString());
}
