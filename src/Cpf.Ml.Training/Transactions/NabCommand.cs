using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Transactions;

/// <summary><c>cpf-ml transactions nab</c>: the Numenta benchmark with the default configuration, no look-ahead, nothing fitted.</summary>
internal static class NabCommand
{
    public static Command Create(Option<bool> json)
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder with data/ and labels/combined_windows.json." };
        var important = new Option<bool>("--important") { Description = "Judge every file as an important series, by its shape too." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Where to write each file's rows with their scores." };
        var command = new Command("nab", "The Numenta Anomaly Benchmark: three profiles, best and cross-fitted threshold.") { data, important, output, ResultOption.Create() };
        command.SetAction(parsed =>
        {
            var series = Run(
                parsed.GetRequiredValue(data), new SeriesDetectorOptions { Important = parsed.GetValue(important) }, parsed.GetValue(output), parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            ResultOption.Write(parsed, [], () => NabFigures.From(series));
            return 0;
        });
        return command;
    }

    private static List<NabSeries> Run(DirectoryInfo data, SeriesDetectorOptions options, DirectoryInfo? output, bool json, TextWriter console)
    {
        var corpus = NabCorpus.Read(data.FullName).ToList();
        var series = Score(corpus, options);
        foreach (var (file, scored) in output is null ? [] : corpus.Zip(series))
        {
            Write(Path.Combine(output!.FullName, file.Name), file.Points, scored.Scores);
        }

        Report(series, json, console);
        return series;
    }

    /// <summary>Each file by itself, as it comes.</summary>
    public static List<NabSeries> Score(
        IEnumerable<(string Name, IReadOnlyList<Observation> Points, IReadOnlyList<(int First, int Last)> Windows)> corpus, SeriesDetectorOptions options)
    {
        var series = new List<NabSeries>();
        foreach (var (name, points, windows) in corpus)
        {
            var watch = new SeriesWatch(options, new AlertRuleOptions());
            var scores = new double[points.Count];
            for (var i = 0; i < points.Count; i++)
            {
                watch.Step(points[i], ScoreCommand.DefaultBudget / watch.Detector.PointsPerDay, out var assessment);
                scores[i] = assessment.Onset;
            }

            series.Add(new NabSeries(name, scores, windows));
        }

        return series;
    }

    private static void Report(List<NabSeries> series, bool json, TextWriter console)
    {
        var results = NabProfile.All
            .Select(profile => (profile.Name, Best: NabScoring.Best(series, profile), Cross: NabScoring.CrossFitted(series, profile)))
            .ToList();
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new
            {
                files = series.Count,
                windows = series.Sum(one => one.Windows.Count),
                profiles = results.ToDictionary(result => result.Name, result => new
                {
                    score = result.Best.Score,
                    cross_fitted = result.Cross.Score,
                    windows_found = result.Best.WindowsFound,
                    false_rows = result.Best.FalseRows,
                }),
            }));
            return;
        }

        var standard = results[0].Best;
        console.WriteLine(Line($"{"file",-52} {"windows",7} {"found",5} {"false rows",10}"));
        foreach (var one in series)
        {
            var alone = NabScoring.At([(one, standard.Threshold)], NabProfile.All[0]);
            console.WriteLine(Line($"{one.Name,-52} {one.Windows.Count,7} {alone.WindowsFound,5} {alone.FalseRows,10}"));
        }

        console.WriteLine();
        console.WriteLine(Line($"{series.Count} files, {series.Sum(one => one.Windows.Count)} windows"));
        console.WriteLine(Line($"{"profile",-16} {"score",7} {"cross-fitted",13} {"found",6} {"false rows",11}"));
        foreach (var (name, best, cross) in results)
        {
            console.WriteLine(Line($"{name,-16} {best.Score,7:F2} {cross.Score,13:F2} {best.WindowsFound,6} {best.FalseRows,11}"));
        }

        console.WriteLine();
        console.WriteLine("Published on all 58 files, standard / low-FP / low-FN (not comparable point by point with a part of them):");
        foreach (var (detector, published, _) in NabFigures.Published)
        {
            console.WriteLine(Line($"  {detector,-20} {string.Join(" / ", published.Select(score => Line($"{score:F1}")))}"));
        }
    }

    private static void Write(string path, IReadOnlyList<Observation> points, double[] scores)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path);
        writer.WriteLine("timestamp,value,onset");
        for (var i = 0; i < points.Count; i++)
        {
            writer.WriteLine(Line($"{DateTimeOffset.FromUnixTimeMilliseconds(points[i].Timestamp):yyyy-MM-dd HH:mm:ss},{points[i].Value:R},{scores[i]:R}"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
