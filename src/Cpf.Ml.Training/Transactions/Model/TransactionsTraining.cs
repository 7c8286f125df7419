using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Model;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Transactions.Model;

/// <summary><c>cpf-ml train transactions</c>: the Worker begins warm with what it writes.</summary>
internal static class TransactionsTraining
{
    public static Command Create(Option<bool> json)
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder of history: service/name.csv of timestamp,value[,volume], .ndjson of points or of transactions." };
        var models = new Option<DirectoryInfo>("--models") { Required = true, Description = "Folder of models; transactions/ in it is written." };
        var zone = new Option<string>("--zone") { Description = "Time zone of days and weeks, unless UTC is better beyond doubt.", DefaultValueFactory = _ => "Europe/Paris" };
        var holidays = new Option<bool>("--holidays") { Description = "Whether a French public holiday is like a Sunday, unless the other is better beyond doubt. Default true.", DefaultValueFactory = _ => true };
        var quiet = new Option<int>("--quiet-points") { Description = "Ordinary points in a row that close an alert, as Transactions:QuietPoints.", DefaultValueFactory = _ => new AlertRuleOptions().QuietPoints };
        var isFixed = new Option<bool>("--fixed") { Description = "Compare, and keep --zone and --holidays whatever is better." };
        var budget = new Option<double>("--alerts-per-day") { Description = "Alerts allowed a day and series.", DefaultValueFactory = _ => ScoreCommand.DefaultBudget };
        var seed = new Option<int>("--seed") { Description = "Of the resampling behind intervals.", DefaultValueFactory = _ => 1 };
        var command = new Command("transactions", "Detectors as they are after the history, with manifest and card.") { data, models, zone, holidays, quiet, isFixed, budget, seed };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(data).FullName,
            Path.Combine(parsed.GetRequiredValue(models).FullName, TransactionsModel.Name),
            new EstateOptions(parsed.GetValue(zone)!, parsed.GetValue(holidays), parsed.GetValue(budget), parsed.GetValue(quiet)),
            parsed.GetValue(isFixed),
            parsed.GetValue(seed),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string data, string folder, EstateOptions options, bool isFixed, int seed, bool json, TextWriter console)
    {
        var reasons = new SeriesDetectorOptions { Zone = options.Zone }.Validate()
            .Concat(new AlertRuleOptions { QuietPoints = options.QuietPoints }.Validate())
            .ToList();
        if (!(options.AlertsPerDay > 0))
        {
            reasons.Add($"--alerts-per-day must be positive, was {options.AlertsPerDay.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (reasons.Count > 0)
        {
            throw new InputException(string.Join(" ", reasons));
        }

        var history = History.Read(data);
        var manifest = TransactionsPipeline.Run(history, options, isFixed, seed, folder);
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new
            {
                model = $"{manifest.Name}@{manifest.Version}",
                folder,
                series = manifest.Series.Count,
                points = manifest.Series.Sum(one => one.Points),
                zone = manifest.Zone,
                french_holidays = manifest.FrenchHolidays,
            }));
            return 0;
        }

        console.WriteLine(Line($"{manifest.Name}@{manifest.Version}: {manifest.Series.Count} series, {manifest.Series.Sum(one => one.Points)} points, in {folder}"));
        foreach (var choice in manifest.HyperParameters)
        {
            console.WriteLine(Line($"{choice.Name}: {choice.Chosen} ({choice.Other} less {choice.Default}: {choice.Difference.Value:+0.0000;-0.0000;0} [{choice.Difference.Low:+0.0000;-0.0000;0}, {choice.Difference.High:+0.0000;-0.0000;0}] of a mean error, {choice.Days} days{(choice.Chosen == choice.Default ? "; the default stays" : "")})"));
        }

        var all = manifest.All;
        console.WriteLine(Line($"observed ÷ promised at 0.01: {all.Rare100.Value:F2} [{all.Rare100.Low:F2}, {all.Rare100.High:F2}], at 0.001: {all.Rare1000.Value:F2} [{all.Rare1000.Low:F2}, {all.Rare1000.High:F2}]; {all.AlertsPerDay.Value:F2} alerts a series and day"));
        return 0;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
