using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary><c>cpf-ml evaluate transactions</c>: events found at a price, promises kept, beside the recipes of dashboards.</summary>
internal static class TransactionsEvaluation
{
    /// <summary>Of a generated series: a week to learn, four to judge.</summary>
    public const int Days = 35;

    public static readonly double[] FalseBlocks = [0.1, 0.5, 1];
    public static readonly double[] Nominal = [1e-2, 1e-3, 1e-4];

    public static Command Create(Option<bool> json)
    {
        var count = new Option<int>("--series") { Description = "Generated series.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Of the generated series.", DefaultValueFactory = _ => 1 };
        var asGauge = new Option<bool>("--as-gauge") { Description = "Judge every series as if its kind were not known." };
        var important = new Option<bool>("--important") { Description = "Judge every series as an important one, by its shape too." };
        var write = new Option<DirectoryInfo?>("--write") { Description = "Writes the series there, for detectors of other programs, and does nothing else." };
        var peers = new Option<DirectoryInfo?>("--peers") { Description = "Folder of what they said: a folder each, a file a series, a number a point." };
        var command = new Command("transactions", "Generated service metrics with known faults: what is found, and whether scores keep their word.")
        {
            count, seed, asGauge, important, write, peers, ResultOption.Create(),
        };
        command.SetAction(parsed =>
        {
            var series = ServiceWorlds.Generate(parsed.GetValue(count), Days, parsed.GetValue(seed)).ToList();
            if (parsed.GetValue(write) is { } folder)
            {
                Peers.Write(series, folder.FullName);
                return 0;
            }

            var others = parsed.GetValue(peers) is { } there ? Peers.Read(series, there.FullName).ToList() : [];
            SeriesDetectorOptions Options(MetricKind kind) => new()
            {
                Kind = parsed.GetValue(asGauge) ? MetricKind.Gauge : kind,
                Important = parsed.GetValue(important),
            };
            var (figures, starts) = Run(series, Options, others, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            ResultOption.Write(parsed, [parsed.GetValue(seed)], () => FaultFigures.From(series, figures, starts, others));
            return 0;
        });
        return command;
    }

    private static (EvaluationFigures Figures, IReadOnlyList<WarmStart.Result> Starts) Run(
        List<LabelledSeries> series, Func<MetricKind, SeriesDetectorOptions> options, IReadOnlyList<(string Name, List<ScoredSeries> Scored)> peers, bool json, TextWriter console)
    {
        var figures = Measure(series, options);
        var (recalls, exceedances, alerts) = figures;
        var starts = WarmStart.Of(series).ToList();
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new
            {
                series = series.Count,
                events = series.Sum(one => one.Events.Count),
                recall = recalls.Select(recall => recall.Share),
                by_fault = recalls.Select(recall => recall.ByFault),
                by_kind = recalls.Select(recall => recall.ByKind),
                exceedance = exceedances,
                alerts,
                starts,
            }));
            return (figures, starts);
        }

        console.WriteLine(Line($"{series.Count} series of {Days} days, {series.Sum(one => one.Events.Count)} faults"));
        console.WriteLine(Line($"{"events found at … false half hours a series and day",-62} {FalseBlocks[0],6} {FalseBlocks[1],6} {FalseBlocks[2],6}"));
        Row(console, "Cpf.Ml", recalls.Select(recall => recall.Share));
        foreach (var (name, evidence) in Baselines.All)
        {
            var scored = series.Select(one => new ScoredSeries(one, evidence(one), [], [])).ToList();
            Row(console, name, FalseBlocks.Select(price => EventScoring.At(scored, price).Share));
        }

        foreach (var (name, scored) in peers)
        {
            Row(console, name, FalseBlocks.Select(price => EventScoring.At(scored, price).Share));
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
        console.WriteLine(Line($"observed ÷ promised p-values at 0.01, 0.001, 0.0001: {exceedances[0]:F2}, {exceedances[1]:F2}, {exceedances[2]:F2}"));
        console.WriteLine(Line($"alerts: {alerts.PerDay:F3} false a series and day (budget {ScoreCommand.DefaultBudget}), {alerts.Precision:P0} at an event, {alerts.Recall:P0} of events, median delay {alerts.Delay} points"));
        foreach (var start in starts)
        {
            console.WriteLine(Line($"first {start.Days} days, started {start.Start}: {start.Found} of {start.Events} faults alerted, {start.FalsePerDay:F3} false a series and day"));
        }

        return (figures, starts);
    }

    /// <param name="options">By the kind of a series.</param>
    public static EvaluationFigures Measure(IReadOnlyList<LabelledSeries> series, Func<MetricKind, SeriesDetectorOptions> options)
    {
        var scored = series.Select(one => Score(one, options(one.Kind))).ToList();
        return new EvaluationFigures(
            [.. FalseBlocks.Select(price => EventScoring.At(scored, price))],
            [.. Nominal.Select(nominal => PromiseScoring.Exceedance(scored, nominal))],
            PromiseScoring.Of(scored));
    }

    private static ScoredSeries Score(LabelledSeries series, SeriesDetectorOptions options)
    {
        var watch = new SeriesWatch(options, new AlertRuleOptions());
        var evidence = new double[series.Points.Count];
        var pValues = new double[series.Points.Count];
        var opened = new List<int>();
        for (var i = 0; i < evidence.Length; i++)
        {
            var transition = watch.Step(series.Points[i], ScoreCommand.DefaultBudget / watch.Detector.PointsPerDay, out var assessment);
            (evidence[i], pValues[i]) = (assessment.Evidence, assessment.PValue);
            if (transition == AlertTransition.Open)
            {
                opened.Add(i);
            }
        }

        return new ScoredSeries(series, evidence, pValues, opened);
    }

    private static void Row(TextWriter console, string name, IEnumerable<double> shares) =>
        console.WriteLine(Line($"{name,-62} {string.Join(" ", shares.Select(share => Line($"{share,6:F2}")))}"));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Recalls">At 0.1, 0.5 and 1 false half hours a series and day.</param>
/// <param name="Exceedances">Observed ÷ promised p-values at 0.01, 0.001 and 0.0001.</param>
internal sealed record EvaluationFigures(
    IReadOnlyList<EventScoring.Recall> Recalls, IReadOnlyList<double> Exceedances, PromiseScoring.Alerts Alerts);
