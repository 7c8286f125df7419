using System.CommandLine;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Model;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using static System.FormattableString;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary><c>cpf-ml train transactions</c>: the Worker begins warm with what it writes.</summary>
internal static class TransactionsTraining
{
    /// <summary>The allowed number of alerts a day and series, which several commands ask for.</summary>
    public static RangeOption<double> BudgetOption() =>
        new("--alerts-per-day", 0.0001, 1000, "False alerts allowed a series and day.")
        {
            DefaultValueFactory = _ => AlertRuleOptions.DefaultAlertsPerDay,
        };

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Required = true,
            Description = "Folder of history: service/name.csv of timestamp,value[,volume], or .ndjson of points or of "
                + "transactions.",
        };
        var models = new Option<DirectoryInfo>("--models")
        {
            Required = true,
            Description = "Folder of models, in which transactions/ is written.",
        };
        var zone = new Option<string>("--zone")
        {
            Description = "IANA time zone of days and weeks, unless UTC fits the history significantly better.",
            DefaultValueFactory = _ => "Europe/Paris",
        };
        var holidays = new Option<bool>("--holidays")
        {
            Description = "Whether French public holidays count as Sundays, true or false, unless the other fits "
                + "significantly better. True by default.",
            DefaultValueFactory = _ => true,
        };
        var standard = new AlertRuleOptions();
        var quiet = new RangeOption<int>(
            "--quiet-points", 1, 100_000, "Ordinary points in a row that close an alert, as Transactions:QuietPoints.")
        {
            DefaultValueFactory = _ => standard.QuietPoints,
        };
        var isFixed = new Option<bool>("--fixed")
        {
            Description = "Keeps --zone and --holidays even where the comparison favours the other. Off by default.",
        };
        var budget = BudgetOption();
        var seed = new RangeOption<int>("--seed", 0, int.MaxValue, "Seed of the bootstrap behind intervals.")
        {
            DefaultValueFactory = _ => 1,
        };
        var command = new LeafCommand(
            "transactions",
            "Trains the detectors on a history and writes their state with manifest and card; the Worker starts warm "
                + "with it.",
            """
            evaluate transactions --series 2 --write out/series
            train transactions --data out/series --models out/models
            """)
        {
            data, models, zone, holidays, quiet, isFixed, budget, seed,
        };
        command.SetWork((parsed, progress) => Run(
            parsed.GetRequiredValue(data).FullName,
            Path.Combine(parsed.GetRequiredValue(models).FullName, TransactionsModel.Name),
            new EstateOptions(
                parsed.GetRequiredValue(zone),
                parsed.GetValue(holidays),
                parsed.GetValue(budget),
                parsed.GetValue(quiet)),
            parsed.GetValue(isFixed),
            parsed.GetValue(seed),
            progress));
        return command;
    }

    private static CommandResult Run(
        string data, string folder, EstateOptions options, bool isFixed, int seed, Progress progress)
    {
        if (string.Join(' ', new SeriesDetectorOptions { Zone = options.Zone }.Validate()) is { Length: > 0 } reasons)
        {
            throw new InputException(reasons);
        }

        progress.Begin("reading the history");
        var history = History.Read(data);
        progress.Begin("comparing configurations, then training");
        var manifest = TransactionsPipeline.Run(history, options, isFixed, seed, folder);
        var document = new
        {
            model = $"{manifest.Name}@{manifest.Version}",
            folder,
            series = manifest.Series.Count,
            points = manifest.Series.Sum(one => one.Points),
            zone = manifest.Zone,
            french_holidays = manifest.FrenchHolidays,
        };
        return new CommandResult(document, console => Print(console, manifest, folder));
    }

    private static void Print(TextWriter console, TransactionsManifest manifest, string folder)
    {
        var points = manifest.Series.Sum(one => one.Points);
        console.WriteLine(Invariant(
            $"{manifest.Name}@{manifest.Version}: {manifest.Series.Count} series, {points} points, in {folder}"));
        foreach (var choice in manifest.HyperParameters)
        {
            var difference = choice.Difference;
            var kept = choice.Chosen == choice.Default ? "; the default stays" : "";
            console.WriteLine(Invariant($"{choice.Name}: {choice.Chosen} ({choice.Other} less {choice.Default}: ")
                + Invariant($"{difference.Value:+0.0000;-0.0000;0} [{difference.Low:+0.0000;-0.0000;0}, ")
                + Invariant($"{difference.High:+0.0000;-0.0000;0}] of a mean error, {choice.Days} days{kept})"));
        }

        var (rare100, rare1000) = (manifest.All.Rare100, manifest.All.Rare1000);
        console.WriteLine(Invariant($"observed ÷ nominal rate of p-values at 0.01: {rare100.Value:F2} ")
            + Invariant($"[{rare100.Low:F2}, {rare100.High:F2}], at 0.001: {rare1000.Value:F2} [{rare1000.Low:F2}, ")
            + Invariant($"{rare1000.High:F2}]; {manifest.All.AlertsPerDay.Value:F2} alerts a series and day"));
    }
}
