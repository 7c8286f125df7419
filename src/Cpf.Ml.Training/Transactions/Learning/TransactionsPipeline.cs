using System.Reflection;
using System.Text;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Model;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>From history to a model folder. The same history, options and seed give the same bytes.</summary>
internal static class TransactionsPipeline
{
    public const string CardName = "card.md";

    /// <param name="standard">The defaults; the validation may choose others.</param>
    /// <param name="isFixed">Whether the defaults are kept whatever the validation finds.</param>
    /// <param name="folder">Where the model's files are written.</param>
    public static TransactionsManifest Run(
        History history, EstateOptions standard, bool isFixed, int seed, string folder)
    {
        HyperParameter Choose(
            string name, string value, string other, EstateOptions current, EstateOptions alternative) =>
            SeasonValidation.Choose(history, name, (value, current), (other, alternative), seed) is var found && isFixed
                ? found with { Chosen = value } : found;
        var holidays = Choose(
            "FrenchHolidays", Name(standard.FrenchHolidays),
            Name(!standard.FrenchHolidays), standard, standard with { FrenchHolidays = !standard.FrenchHolidays });
        var chosen = standard with { FrenchHolidays = bool.Parse(holidays.Chosen) };
        var zone = Choose("Zone", standard.Zone, "UTC", chosen, chosen with { Zone = "UTC" });
        chosen = chosen with { Zone = zone.Chosen };

        var figures = new FigureCounter();
        var states = history.Series.Select((series, number) => new TrainedSeries(
            series.Key,
            series.Kind,
            series.Points[^1].Timestamp,
            Replay.Run(series, chosen, (in point,
                in assessment, transition) => figures.Add(number, point, assessment, transition)).Snapshot()));
        var files = new Dictionary<string, byte[]> { [TransactionsModel.StatesName] = TransactionsModel.Write(states) };
        var manifest = ModelFolder.Seal(
            new TransactionsManifest
            {
                Name = TransactionsModel.Name,
                Detector = SeriesDetector.Model.ToString(),
                Code = typeof(SeriesDetector).Assembly
                    .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
                Zone = chosen.Zone,
                FrenchHolidays = chosen.FrenchHolidays,
                AlertsPerDay = chosen.AlertsPerDay,
                QuietPoints = chosen.QuietPoints,
                Seed = seed,
                Data = history.Files,
                HyperParameters = [holidays, zone],
                Series =
                    [.. history.Series.Select((series, number) => Describe(series, figures.Figures(number, seed)))],
                All = figures.Figures(null, seed) ?? new TrainedFigures(0, 0, default, default, default, default),
            },
            files);
        ModelFolder.Write(folder, manifest, files,
            new Dictionary<string, byte[]>
            {
                [CardName] = Encoding.UTF8.GetBytes(TransactionsModelCard.Render(manifest)),
            });
        return manifest;
    }

    private static string Name(bool value) => value ? "true" : "false";

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
