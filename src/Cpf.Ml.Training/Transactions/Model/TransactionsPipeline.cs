using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Training.Transactions.Model;

/// <summary>From history to a model folder. The same history, options and seed give the same bytes.</summary>
internal static class TransactionsPipeline
{
    public const string CardName = "card.md";

    /// <param name="standard">The defaults; the validation may choose otherwise.</param>
    /// <param name="folder">Where the model's files go.</param>
    public static TransactionsManifest Run(History history, EstateOptions standard, int seed, string folder)
    {
        var holidays = SeasonValidation.Choose(
            history, "FrenchHolidays", ("true", standard with { FrenchHolidays = true }), ("false", standard with { FrenchHolidays = false }), seed);
        var chosen = standard with { FrenchHolidays = bool.Parse(holidays.Chosen) };
        var zone = SeasonValidation.Choose(history, "Zone", (standard.Zone, chosen), ("UTC", chosen with { Zone = "UTC" }), seed);
        chosen = chosen with { Zone = zone.Chosen };

        var figures = new FigureCounter();
        var states = history.Series.Select((series, number) => new TrainedSeries(
            series.Key,
            series.Kind,
            series.Points[^1].Timestamp,
            Replay.Run(series, chosen, (in point, in assessment, transition) => figures.See(number, point, assessment, transition)).Snapshot()));
        var files = new Dictionary<string, byte[]> { [TransactionsModel.StatesName] = TransactionsModel.Write(states) };
        var manifest = ModelFolder.Seal(
            new TransactionsManifest
            {
                Name = TransactionsModel.Name,
                Detector = SeriesDetector.Model.ToString(),
                Code = typeof(SeriesDetector).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Zone = chosen.Zone,
                FrenchHolidays = chosen.FrenchHolidays,
                AlertsPerDay = chosen.AlertsPerDay,
                QuietPoints = chosen.QuietPoints,
                Seed = seed,
                Data = history.Files,
                HyperParameters = [holidays, zone],
                Series = [.. history.Series.Select((series, number) => Describe(series, figures.Figures(number, seed)))],
                All = figures.Figures(null, seed) ?? new TrainedFigures(0, 0, default, default, default, default),
            },
            files);
        ModelFolder.Write(folder, manifest, files, new Dictionary<string, byte[]> { [CardName] = Encoding.UTF8.GetBytes(ModelCard.Of(manifest)) });
        return manifest;
    }

    private static TrainedSeriesFigures Describe(HistorySeries series, TrainedFigures? figures) => new(
        series.Key,
        series.Kind,
        series.Points.Count,
        series.Points.Count(point => !double.IsFinite(point.Value)),
        series.Dropped,
        DateTimeOffset.FromUnixTimeMilliseconds(series.Points[0].Timestamp),
        DateTimeOffset.FromUnixTimeMilliseconds(series.Points[^1].Timestamp),
        figures);
}
