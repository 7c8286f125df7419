using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Transactions.Evaluation.Nab;
using Cpf.Ml.Training.Transactions.Generation;
using static System.FormattableString;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>
/// <c>cpf-ml evaluate ablation</c>: the figures of the detector without each of its parts.
/// </summary>
internal static class AblationCommand
{
    public static Command Create()
    {
        var (count, seed) = (TransactionsEvaluation.SeriesOption(), TransactionsEvaluation.SeedOption());
        var nab = new Option<DirectoryInfo?>("--nab")
        {
            Description = "Folder of the Numenta benchmark, for its three scores. None by default.",
        };
        var command = new LeafCommand(
            "ablation",
            "Figures of the detector without each of its parts in turn.",
            "evaluate ablation --series 1")
        {
            count, seed, nab,
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("generating series");
            var series = ServiceWorlds
                .Generate(parsed.GetValue(count), TransactionsEvaluation.Days, parsed.GetValue(seed))
                .ToList();
            var corpus = parsed.GetValue(nab) is { } folder ? NabCorpus.Read(folder.FullName).ToList() : [];
            var rows = progress.Each("detectors without a part", [.. Parts()])
                .Select(part => Row(part, series, corpus))
                .ToList();
            return new CommandResult(rows, console => Print(console, rows));
        });
        return command;
    }

    /// <summary>The whole detector first, then without each test that every series has, then without the
    /// rest.</summary>
    public static IEnumerable<DetectorPart> Parts() =>
        Enumerable.Range((int)DetectorPart.None, (int)DetectorPart.SecondCalibration - (int)DetectorPart.None + 1)
            .Select(part => (DetectorPart)part)
            .Where(part => (int)part != (int)SeriesTest.Shape);

    public static string NameOf(DetectorPart part) => part switch
    {
        DetectorPart.None => "nothing",
        DetectorPart.Records => "records",
        DetectorPart.Effect => "effect size",
        DetectorPart.SecondCalibration => "second calibration",
        _ => SeriesTestNames.NameOf((SeriesTest)part),
    };

    private static AblationRow Row(
        DetectorPart part,
        List<LabelledSeries> series,
        List<(string Name, IReadOnlyList<Observation> Points, IReadOnlyList<(int First, int Last)> Windows)> corpus)
    {
        var figures = TransactionsEvaluation.Measure(
            series, kind => new SeriesDetectorOptions { Kind = kind, Without = part });
        var scored = NabCommand.Score(corpus, new SeriesDetectorOptions { Without = part });
        return new AblationRow(
            NameOf(part),
            [.. figures.Recalls.Select(recall => recall.Share)],
            figures.Exceedances,
            figures.Alerts.PerDay,
            figures.Alerts.Recall,
            scored.Count == 0 ? [] : [.. NabProfile.All.Select(profile => NabScoring.Best(scored, profile).Score)]);
    }

    private static void Print(TextWriter console, List<AblationRow> rows)
    {
        var nab = rows[0].Nab.Count > 0 ? "NAB standard, low-FP, low-FN" : "";
        console.WriteLine(
            $"{"without",-20} {"recall at 0.1, 0.5, 1",-22} {"p 0.01, 0.001, 0.0001",-22} {"false/day",9} "
                + $"{"alerted",8}  {nab}");
        foreach (var row in rows)
        {
            console.WriteLine($"{row.Without,-20} {Join(row.Recall, "F3"),-22} {Join(row.Exceedance, "F2"),-22} "
                + Invariant($"{row.FalsePerDay,9:F3} {row.Alerted,8:F3}  {Join(row.Nab, "F1")}"));
        }
    }

    private static string Join(IEnumerable<double> figures, string format) =>
        string.Join(' ', figures.Select(figure => figure.ToString(format, CultureInfo.InvariantCulture)));
}

/// <param name="Recall">Share of faults found at 0.1, 0.5 and 1 false half hours a series and day.</param>
/// <param name="Exceedance">Observed ÷ nominal rate of p-values at 0.01, 0.001 and 0.0001.</param>
/// <param name="FalsePerDay">False alerts a series and day.</param>
/// <param name="Alerted">Share of faults that raise an alert.</param>
/// <param name="Nab">Standard, low-FP, low-FN; empty without the benchmark.</param>
internal sealed record AblationRow(
    string Without,
    IReadOnlyList<double> Recall,
    IReadOnlyList<double> Exceedance,
    double FalsePerDay,
    double Alerted,
    IReadOnlyList<double> Nab);
