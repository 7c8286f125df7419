#:project ../../src/Cpf.Ml.Scoring/Cpf.Ml.Scoring.csproj
#:property TreatWarningsAsErrors=false
#:property PublishAot=false
#:property NoWarn=CA1305

// The field's own example: a region that targets the jobs of the ecological transition gets the certifications on
// water, energy and waste. Step by step, with what is declared, what is estimated, and what stays open.
// dotnet run 01-certifications-of-a-transition.cs -- MODEL [OUT]    MODEL: a folder that train matching has written;
// OUT: where the page goes.

using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is 0 or > 2 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: dotnet run 01-certifications-of-a-transition.cs -- MODEL [OUT], where MODEL is a "
        + "folder of links, for example models/matching.");
    return 2;
}

const string Question = "transition écologique en Pays de la Loire";
var folder = args.Length == 2 ? args[1] : ".";
Directory.CreateDirectory(folder);
var (catalogue, manifest) = MatchingFiles.ReadCatalogue(args[0]);
var understanding = new QueryUnderstanding(catalogue);
var found = Recommendations.Find(catalogue, understanding, new(Question, []));
var region = found.Understood.Region!;
string Label(string job) => catalogue.JobOf(job)!.Label;
int Count(string job, bool isDeclared) => catalogue.Fiches.Count(one => one.Fiche.IsActive
    && one.Links.Any(link => link.Job == job && (link.Tier == LinkTier.Declared) == isDeclared));

// The greenest jobs, those with a shortage in the region first: what a policy would begin with.
var green = found.Understood.Jobs.Where(job => job.Confidence >= 0.5)
    .Select(job => (job.Job, Declared: Count(job.Job, true), Estimated: Count(job.Job, false),
        Shortage: catalogue.ShortageOf(job.Job, region.Code)?.Categories.DefaultIfEmpty(0).Max() ?? 0))
    .OrderByDescending(one => one.Shortage).ThenBy(one => one.Job, StringComparer.Ordinal).Take(30).ToList();
File.WriteAllText(Path.Combine(folder, "jobs.svg"), Bars(green));
File.WriteAllText(Path.Combine(folder, "tiers.svg"), Tiers(found));

var page = new StringBuilder();
page.AppendLine($"# Certifications of a transition\n\nA funder asks for *{Question}*. Made "
    + $"by `01-certifications-of-a-transition.cs` with a model that {manifest.Fiches} certifications of the national "
    + $"register (France compétences) and the ROME (France Travail) have taught; shortages: Dares and France Travail. "
    + $"Run it again on your own import:\n");
page.AppendLine("```\n./cpf-ml data import matching --from DIR --out data/registers\n./cpf-ml train matching --data "
    + "data/registers --models models\ndotnet run notebooks/matching/01-certifications-of-a-transition.cs -- "
    + "models/matching notebooks/matching\n```\n");
page.AppendLine($"## What is understood\n\nThe region {region.Name}, and {found.Understood.Jobs.Length} jobs: a job "
    + $"of the register's ROME 3 counts by the share of the ROME 4 jobs that come of it and that France Travail marks "
    + $"*Emploi Vert* (1) or *stratégique pour la Transition écologique* (½). The first ten:\n");
page.AppendLine("| job | | weight |\n|---|---|--:|");
foreach (var job in found.Understood.Jobs.Take(10))
{
    page.AppendLine($"| {job.Job} | {Label(job.Job)} | {job.Confidence:F2} |");
}

var declared = found.All.Count(one => one.Link.Tier == LinkTier.Declared);
page.AppendLine($"\n## What leads there\n\n{found.All.Length} active certifications: {declared} by a link that their "
    + $"certifier declares, {found.All.Length - declared} by an estimated one. Declared ones come first, those of the "
    + $"greenest jobs before the others:\n");
page.AppendLine("| certification | | job |\n|---|---|---|");
foreach (var one in found.All.Take(12))
{
    page.AppendLine($"| {one.Fiche.Fiche.Id} | {one.Fiche.Fiche.Title} | {one.Link.Job} {Label(one.Link.Job)} |");
}

page.AppendLine(
    $"\n![Certifications of each green job, declared and estimated](jobs.svg)\n\nThirty jobs that are green by half or "
        + $"more, those with the greatest shortage of people in {region.Name} first (the figure beside the code: 5 is "
        + $"the greatest, Dares). Where the dark bar is short and the shortage great, a policy has little to fund.\n");
page.AppendLine(
    "## What the estimates add\n\nEstimated links are marked, and each says why. The surest that nobody has "
    + "declared:\n");
foreach (var one in found.All.Where(one => one.Link.Tier != LinkTier.Declared)
    .OrderByDescending(one => one.Link.Probability).Take(4))
{
    page.AppendLine($"- **{one.Fiche.Fiche.Id} {one.Fiche.Fiche.Title}** → {one.Link.Job} {Label(one.Link.Job)}, "
        + $"probability {one.Link.Probability:F2}, {one.Verdict.ToString().ToLowerInvariant()}. "
        + $"{catalogue.Why(one.Link).En}");
}

page.AppendLine("\n![Estimated links by where they come from and their probability](tiers.svg)\n\nOf each origin, how "
    + "many of these links can be included without a look, how many a person should review, how many are left out. The "
    + "bounds were learnt on links held out:\n");
page.AppendLine("| origin | include from | leave out below | held-out links |\n|---|--:|--:|--:|");
foreach (var band in catalogue.Bands)
{
    page.AppendLine($"| {band.Tier.ToString().ToLowerInvariant()} "
        + $"| {(band.Include > 1 ? "never" : band.Include.ToString("F2"))} | {band.Exclude:F3} | {band.Links} |");
}

var without = found.JobsWithout;
var names = string.Join(", ", without.Select(job => $"{job} {Label(job)}"));
page.AppendLine("\n## What stays open\n\n- " + (without.Length == 0
    ? "Every job has a certification."
    : $"{without.Length} of the jobs have no active certification at all: {names}."));
page.AppendLine(
    "- The specific register (RS) declares no job: in an import that has it, its certifications are reached "
    + "by contents and likeness alone.\n- A link says that a certification prepares for a job. It says nothing of "
    + "places, prices, quality or jobs found.");
File.WriteAllText(
    Path.Combine(folder, "01-certifications-of-a-transition.md"), page.ToString().ReplaceLineEndings("\n"));
Console.WriteLine($"{Path.Combine(folder, "01-certifications-of-a-transition.md")}: {found.All.Length} "
    + $"certifications, {green.Count} green jobs");
return 0;

static string Svg(int width, int height, string title, string inside) =>
    $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" """
        + $"""font-size="12" role="img"><title>{title}</title><rect width="{width}" height="{height}" fill="#fff"/>"""
        + $"""{inside}</svg>""";

string Bars(IReadOnlyList<(string Job, int Declared, int Estimated, int Shortage)> rows)
{
    const int Left = 330, Width = 820, Step = 20;
    var scale = (Width - Left - 90) / (double)rows.Select(row => row.Declared + row.Estimated).Append(1).Max();
    var inside = new StringBuilder();
    foreach (var (i, row) in rows.Index())
    {
        var y = 10 + (Step * i);
        var label = Label(row.Job);
        inside.Append(
            $"""<text x="{Left - 8}" y="{y + 12}" text-anchor="end">{row.Job} """
                + $"""({(row.Shortage == 0 ? "?" : row.Shortage)}) """
                + $"""{(label.Length > 34 ? label[..33] + "…" : label).Replace("&", "&amp;")}</text>""");
        inside.Append(
            $"""<rect x="{Left}" y="{y + 1}" width="{row.Declared * scale:F1}" height="14" fill="#0b4f8a"/>"""
                + $"""<rect x="{Left + (row.Declared * scale):F1}" y="{y + 1}" width="{row.Estimated * scale:F1}" """
                + $"""height="14" fill="#9dbfdf"/>""");
        inside.Append(
            $"""<text x="{Left + ((row.Declared + row.Estimated) * scale) + 6:F1}" y="{y + 12}">"""
                + $"""{row.Declared} + {row.Estimated}</text>""");
    }

    return Svg(Width,
        20 + (Step * rows.Count), "Certifications of each green job: declared, then estimated", inside.ToString());
}

static string Tiers(Recommendations found)
{
    const int Left = 110, Width = 620, Step = 34;
    var groups = found.All.Where(one => one.Link.Tier != LinkTier.Declared)
        .GroupBy(one => one.Link.Tier).OrderBy(group => group.Key).ToList();
    var scale = (Width - Left - 60) / (double)groups.Select(group => group.Count()).Append(1).Max();
    var inside = new StringBuilder();
    foreach (var (i, group) in groups.Index())
    {
        var (x, y) = ((double)Left, 10 + (Step * i));
        inside.Append(
            $"""<text x="{Left - 8}" y="{y + 16}" text-anchor="end">"""
                + $"""{group.Key.ToString().ToLowerInvariant()}</text>""");
        foreach (var (verdict, colour) in new[] { (LinkVerdict.Include, "#1b6e3c"),
            (LinkVerdict.Review, "#d9a441"), (LinkVerdict.Exclude, "#b9bec4") })
        {
            var count = group.Count(one => one.Verdict == verdict);
            inside.Append(
                $"""<rect x="{x:F1}" y="{y}" width="{count * scale:F1}" height="22" fill="{colour}"><title>"""
                    + $"""{verdict}: {count}</title></rect>""");
            x += count * scale;
        }

        inside.Append($"""<text x="{x + 6:F1}" y="{y + 16}">{group.Count()}</text>""");
    }

    inside.Append(
        $"""<text x="{Left}" y="{24 + (Step * groups.Count)}"><tspan fill="#1b6e3c">■</tspan> include  """
            + $"""<tspan fill="#d9a441">■</tspan> review  <tspan fill="#b9bec4">■</tspan> leave out</text>""");
    return Svg(Width, 34 + (Step * groups.Count), "Estimated links by origin and verdict", inside.ToString());
}
