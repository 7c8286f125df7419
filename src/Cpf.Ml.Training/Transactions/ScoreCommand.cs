using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Transactions.Learning;
using static System.FormattableString;

namespace Cpf.Ml.Training.Transactions;

/// <summary>
/// <c>cpf-ml transactions score</c>: scores each point of each file by the points before it.
/// </summary>
internal static class ScoreCommand
{
    private const string Header = "timestamp,value,expected,lower,upper,p_value,score,evidence,onset,alert,reason";

    public static Command Create()
    {
        var input = new Option<FileSystemInfo>("--in")
        {
            Required = true,
            Description = "CSV with the columns timestamp (ISO 8601 or epoch seconds), value (empty: missing) and "
                + "optionally volume, or a folder of such files.",
        };
        var output = new Option<FileSystemInfo>("--out")
        {
            Required = true,
            Description = "CSV to write, or for a folder a folder, in which files keep their names.",
        };
        var kind = new Option<MetricKind>("--kind")
        {
            Description = "Kind of metric: Gauge, Duration, Volume or ErrorRate.",
            DefaultValueFactory = _ => MetricKind.Gauge,
        };
        var zone = new Option<string>("--zone")
        {
            Description = "IANA time zone of days and weeks; in Europe/Paris, French public holidays count.",
            DefaultValueFactory = _ => "UTC",
        };
        var budget = TransactionsTraining.BudgetOption();
        var whatIf = new Option<string?>("--what-if")
        {
            Description = "Another configuration, such as quiet-points=20,alerts-per-day=0.02: reports the alerts that "
                + "it would add and remove. None by default.",
        };
        var command = new LeafCommand(
            "score",
            "Scores the points of metrics from 0 to 100: expected value, 99 % interval, p-value, alert and reason of "
                + "each.",
            """
            evaluate transactions --series 2 --write out/series
            transactions score --in out/series --out out/scores --what-if quiet-points=20
            """)
        {
            input, output, kind, zone, budget, whatIf,
        };
        command.SetWork((parsed, progress) =>
        {
            var timeZone = parsed.GetRequiredValue(zone);
            var options = new SeriesDetectorOptions
            {
                Kind = parsed.GetValue(kind),
                Zone = timeZone,
                FrenchHolidays = timeZone == "Europe/Paris",
            };
            if (string.Join(' ', options.Validate()) is { Length: > 0 } reasons)
            {
                throw new InputException(reasons);
            }

            var standard = new JudgingOptions(options, new AlertRuleOptions(), parsed.GetValue(budget));
            return Run(
                parsed.GetRequiredValue(input).FullName,
                parsed.GetRequiredValue(output).FullName,
                standard,
                parsed.GetValue(whatIf) is { } text ? WhatIf.Read(text, standard) : null,
                progress);
        });
        return command;
    }

    private static CommandResult Run(
        string input, string output, JudgingOptions standard, JudgingOptions? other, Progress progress)
    {
        var files = FilesToScore(input, output);
        var scored = new List<ScoredFile>();
        foreach (var (path, target) in progress.Each("scoring files", files))
        {
            var (points, alerts) = Score(path, target, standard);
            var difference = other is null
                ? null
                : AlertReplay.Compare([.. MetricCsv.Read(path).Select(line => line.Point)], standard, other);
            scored.Add(new ScoredFile(path, target, points, alerts, difference));
        }

        return new CommandResult(new { files = scored.Select(Describe) }, console =>
        {
            foreach (var file in scored)
            {
                console.WriteLine(Invariant($"{file.Output}: {file.Points} points, {file.Alerts} alerts"));
                if (file.Difference is { } difference)
                {
                    WhatIf.Write(console, file.Input, difference);
                }
            }
        });
    }

    private static object Describe(ScoredFile file) => new
    {
        file.Input,
        file.Output,
        file.Points,
        file.Alerts,
        what_if = file.Difference is { } difference ? WhatIf.Describe(difference) : null,
    };

    private static List<(string Input, string Output)> FilesToScore(string input, string output) =>
        File.Exists(input) ? [(input, output)]
        : !Directory.Exists(input) ? throw new InputException($"{input}: no such file or folder.")
        : [.. Directory.EnumerateFiles(input, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (path, Path.Combine(output, Path.GetRelativePath(input, path))))];

    private static (int Points, int Alerts) Score(string path, string output, JudgingOptions options)
    {
        if (path == output)
        {
            throw new InputException($"{path}: --out is the file that is read; name another.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        using var writer = new StreamWriter(output);
        writer.WriteLine(Header);
        var monitor = new SeriesMonitor(options.Detector, options.Rule);
        var (points, alerts) = (0, 0);
        foreach (var (timestamp, point) in MetricCsv.Read(path))
        {
            var budget = Math.Min(0.5, options.AlertsPerDay / monitor.Detector.PointsPerDay);
            var transition = monitor.Step(point, budget, out var a);
            points++;
            alerts += transition == AlertTransition.Open ? 1 : 0;
            var alert = transition switch
            {
                AlertTransition.None => "",
                AlertTransition.Escalate => "update",
                _ => transition.ToString().ToLowerInvariant(),
            };
            writer.Write(timestamp);
            Number(writer, point.Value);
            Number(writer, a.Expected);
            Number(writer, a.Lower99);
            Number(writer, a.Upper99);
            Number(writer, a.PValue);
            Number(writer, a.Score.Percent);
            Number(writer, a.Evidence);
            Number(writer, a.Onset);
            writer.Write(',');
            writer.Write(alert);
            writer.Write(',');
            writer.WriteLine(alert.Length > 0 || a.Score.Percent >= 60 ? PointReason.Format(a) : "");
        }

        return (points, alerts);
    }

    private static void Number(TextWriter writer, double value)
    {
        writer.Write(',');
        if (double.IsFinite(value))
        {
            writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private sealed record ScoredFile(string Input, string Output, int Points, int Alerts, AlertDifference? Difference);
}
