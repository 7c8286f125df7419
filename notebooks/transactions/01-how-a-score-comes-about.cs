#:project ../../src/Cpf.Ml.Scoring/Cpf.Ml.Scoring.csproj
#:property TreatWarningsAsErrors=false
#:property PublishAot=false

// How does a score come about? Four real series, the strangest point of each: what was expected, what every test said,
// what they came to.
// dotnet run 01-how-a-score-comes-about.cs -- DIR [OUT]    DIR: the folder of the Numenta Anomaly Benchmark (data/…);
// OUT: where the page goes.

using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
(string File, string Title, MetricKind Kind)[] series =
[
    ("realAWSCloudwatch/ec2_cpu_utilization_53ea38.csv", "Processor of a server", MetricKind.Gauge),
    ("realKnownCause/nyc_taxi.csv", "Taxi rides in New York, half an hour each", MetricKind.Volume),
    ("realTweets/Twitter_volume_AAPL.csv", "Mentions of a company, five minutes each", MetricKind.Volume),
    ("realKnownCause/ambient_temperature_system_failure.csv", "Temperature in an office, in °F", MetricKind.Gauge),
];
if (args.Length is 0 or > 2 || !Directory.Exists(Path.Combine(args[0], "data")))
{
    Console.Error.WriteLine(
        "Usage: dotnet run 01-how-a-score-comes-about.cs -- DIR [OUT], where DIR holds the benchmark's data/.");
    return 2;
}

var folder = args.Length == 2 ? args[1] : ".";
Directory.CreateDirectory(folder);
var page = new StringBuilder("""
    # How a score comes about

    Four real series of the [Numenta Anomaly Benchmark](https://github.com/numenta/NAB) (MIT licence), each judged \
    point by point by the detector as the service
    runs it. For the strangest point after the first three days: what was expected, what each test said, and what they \
    came to. The page is written by
    `01-how-a-score-comes-about.cs` beside it.

    A test's evidence is −log10 of how rare its value is in its own past, 6 at most. The *combined evidence* is the \
    larger of the mean of the fast tests and 0.8
    times the root mean square of the groups, with what records and the size of the deviation add. Its own past turns \
    it into the *p-value*, and 20 · −log10 p, 100 at most, is
    the *score*: 60 is 1 point in 1 000.

    """);
foreach (var (file, title, kind) in series)
{
    var rows = File.ReadLines(Path.Combine(args[0], "data", file))
        .Skip(1).Select(line => line.Split(',')).Select(fields => new Observation(
        DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .ToUnixTimeMilliseconds(),
        double.Parse(fields[1], CultureInfo.InvariantCulture))).ToList();
    var monitor = new SeriesMonitor(new SeriesDetectorOptions { Kind = kind }, new AlertRuleOptions());
    var judged = rows.Select(row =>
    {
        monitor.Step(row, 0.1 / monitor.Detector.PointsPerDay, out var assessment);
        return assessment;
    }).ToList();

    var first = (int)(3 * monitor.Detector.PointsPerDay);
    var top = Enumerable.Range(first, rows.Count - first).MaxBy(i => judged[i].Evidence);
    var picture = Path.GetFileNameWithoutExtension(file) + ".svg";
    File.WriteAllText(Path.Combine(folder, picture), Draw(rows, judged, top, title));
    Tell(page, title, file, picture, rows, judged, top);
}

// A line that ends in a backslash goes on in the next.
File.WriteAllText(
    Path.Combine(folder, "01-how-a-score-comes-about.md"),
    page.ToString().ReplaceLineEndings("\n").Replace("\\\n", ""));
return 0;

static void Tell(StringBuilder page,
    string title, string file, string picture, List<Observation> rows, List<PointAssessment> judged, int top)
{
    var a = judged[top];
    page.Append(CultureInfo.InvariantCulture, $"""

        ## {title}

        ![Value, expected value and band of 99.9 % around the strangest point]({picture})

        `{file}`, {At(rows[top]):yyyy-MM-dd HH:mm}: {rows[top].Value:0.###} where {a.Expected:0.###} was expected, \
        99.9 % of ordinary points between {a.Lower999:0.###} and {a.Upper999:0.###}
        ({a.NoiseUnits:0.#} times the usual noise).

        | test | evidence |
        |---|--:|

        """);
    foreach (var test in Enum.GetValues<SeriesTest>().OrderByDescending(a.SurprisalOf))
    {
        page.Append(CultureInfo.InvariantCulture, $"| {SeriesTestNames.NameOf(test)} | {a.SurprisalOf(test):0.0} |\n");
    }

    var others = judged.Take(top).Count(before => before.Evidence >= a.Evidence);
    page.Append(CultureInfo.InvariantCulture, $"""

        Combined evidence {a.Evidence:0.0}; as much was seen at {others} of the {top} points before. p = \
        {a.PValue:0.0e+0}, score {a.Score.Percent:0}.

        """);
}

static string Draw(List<Observation> rows, List<PointAssessment> judged, int top, string title)
{
    const int Width = 900, Height = 260, Around = 150;
    var (from, to) = (Math.Max(0, top - Around), Math.Min(rows.Count, top + Around));
    var shown = Enumerable.Range(from, to - from).ToList();
    var values =
        shown.SelectMany(i => new[] { rows[i].Value, judged[i].Expected, judged[i].Lower99, judged[i].Upper99 })
            .Where(double.IsFinite).ToList();
    var (low, high) = (values.Min(), values.Max());
    double X(int i) => Width * (i - from) / (double)(to - from);
    double Y(double value) => 20 + ((Height - 40) * (1 - ((Math.Clamp(value, low, high) - low) / (high - low))));
    string Path(Func<int, double> value) =>
        string.Join(' ', shown.Where(i => double.IsFinite(value(i))).Select(i => $"{X(i):0.#},{Y(value(i)):0.#}"));
    var band =
        Path(i => judged[i].Upper999) + " " + string.Join(' ', Path(i => judged[i].Lower999).Split(' ').Reverse());
    var alarms = shown.Where(i => judged[i].Score.Percent >= 80).Select(
        i => $"<circle cx=\"{X(i):0.#}\" cy=\"{Y(rows[i].Value):0.#}\" r=\"3\" fill=\"#d55e00\"/>");
    return $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">
        <rect width="{Width}" height="{Height}" fill="#ffffff"/>
        <polygon points="{band}" fill="#cfe3f1"/>
        <polyline points="{Path(i => judged[i].Expected)}" fill="none" stroke="#555555" stroke-dasharray="5 4"/>
        <polyline points="{Path(i => rows[i].Value)}" fill="none" stroke="#0b63a5" stroke-width="1.5"/>
        {string.Join('\n', alarms)}
        <circle cx="{X(top):0.#}" cy="{Y(rows[top].Value):0.#}" r="7" fill="none" stroke="#d55e00" stroke-width="2"/>
        <text x="4" y="14" font-family="sans-serif" font-size="12" fill="#333333">{title}: \
        {At(rows[from]):yyyy-MM-dd HH:mm} to {At(rows[to - 1]):yyyy-MM-dd HH:mm}; orange: score 80 and more</text>
        </svg>

        """.ReplaceLineEndings("\n").Replace("\\\n", "");
}

static DateTimeOffset At(Observation point) => DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp);
