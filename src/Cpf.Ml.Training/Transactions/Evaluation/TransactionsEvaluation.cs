using System.CommandLine;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Transactions.Generation;
using static System.FormattableString;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>
/// <c>cpf-ml evaluate transactions</c>: recall, calibration and alerts, beside the recipes of dashboards.
/// </summary>
internal static class TransactionsEvaluation
{
    /// <summary>Of a generated series: a week to learn, four to judge.</summary>
    public const int Days = 35;

    public static readonly double[] FalseBlocks = [0.1, 0.5, 1];
    public static readonly double[] Nominal = [1e-2, 1e-3, 1e-4];

    /// <summary>How many synthetic series an evaluation generates.</summary>
    public static RangeOption<int> SeriesOption() =>
        new("--series", 1, 10_000, "Synthetic series of 35 days, one point a minute.")
        {
            DefaultValueFactory = _ => 60,
        };

    /// <summary>The seed of synthetic series.</summary>
    public static RangeOption<int> SeedOption() =>
        new("--seed", 0, int.MaxValue, "Seed of the synthetic series.") { DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var (count, seed) = (SeriesOption(), SeedOption());
        var asGauge = new Option<bool>("--as-gauge")
        {
            Description = "Scores every series as a gauge, as if its kind were not known. Off by default.",
        };
        var important = new Option<bool>("--important")
        {
            Description =
                "Scores every series as an important labelled, with the test of its shape too. Off by default.",
        };
        var write = new Option<DirectoryInfo?>("--write")
        {
            Description = "Folder to write the series to, for detectors of other programs, instead of an evaluation. "
                + "None by default.",
        };
        var peers = new Option<DirectoryInfo?>("--peers")
        {
            Description = "Folder of the scores of other detectors: a folder a detector, a file a series, a number a "
                + "point. None by default.",
        };
        var command = new LeafCommand(
            "transactions",
            "Recall, calibration and false alerts on synthetic service metrics with known faults, against the "
                + "baselines of dashboards.",
            "evaluate transactions --series 2")
        {
            count, seed, asGauge, important, write, peers, ResultOption.Create(),
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("generating series");
            var series = ServiceWorlds.Generate(parsed.GetValue(count), Days, parsed.GetValue(seed)).ToList();
            if (parsed.GetValue(write) is { } folder)
            {
                Peers.Write(series, folder.FullName);
                return new CommandResult(
                    new { folder = folder.FullName, series = series.Count },
                    console => console.WriteLine(Invariant($"{series.Count} series in {folder.FullName}")));
            }

            var others = parsed.GetValue(peers) is { } there ? Peers.Read(series, there.FullName).ToList() : [];
            SeriesDetectorOptions Options(MetricKind kind) => new()
            {
                Kind = parsed.GetValue(asGauge) ? MetricKind.Gauge : kind,
                Important = parsed.GetValue(important),
            };
            var (figures, starts) = Measure(series, Options, progress);
            ResultOption.Write(
                parsed, [parsed.GetValue(seed)], () => FaultFigures.From(series, figures, starts, others));
            return Report(series, figures, starts, others, progress);
        });
        return command;
    }

    private static (EvaluationFigures Figures, List<WarmStart.Result> Starts) Measure(
        List<LabelledSeries> series, Func<MetricKind, SeriesDetectorOptions> options, Progress progress)
    {
        var figures = Measure(progress.Each("scoring series", series), options);
        progress.Begin("warm and cold starts");
        return (figures, WarmStart.Measure(series).ToList());
    }

    private static CommandResult Report(
        List<LabelledSeries> series,
        EvaluationFigures figures,
        List<WarmStart.Result> starts,
        IReadOnlyList<(string Name, List<ScoredSeries> Scored)> peers,
        Progress progress)
    {
        var others = progress.Each("baselines", Baselines.All)
            .Select(baseline => (
                baseline.Name,
                Scored: series.ConvertAll(labelled => new ScoredSeries(labelled, baseline.Evidence(labelled), [], []))))
            .Concat(peers)
            .Select(other => (
                other.Name, Recalls: FalseBlocks.Select(price => EventScoring.At(other.Scored, price).Share).ToList()))
            .ToList();
        var document = new
        {
            series = series.Count,
            events = series.Sum(labelled => labelled.Events.Count),
            recall = figures.Recalls.Select(recall => recall.Share),
            by_fault = figures.Recalls.Select(recall => recall.ByFault),
            by_kind = figures.Recalls.Select(recall => recall.ByKind),
            exceedance = figures.Exceedances,
            alerts = figures.Alerts,
            starts,
            baselines = others.Select(other => new { other.Name, recall = other.Recalls }),
        };
        return new CommandResult(document, console => Print(console, series, figures, starts, others));
    }

    private static void Print(
        TextWriter console,
        List<LabelledSeries> series,
        EvaluationFigures figures,
        List<WarmStart.Result> starts,
        List<(string Name, List<double> Recalls)> others)
    {
        var (recalls, exceedances, alerts) = figures;
        console.WriteLine(
            Invariant($"{series.Count} series of {Days} days, {series.Sum(labelled => labelled.Events.Count)} ")
            + Invariant($"faults"));
        Row(console, "recall of faults at … false half hours a series and day", FalseBlocks);
        Row(console, "Cpf.Ml", recalls.Select(recall => recall.Share));
        foreach (var (name, shares) in others)
        {
            Row(console, name, shares);
        }

        console.WriteLine();
        foreach (var fault in recalls[0].ByFault.Keys)
        {
            Row(console, "  " + fault, recalls.Select(recall => recall.ByFault[fault]));
        }

        console.WriteLine();
        foreach (var kind in recalls[0].ByKind.Keys)
        {
            Row(console, "  " + kind, recalls.Select(recall => recall.ByKind[kind]));
        }

        console.WriteLine();
        console.WriteLine("observed ÷ nominal rate of p-values at 0.01, 0.001, 0.0001: "
            + Invariant($"{exceedances[0]:F2}, {exceedances[1]:F2}, {exceedances[2]:F2}"));
        console.WriteLine(Invariant($"alerts: {alerts.PerDay:F3} false a series and day (budget ")
            + Invariant($"{AlertRuleOptions.DefaultAlertsPerDay}), precision {alerts.Precision:P0}, recall ")
            + Invariant($"{alerts.Recall:P0}, median delay {alerts.Delay} points"));
        foreach (var start in starts)
        {
            console.WriteLine(Invariant($"first {start.Days} days, {start.Start} start: {start.Found} of ")
                + Invariant($"{start.Events} faults alerted, {start.FalsePerDay:F3} false a series and day"));
        }
    }

    /// <param name="options">By the kind of a series.</param>
    public static EvaluationFigures Measure(
        IEnumerable<LabelledSeries> series, Func<MetricKind, SeriesDetectorOptions> options)
    {
        var scored = series.Select(labelled => Score(labelled, options(labelled.Kind))).ToList();
        return new EvaluationFigures(
            [.. FalseBlocks.Select(price => EventScoring.At(scored, price))],
            [.. Nominal.Select(nominal => ReliabilityScoring.Exceedance(scored, nominal))],
            ReliabilityScoring.Measure(scored));
    }

    private static ScoredSeries Score(LabelledSeries series, SeriesDetectorOptions options)
    {
        var monitor = new SeriesMonitor(options, new AlertRuleOptions());
        var evidence = new double[series.Points.Count];
        var pValues = new double[series.Points.Count];
        var opened = new List<int>();
        for (var i = 0; i < evidence.Length; i++)
        {
            var budget = AlertRuleOptions.DefaultAlertsPerDay / monitor.Detector.PointsPerDay;
            var transition = monitor.Step(series.Points[i], budget, out var assessment);
            (evidence[i], pValues[i]) = (assessment.Evidence, assessment.PValue);
            if (transition == AlertTransition.Open)
            {
                opened.Add(i);
            }
        }

        return new ScoredSeries(series, evidence, pValues, opened);
    }

    private static void Row(TextWriter console, string name, IEnumerable<double> shares) =>
        console.WriteLine($"{name,-62} {string.Join(' ', shares.Select(share => Invariant($"{share,6:F2}")))}");
}

/// <param name="Recalls">At 0.1, 0.5 and 1 false half hours a series and day.</param>
/// <param name="Exceedances">Observed ÷ nominal rate of p-values at 0.01, 0.001 and 0.0001.</param>
internal sealed record EvaluationFigures(
    IReadOnlyList<EventScoring.Recall> Recalls, IReadOnlyList<double> Exceedances, ReliabilityScoring.Alerts Alerts);
