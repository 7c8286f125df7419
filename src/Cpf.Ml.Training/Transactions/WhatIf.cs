using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Training.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Transactions;

/// <summary>
/// Another configuration, as <c>--what-if</c> names it, and the difference it makes to the alerts of a file.
/// </summary>
internal static class WhatIf
{
    private const string Known = "quiet-points, alerts-per-day, max-freeze-hours, zone, holidays";

    /// <param name="text">For example <c>quiet-points=20,alerts-per-day=0.02</c>; settings that are not named keep
    /// their value.</param>
    /// <exception cref="InputException">A name or value is unknown.</exception>
    public static JudgingOptions Read(string text, JudgingOptions standard)
    {
        var options = standard;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = part.Split('=', 2) is [var key, var given] ? (key, given) : (part, "");
            options = name switch
            {
                "quiet-points" => options with { Rule = options.Rule with { QuietPoints = (int)Number(name, value) } },
                "alerts-per-day" => options with { AlertsPerDay = Number(name, value) },
                "max-freeze-hours" => options with
                {
                    Rule = options.Rule with { MaxFreeze = TimeSpan.FromHours(Number(name, value)) },
                },
                "zone" => options with { Detector = options.Detector with { Zone = value } },
                "holidays" when bool.TryParse(value, out var holidays) => options with
                {
                    Detector = options.Detector with { FrenchHolidays = holidays },
                },
                "holidays" => throw new InputException($"--what-if: holidays must be true or false, was «{value}»."),
                _ => throw new InputException($"--what-if: there is no «{name}»; known are {Known}."),
            };
        }

        var reasons = string.Join(' ', options.Detector.Validate().Concat(options.Rule.Validate()));
        return reasons.Length > 0 ? throw new InputException($"--what-if: {reasons}")
            : options.AlertsPerDay > 0 ? options
            : throw new InputException("--what-if: alerts-per-day must be positive.");
    }

    /// <summary>A line a file, then one for each alert that would be removed or added.</summary>
    public static void Write(TextWriter console, string file, AlertDifference difference)
    {
        console.WriteLine(
            Invariant($"{file}: {difference.Unchanged.Count} alerts stay, {difference.Removed.Count} go, ")
                + Invariant($"{difference.Added.Count} come"));
        var removed = difference.Removed.Select(alert => ('-', alert));
        var changes = removed.Concat(difference.Added.Select(alert => ('+', alert)));
        foreach (var (sign, alert) in changes.OrderBy(pair => pair.alert.OpenedAt))
        {
            var severity = alert.Severity.ToString().ToLowerInvariant();
            console.WriteLine(Invariant(
                $"  {sign} {alert.OpenedAt:yyyy-MM-dd HH:mm} to {alert.ClosedAt:yyyy-MM-dd HH:mm} UTC, {severity}, ")
                + Invariant($"score {Math.Floor(alert.Score)}"));
        }
    }

    /// <summary>The same for machines.</summary>
    public static object Describe(AlertDifference difference)
    {
        object Alert(ReplayedAlert alert) => new { alert.OpenedAt, alert.ClosedAt, alert.Severity, alert.Score };
        return new
        {
            unchanged = difference.Unchanged.Count,
            removed = difference.Removed.Select(Alert),
            added = difference.Added.Select(Alert),
        };
    }

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"--what-if: {name} must be a number, was «{value}».");
}
