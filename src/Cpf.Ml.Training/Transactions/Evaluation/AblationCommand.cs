using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary><c>cpf-ml evaluate ablation</c>: what each part of the detector is worth, by what the figures are without it.</summary>
internal static class AblationCommand
{
    public static Command Create(Option<bool> json)
    {
        var count = new Option<int>("--series") { Description = "Generated series.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Of the generated series.", DefaultValueFactory = _ => 1 };
        var nab = new Option<DirectoryInfo?>("--nab") { Description = "Folder of the Numenta benchmark, for its three scores." };
        var command = new Command("ablation", "The figures of the detector without each of its parts.") { count, seed, nab };
        command.SetAction(parsed =>
        {
            var series = ServiceWorlds.Generate(parsed.GetValue(count), TransactionsEvaluation.Days, parsed.GetValue(seed)).ToList();
            var corpus = parsed.GetValue(nab) is { } folder ? NabCorpus.Read(folder.FullName).ToList() : [];
            Write(Parts().Select(part => Row(part, series, corpus)).ToList(), parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    /// <summary>Nothing first, then each test that every series has, then the rest.</summary>
    public static IEnumerable<DetectorPart> Parts() =>
        Enumerable.Range((int)DetectorPart.None, (int)DetectorPart.SecondCalibration - (int)DetectorPart.None + 1).Select(part => (DetectorPart)part)
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
        DetectorPart part, List<LabelledSeries> series, List<(string Name, IReadOnlyList<Observation> Points, IReadOnlyList<(int First, int Last)> Windows)> corpus)
    {
        var figures = TransactionsEvaluation.Measure(series, kind => new SeriesDetectorOptions { Kind = kind, Without = part });
        var scored = NabCommand.Score(corpus, new SeriesDetectorOptions { Without = part });
        return new AblationRow(
            NameOf(part),
            [.. figures.Recalls.Select(recall => recall.Share)],
            figures.Exceedances,
            figures.Alerts.PerDay,
            figures.Alerts.Recall,
            scored.Count == 0 ? [] : [.. NabProfile.All.Select(profile => NabScoring.Best(scored, profile).Score)]);
    }

    private static void Write(List<AblationRow> rows, bool json, TextWriter console)
    {
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(rows));
            return;
        }

        console.WriteLine(Line($"{"without",-20} {"found at 0.1, 0.5, 1",-22} {"p 0.01, 0.001, 0.0001",-22} {"false/day",9} {"alerted",8}  {(rows[0].Nab.Count > 0 ? "NAB standard, low-FP, low-FN" : "")}"));
        foreach (var row in rows)
        {
            console.WriteLine(Line($"{row.Without,-20} {Join(row.Recall, "F3"),-22} {Join(row.Exceedance, "F2"),-22} {row.FalsePerDay,9:F3} {row.Alerted,8:F3}  {Join(row.Nab, "F1")}"));
        }
    }

    private static string Join(IEnumerable<double> figures, string format) =>
        string.Join(' ', figures.Select(figure => figure.ToString(format, CultureInfo.InvariantCulture)));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Recall">Share of faults found at 0.1, 0.5 and 1 false half hours a series and day.</param>
/// <param name="Exceedance">Observed ÷ promised p-values at 0.01, 0.001 and 0.0001.</param>
/// <param name="FalsePerDay">False alerts a series and day.</param>
/// <param name="Alerted">Share of faults that raise an alert.</param>
/// <param name="Nab">Standard, low-FP, low-FN; empty without the benchmark.</param>
internal sealed record AblationRow(
    string Without, IReadOnlyList<double> Recall, IReadOnlyList<double> Exceedance, double FalsePerDay, double Alerted, IReadOnlyList<double> Nab);
