using System.CommandLine;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Figures;
using static System.FormattableString;

namespace Cpf.Ml.Training.Transactions.Evaluation.Nab;

/// <summary>
/// <c>cpf-ml transactions nab</c>: the Numenta benchmark with the default configuration, no look-ahead, nothing fitted.
/// </summary>
internal static class NabCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Required = true,
            Description = "Folder laid out as numenta/NAB: data/ with CSV of timestamp,value, and "
                + "labels/combined_windows.json.",
        };
        var important = new Option<bool>("--important")
        {
            Description = "Scores every file as an important series, with the test of its shape too. Off by default.",
        };
        var output = new Option<DirectoryInfo?>("--out")
        {
            Description = "Folder for each file's rows with their onset scores. None by default.",
        };
        var command = new LeafCommand(
            "nab",
            "The Numenta Anomaly Benchmark with the default configuration: score of the three profiles from 0 to 100, "
            + "at the best and at a cross-fitted threshold.",
            "transactions nab --data data/examples/nab --out out/nab")
        {
            data, important, output, ResultOption.Create(),
        };
        command.SetWork((parsed, progress) =>
        {
            progress.Begin("reading the corpus");
            var corpus = NabCorpus.Read(parsed.GetRequiredValue(data).FullName).ToList();
            var options = new SeriesDetectorOptions { Important = parsed.GetValue(important) };
            var series = Score(progress.Each("scoring files", corpus), options);
            foreach (var (file, scored) in parsed.GetValue(output) is null ? [] : corpus.Zip(series))
            {
                Write(Path.Combine(parsed.GetValue(output)!.FullName, file.Name), file.Points, scored.Scores);
            }

            progress.Begin("choosing thresholds");
            ResultOption.Write(parsed, [], () => NabFigures.From(series));
            return Report(series);
        });
        return command;
    }

    /// <summary>Each file by itself, as it comes.</summary>
    public static List<NabSeries> Score(
        IEnumerable<(string, IReadOnlyList<Observation>, IReadOnlyList<(int First, int Last)>)> corpus,
        SeriesDetectorOptions options)
    {
        var series = new List<NabSeries>();
        foreach (var (name, points, windows) in corpus)
        {
            var monitor = new SeriesMonitor(options, new AlertRuleOptions());
            var scores = new double[points.Count];
            for (var i = 0; i < points.Count; i++)
            {
                monitor.Step(
                    points[i],
                    AlertRuleOptions.DefaultAlertsPerDay / monitor.Detector.PointsPerDay, out var assessment);
                scores[i] = assessment.Onset;
            }

            series.Add(new NabSeries(name, scores, windows));
        }

        return series;
    }

    private static CommandResult Report(List<NabSeries> series)
    {
        var results = NabProfile.All
            .Select(profile => (
                profile.Name, Best: NabScoring.Best(series, profile), Cross: NabScoring.CrossFitted(series, profile)))
            .ToList();
        var windows = series.Sum(file => file.Windows.Count);
        var profiles = results.ToDictionary(result => result.Name, result => new
        {
            score = result.Best.Score,
            cross_fitted = result.Cross.Score,
            windows_found = result.Best.WindowsFound,
            false_rows = result.Best.FalseRows,
        });
        return new CommandResult(
            new { files = series.Count, windows, profiles }, console => Print(console, series, results));
    }

    private static void Print(
        TextWriter console,
        List<NabSeries> series,
        List<(string Name, NabScoring.Result Best, NabScoring.Result Cross)> results)
    {
        var standard = results[0].Best;
        console.WriteLine(Invariant($"{"file",-52} {"windows",7} {"found",5} {"false rows",10}"));
        foreach (var file in series)
        {
            var alone = NabScoring.At([(file, standard.Threshold)], NabProfile.All[0]);
            console.WriteLine(Invariant($"{file.Name,-52} {file.Windows.Count,7} {alone.WindowsFound,5} ")
                + Invariant($"{alone.FalseRows,10}"));
        }

        console.WriteLine();
        console.WriteLine(Invariant($"{series.Count} files, {series.Sum(file => file.Windows.Count)} windows"));
        console.WriteLine(Invariant($"{"profile",-16} {"score",7} {"cross-fitted",13} {"found",6} {"false rows",11}"));
        foreach (var (name, best, cross) in results)
        {
            console.WriteLine(Invariant($"{name,-16} {best.Score,7:F2} {cross.Score,13:F2} {best.WindowsFound,6} ")
                + Invariant($"{best.FalseRows,11}"));
        }

        console.WriteLine();
        console.WriteLine("Published on all 58 files, standard / low-FP / low-FN (not comparable point by point with a "
            + "part of them):");
        foreach (var (detector, published, _) in NabFigures.Published)
        {
            var scores = published.Select(score => Invariant($"{score:F1}"));
            console.WriteLine($"  {detector,-20} {string.Join(" / ", scores)}");
        }
    }

    private static void Write(string path, IReadOnlyList<Observation> points, double[] scores)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path);
        writer.WriteLine("timestamp,value,onset");
        for (var i = 0; i < points.Count; i++)
        {
            var instant = DateTimeOffset.FromUnixTimeMilliseconds(points[i].Timestamp);
            writer.WriteLine(Invariant($"{instant:yyyy-MM-dd HH:mm:ss},{points[i].Value:R},{scores[i]:R}"));
        }
    }
}
