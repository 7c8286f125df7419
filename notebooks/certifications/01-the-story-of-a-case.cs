#:project ../../src/Cpf.Ml.Scoring/Cpf.Ml.Scoring.csproj
#:property TreatWarningsAsErrors=false
#:property PublishAot=false
#:property NoWarn=CA1305

// The story of a case: the certification of the bundled sample with most evidence against it, from what is odd about it
// to the dossiers that a controller would ask for.
// dotnet run 01-the-story-of-a-case.cs -- DIR [OUT]    DIR: a folder of platform data; OUT: where the page goes.

using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Dossiers;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;
using Cpf.Ml.Scoring.Platform;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is 0 or > 2 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: dotnet run 01-the-story-of-a-case.cs -- DIR [OUT], where DIR holds platform data, "
        + "for example data/sample.");
    return 2;
}

var folder = args.Length == 2 ? args[1] : ".";
Directory.CreateDirectory(folder);
using var data = PlatformData.Open(args[0]);
var cutoff = DateOnly.FromDateTime(
    data.Connection.Query("SELECT max(ordered_at) FROM purchases", row => row.GetDateTime(0)).Single()).AddDays(1);
var evidence = new CertificationEvidence(CertificationMeasures.At(data, cutoff));
var scored = CertificationScorer.Score(evidence);
var one = scored.Single(certification => certification.Rank == 1);
var id = one.Certification.Id;
var past = PeerHistory.Read(data, cutoff, one.Reasons.Select(reason => (id, reason.Feature.Id)).ToHashSet());
var (dossiers, _) = DossierQuery.Find(data, cutoff, CertificationMeasures.DaysOfQuarter, [id]);
var warm = scored.Where(certification => certification.IsWarm).ToList();

File.WriteAllText(Path.Combine(folder, "all.svg"), DrawAll(warm, one));
var page = new StringBuilder();
page.Append($"""
    # The story of a case

    The bundled sample is an imagined platform: {scored.Length} certifications, of which {warm.Count} have the 30 \
    dossiers a quarter without which nothing is said. Everything below was known on the day before {cutoff:yyyy-MM-dd}.
    The page is written by `01-the-story-of-a-case.cs` beside it, from the same code that fills the controllers' queue.

    ## 1. Who stands out

    Each measure of a certification is compared with similar certifications and with itself a year before; what is \
    rare counts as −ln of how rare it is. Sums for all of them, the most at the right:

    ![Evidence of every certification; the one of this page in orange](all.svg)

    **{id} · {one.Certification.Title}** comes first: {one.Certification.Dossiers} dossiers and \
    {one.Certification.Euros:N0} EUR in 90 days, evidence {one.Evidence:0.0}. That is no probability, and nothing is \
    proven by it.

    ## 2. What is odd about it

    | reason | value | nine in ten comparable ones | a year before | rank without it |
    |---|--:|--:|--:|--:|

    """);
foreach (var reason in one.Reasons)
{
    string Amount(double value) => double.IsFinite(value) ? ReasonSentences.Amount(reason.Feature, value).En : "–";
    page.Append($"| {reason.Feature.Name.En}{(reason.IsFact ? " (**beyond a limit**)" : "")} "
        + $"| {Amount(reason.Position.Value)} | {Amount(reason.Position.Low)} to {Amount(reason.Position.High)} "
        + $"| {Amount(reason.YearBefore)} | {reason.RankWithout} |\n");
}

page.Append("""

    Without any one of these families of measures it would still be looked into if the last column is small: the case \
    does not hang on a single number.

    ## 3. Since when

    The same measures by quarter for two years, each beside the peers of its quarter (band: nine in ten, dashed: their \
    median).


    """);
foreach (var reason in one.Reasons)
{
    var name = $"{reason.Feature.Id}.svg";
    File.WriteAllText(Path.Combine(folder, name), DrawPast(reason.Feature, [.. past[(id, reason.Feature.Id)]]));
    page.Append($"![{reason.Feature.Name.En}, by quarter]({name})\n\n");
}

page.Append("## 4. Which dossiers, and whose\n\n");
foreach (var reason in one.Reasons)
{
    if (dossiers.GetValueOrDefault((id, reason.Feature.Id)) is { } behind)
    {
        var companies = behind.Companies.Take(3)
            .Select(company => $"SIREN {company.Siren} {company.Behind} of its {company.All}");
        page.Append($"**{reason.Feature.Name.En}**: {behind.Count} dossiers. {string.Join(", ", companies)}. ");
        page.Append($"For example {string.Join(", ", behind.Cited.Take(5).Select(dossier => dossier.PurchaseId))}. To "
            + $"check: {reason.Feature.Check.En}\n\n");
    }
}

page.Append("## 5. What speaks for it\n\n");
page.Append(one.InFavour.IsEmpty ? "Nothing in the data; that does not mean that there is nothing.\n"
    : string.Concat(one.InFavour.Select(text => $"- {text.En}\n")));
page.Append("""

    ## 6. What a controller makes of it

    The case file shows all of this before the score. The controller asks for the documents named above, hears those \
    concerned, and decides with a motive: serious indications (a second reader must agree), needs information, or \
    nothing found. The
    decision becomes a label; `cpf-ml train certifications` learns from it what share of such cases controls confirm.

    """);

// A line that ends in a backslash goes on in the next.
File.WriteAllText(
    Path.Combine(folder, "01-the-story-of-a-case.md"),
    page.ToString().ReplaceLineEndings("\n").Replace("\\\n", ""));
return 0;

static string DrawAll(List<ScoredCertification> warm, ScoredCertification one)
{
    const int Width = 900, Height = 220;
    var ordered = warm.OrderBy(certification => certification.Evidence).ToList();
    var most = ordered[^1].Evidence;
    var bar = Width / (double)ordered.Count;
    var bars = ordered.Select((certification, i) => $"<rect x=\"{i * bar:0.#}\" "
        + $"y=\"{Height - 20 - (180 * certification.Evidence / most):0.#}\" width=\"{Math.Max(1, bar - 1):0.#}\" "
        + $"height=\"{180 * certification.Evidence / most:0.#}\" "
        + $"fill=\"{(certification == one ? "#d55e00" : "#0b63a5")}\"/>");
    return $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-label="Evidence of \
        every certification">
        <rect width="{Width}" height="{Height}" fill="#ffffff"/>
        {string.Join('\n', bars)}
        <text x="4" y="14" font-family="sans-serif" font-size="12" fill="#333333">Evidence, −ln of rarity; the highest \
        is {most:0.0}</text>
        </svg>

        """.ReplaceLineEndings("\n").Replace("\\\n", "");
}

static string DrawPast(Feature feature, PastPosition[] past)
{
    const int Width = 900, Height = 220;
    var all = past.SelectMany(quarter => new[] { quarter.Value, quarter.Low, quarter.High }).OfType<double>().ToList();
    var (low, high) = (all.Min(), all.Max() > all.Min() ? all.Max() : all.Min() + 1);
    double X(int i) => 40 + ((Width - 80) * i / (double)(past.Length - 1));
    double Y(double value) => 24 + ((Height - 60) * (1 - ((value - low) / (high - low))));
    string Line(Func<PastPosition, double?> of) => string.Join(' ',
        past.Select((quarter, i) => of(quarter) is { } value ? $"{X(i):0.#},{Y(value):0.#}" : null).OfType<string>());
    var band =
        Line(quarter => quarter.High) + " " + string.Join(' ', Line(quarter => quarter.Low).Split(' ').Reverse());
    var quarters = past.Select((quarter, i) => $"<text x=\"{X(i):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\" "
        + "font-family=\"sans-serif\" font-size=\"11\" fill=\"#333333\">"
        + $"{quarter.At.AddDays(-1):yyyy-MM}</text>");
    return $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" \
        aria-label="{feature.Name.En}">
        <rect width="{Width}" height="{Height}" fill="#ffffff"/>
        <polygon points="{band}" fill="#cfe3f1"/>
        <polyline points="{Line(quarter => quarter.Median)}" fill="none" stroke="#555555" stroke-dasharray="5 4"/>
        <polyline points="{Line(quarter => quarter.Value)}" fill="none" stroke="#d55e00" stroke-width="2"/>
        {string.Join('\n', quarters)}
        <text x="4" y="14" font-family="sans-serif" font-size="12" fill="#333333">{feature.Name.En}: from \
        {ReasonSentences.Amount(feature, low).En} to {ReasonSentences.Amount(feature, high).En}</text>
        </svg>

        """.ReplaceLineEndings("\n").Replace("\\\n", "");
}
