using System.CommandLine;
using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Transactions;

/// <summary><c>cpf-ml transactions score</c>: each point of each file with what was known of it before it came.</summary>
internal static class ScoreCommand
{
    /// <summary>Alerts allowed a day and series.</summary>
    public const double DefaultBudget = 0.1;

    private const string Header = "timestamp,value,expected,lower,upper,p_value,score,evidence,onset,alert,reason";

    public static Command Create()
    {
        var input = new Option<FileSystemInfo>("--in") { Required = true, Description = "CSV timestamp,value[,volume], or a folder of them." };
        var output = new Option<string>("--out") { Required = true, Description = "CSV to write, or a folder: files keep their names." };
        var kind = new Option<MetricKind>("--kind") { Description = "Gauge (default), Duration, Volume or ErrorRate." };
        var zone = new Option<string>("--zone") { Description = "Time zone of days and weeks.", DefaultValueFactory = _ => "UTC" };
        var budget = new Option<double>("--alerts-per-day") { Description = "Alerts allowed a day and series.", DefaultValueFactory = _ => DefaultBudget };
        var whatIf = new Option<string?>("--what-if") { Description = "Another configuration, as quiet-points=20,alerts-per-day=0.02: tells which alerts would come and go." };
        var command = new Command("score", "Scores series of metrics; lower and upper hold 99 % of ordinary points.") { input, output, kind, zone, budget, whatIf };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(input),
            parsed.GetRequiredValue(output),
            new SeriesDetectorOptions
            {
                Kind = parsed.GetValue(kind),
                Zone = parsed.GetValue(zone)!,
                FrenchHolidays = parsed.GetValue(zone) == "Europe/Paris",
            },
            parsed.GetValue(budget),
            parsed.GetValue(whatIf),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(FileSystemInfo input, string output, SeriesDetectorOptions options, double budget, string? whatIf, TextWriter console)
    {
        var reasons = options.Validate().ToList();
        if (!(budget > 0))
        {
            reasons.Add($"--alerts-per-day must be positive, was {budget.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (reasons.Count > 0)
        {
            throw new InputException(string.Join(" ", reasons));
        }

        var usual = new JudgingOptions(options, new AlertRuleOptions(), budget);
        var other = whatIf is null ? null : WhatIf.Read(whatIf, usual);
        void One(string path, string target)
        {
            Score(path, target, options, budget);
            if (other is not null)
            {
                WhatIf.Write(console, path, AlertReplay.Compare([.. MetricCsv.Read(path).Select(line => line.Point)], usual, other));
            }
        }

        if (File.Exists(input.FullName))
        {
            One(input.FullName, output);
            return 0;
        }

        if (!Directory.Exists(input.FullName))
        {
            throw new InputException($"{input.FullName}: no such file or folder.");
        }

        foreach (var path in Directory.EnumerateFiles(input.FullName, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            One(path, Path.Combine(output, Path.GetRelativePath(input.FullName, path)));
        }

        return 0;
    }

    private static void Score(string path, string output, SeriesDetectorOptions options, double budget)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(output))
        {
            throw new InputException($"{path}: --out is the file that is read; name another.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        using var writer = new StreamWriter(output);
        writer.WriteLine(Header);
        var watch = new SeriesWatch(options, new AlertRuleOptions());
        foreach (var (timestamp, point) in MetricCsv.Read(path))
        {
            var transition = watch.Step(point, Math.Min(0.5, budget / watch.Detector.PointsPerDay), out var a);
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
            writer.WriteLine(alert.Length > 0 || a.Score.Percent >= 60 ? PointReason.Of(a) : "");
        }
    }

    private static void Number(TextWriter writer, double value)
    {
        writer.Write(',');
        if (double.IsFinite(value))
        {
            writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
