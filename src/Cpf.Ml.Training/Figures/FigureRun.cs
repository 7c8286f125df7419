namespace Cpf.Ml.Training.Figures;

/// <summary>A run whose figures the documentation shows.</summary>
/// <param name="Id">Capability and name, for example <c>transactions/nab</c>.</param>
/// <param name="Title">Heading in <c>docs/figures.md</c>.</param>
/// <param name="Command">The command that measures it, which its result file must name.</param>
/// <param name="About">What is measured, on what, and what the figures do not say.</param>
internal sealed record FigureRun(string Id, string Title, string Command, string About)
{
    private const string Bench = "dotnet run -c Release --project tests/Cpf.Ml.Benchmarks --";

    public string Capability => Id.Split('/')[0];

    /// <summary>Path of the result file, relative to the root of the source tree.</summary>
    public string Path => $"docs/results/{Id}.json";

    /// <summary>All runs, in the order of <c>docs/figures.md</c>.</summary>
    public static IReadOnlyList<FigureRun> All { get; } =
        [.. Transactions(), .. Certifications(), .. Matching(), .. Neutrality()];

    private static IEnumerable<FigureRun> Transactions() =>
    [
        new(
            "transactions/nab", "Numenta Anomaly Benchmark", "./cpf-ml transactions nab --data DIR",
            "29 of the 58 files (61 of 116 windows), default configuration, nothing of a file's future or name "
            + "used. Published scores are of all 58 files, so they are not to be compared point by point. Scores "
            + "move by a point or two with any change, as one window is worth 1.6. The design was chosen, and "
            + "variants of it compared, with these 29 files in view: both of our lines are somewhat optimistic."),
        new(
            "transactions/faults", "Faults in generated metrics", "./cpf-ml evaluate transactions --peers DIR",
            "One-minute metrics of imagined services, with faults from barely visible to plain. Columns: share of "
            + "the faults found when so many half hours a series and day are false. The detector was given the kind "
            + "of each metric; its test of constant values and what it knows of the minutes of an hour were added "
            + "with these series in view. Other detectors are the recipes of dashboards, and those of scikit-learn: "
            + "`tests/peers/peers.py` scores the series that `--write DIR` writes."),
        new(
            "transactions/faults-second-seed", "The same on other series", "./cpf-ml evaluate transactions --seed 2",
            "Series of another seed."),
        new(
            "transactions/first-days", "The first days, with and without a trained model",
            "./cpf-ml evaluate transactions --series 240 --seed 2",
            "240 series; at the end, what the first days find without history and with four weeks of it."),
        new(
            "transactions/speed", "Speed and memory of the detector", $"{Bench} measure",
            "One thread, processor time: 64 warm series of all four kinds, point by point in turn, with spikes, "
            + "level shifts and missing values. The memory of 100 000 series holds the points of the current hour "
            + "and of the finished one, which a Worker would have stored by then. `./cpf-ml bench` runs the same."),
        new(
            "transactions/decoding", "Decoding of remote_write", $"{Bench} decoding",
            "From the bytes that a Prometheus sends to checked samples of known series, on one thread: 500 samples "
            + "a request, nine labels each."),
        new(
            "transactions/delivery", "From a point to Alertmanager", $"{Bench} delivery",
            "20 000 warm series of one point a second by remote_write, 500 samples a request; 100 series turn "
            + "anomalous, two a second. Time runs from when the point that opens an alert was due to be sent, to "
            + "Alertmanager's own time of receipt. Worker, Alertmanager and sender share the machine; two to three "
            + "checkpoints fall into the run."),
        new(
            "transactions/burst", "A service that fails as a whole", $"{Bench} burst",
            "After 100 incidents of 100 series each, all series of one service open an alert in one batch, with "
            + "four weeks of history to read; all report again; one more joins; all end. A real Alertmanager; "
            + "SQLite."),
    ];

    private static IEnumerable<FigureRun> Certifications() =>
    [
        new(
            "certifications/worlds", "Frauds in imagined worlds", "./cpf-ml evaluate certifications --delay",
            "Five imagined platforms of 3 400 certifications and 2.6 million purchases, with frauds of twelve "
            + "kinds, from 10 to 100 % of a certification's dossiers and up to 40 % of them hidden, ten kinds of "
            + "legitimate situations that look like one, and honest subcontracts, group accounts and late "
            + "publications everywhere. Mean ± standard deviation over the worlds. They are this project's own: "
            + "real platforms will differ. Frauds: T1 account draining, T2 shell organisations, T3 complicit "
            + "learners, T4 price tailored to the balance, T5 shortened courses, T6 misused title, T7 no "
            + "habilitation, T8 cascade of subcontracts, T9 certificate mill, T10 examinations never held, T11 "
            + "phantom e-learning, T12 phoenix network. Legitimate: N1 surge by law, N2 fast launch, N3 monopoly, "
            + "N4 expensive niche, N5 tiny organisation, N6 prices just below a cap, N7 genuine pass rate, N8 entry "
            + "errors, N9 seasonal peak, N10 remote languages."),
        new(
            "certifications/unseen-worlds", "Worlds on which no choice was made",
            "./cpf-ml evaluate certifications --first-seed 101 --labels 0",
            "The same on five other worlds, without labels."),
        new(
            "certifications/older-frauds", "Frauds older than the year of comparison",
            "./cpf-ml evaluate certifications --seeds 3 --months 48 --labels 0",
            "Worlds of four years, where half of the frauds are older than the year of comparison."),
        new(
            "certifications/open-data", "From published data alone",
            "./cpf-ml evaluate certifications --seeds 3 --open-data",
            "Only what would be published of the worlds is known: monthly sums, catalogue, register, companies."),
        new(
            "certifications/adbench", "ADBench, without labels", "./cpf-ml certifications adbench --data DIR",
            "18 sets of [ADBench](https://github.com/Minqi824/ADBench), all rows scored among all rows; means over "
            + "the sets, in percent."),
        new(
            "certifications/adbench-scikit-learn", "ADBench, detectors of scikit-learn", "tests/peers/adbench.py DIR",
            "The same sets and protocol. The one-class SVM learns from 5 000 rows at most."),
        Labelled("0.01"),
        Labelled("0.05"),
        Labelled("0.1"),
        Labelled("1"),
    ];

    private static FigureRun Labelled(string share) => new(
        $"certifications/adbench-labelled-{share.Replace('.', '-')}",
        $"ADBench, a share of {share} of the outliers labelled",
        $"./cpf-ml certifications adbench --data DIR --labelled-fraction {share}",
        "On the ten sets that `reference_few_labels.csv` beside them compares, copied into a folder of their own: "
        + "70 % of the rows of each set teach, of their outliers this share is known, at least one; the other 30 % "
        + "are judged. Means over three seeds and all sets, in percent; rows of reference are taken from that file.");

    private static IEnumerable<FigureRun> Matching() =>
    [
        new(
            "matching/links", "Links between certifications and jobs", "./cpf-ml evaluate matching --data DIR",
            "The newest 811 certifications of the register of 2021 that have Formacodes and declared jobs; the "
            + "model knows everything older and nothing of their jobs. Interval of 95 % over queries (bootstrap). A "
            + "signal alone ranks the sixty candidates of the whole model, which flatters it. The goals are on "
            + "certifications registered later, which are not in these files. The design was chosen with these 811 "
            + "in view: all of these figures are somewhat optimistic."),
    ];

    private static IEnumerable<FigureRun> Neutrality() =>
    [
        new(
            "neutrality/worlds", "Audits and corrections in worlds of known truth",
            "./cpf-ml evaluate neutrality --vectors FILE",
            "Imagined search engines, 1 000 unbiased ones. A penalty is planted among equally relevant offers of 1 "
            + "200 searches, of which a log has thousands a day. Position bias and each penalty are of a tenth of "
            + "the worlds, attribution and learnt relevance of a twentieth. Every re-ranker sorts by the engine's "
            + "score; the ledger and FairCo know the true relevance for what groups deserve, and the guards for "
            + "what is lost: with a wrong relevance, correction is as wrong."),
        new(
            "neutrality/hundred-worlds", "The same in a hundred worlds",
            "./cpf-ml evaluate neutrality --worlds 100 --vectors FILE",
            "A shorter run: 100 unbiased worlds, ten for position bias, each penalty, attribution and learnt "
            + "relevance."),
    ];
}
