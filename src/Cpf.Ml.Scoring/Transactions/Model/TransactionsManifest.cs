using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Model;

/// <summary>How a model of transactions was trained, and how well calibrated it was on its history.</summary>
public sealed record TransactionsManifest : ModelManifest
{
    /// <summary>Name and version of the detector that learned the history.</summary>
    public required string Detector { get; init; }

    /// <summary>Version of the program that trained.</summary>
    public required string Code { get; init; }

    /// <summary>Value of <see cref="SeriesDetectorOptions.Zone"/> for every series.</summary>
    public required string Zone { get; init; }

    /// <summary>Value of <see cref="SeriesDetectorOptions.FrenchHolidays"/> for every series.</summary>
    public required bool FrenchHolidays { get; init; }

    /// <summary>False alerts allowed a series and day during the training.</summary>
    public required double AlertsPerDay { get; init; }

    /// <summary>Ordinary points in a row that closed an alert during the training.</summary>
    public required int QuietPoints { get; init; }

    /// <summary>Seed of the bootstrap behind the intervals; the states do not depend on it.</summary>
    public required int Seed { get; init; }

    /// <summary>The files of the history, ordered by name.</summary>
    public required IReadOnlyList<HistoryFile> Data { get; init; }

    /// <summary>The choices made by cross-validation.</summary>
    public required IReadOnlyList<HyperParameter> HyperParameters { get; init; }

    /// <summary>Each series with its figures, ordered by key.</summary>
    public required IReadOnlyList<TrainedSeriesFigures> Series { get; init; }

    /// <summary>The figures of all series together.</summary>
    public required TrainedFigures All { get; init; }
}

/// <summary>A file of the history.</summary>
/// <param name="Name">Path relative to the folder of the history.</param>
/// <param name="Sha256">SHA-256 of its content, hexadecimal.</param>
public sealed record HistoryFile(string Name, string Sha256);

/// <summary>A mean with its 95 % bootstrap interval over days.</summary>
/// <param name="Value">The mean; NaN without data.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct IntervalEstimate(double Value, double Low, double High);

/// <summary>A choice between two values of a hyper-parameter by their forecast errors.</summary>
/// <param name="Name">Name of the hyper-parameter.</param>
/// <param name="Default">Its default value.</param>
/// <param name="Other">The value that it was compared with.</param>
/// <param name="Chosen">The default, unless the other was significantly better and the choice was not fixed.</param>
/// <param name="Folds">Mean error of the next point with either value, by consecutive block of the history, in units of
/// the default's over all of it.</param>
/// <param name="Difference">Mean error of the other less that of the default; below 0 favours the other.</param>
/// <param name="Days">Number of days compared.</param>
/// <param name="Decided">Whether the whole interval is below 0.</param>
public sealed record HyperParameter(
    string Name, string Default,
    string Other, string Chosen, IReadOnlyList<FoldError> Folds, IntervalEstimate Difference, int Days, bool Decided);

/// <summary>Forecast errors of a block of the history.</summary>
/// <param name="From">First day of the block.</param>
/// <param name="Default">Mean error with the default.</param>
/// <param name="Other">Mean error with the other value.</param>
public readonly record struct FoldError(DateTimeOffset From, double Default, double Other);

/// <summary>Calibration of the scores of warm series, each made before its point was learned.</summary>
/// <param name="Points">Number of points scored.</param>
/// <param name="Days">Number of days with points.</param>
/// <param name="Rare100">Observed ÷ nominal rate of p-values at or below 0.01.</param>
/// <param name="Rare1000">Observed ÷ nominal rate of p-values at or below 0.001.</param>
/// <param name="Inside99">Share of values inside the 99 % band.</param>
/// <param name="AlertsPerDay">Alerts opened a series and day; the history has no labels, so true and false ones are not
/// told apart.</param>
public sealed record TrainedFigures(long Points, int Days,
    IntervalEstimate Rare100, IntervalEstimate Rare1000, IntervalEstimate Inside99, IntervalEstimate AlertsPerDay);

/// <summary>A series of the history with its figures.</summary>
/// <param name="Series">In the format of <see cref="SeriesKey"/>.</param>
/// <param name="Kind">Kind of the metric.</param>
/// <param name="Points">Number of points, missing ones included.</param>
/// <param name="Missing">Number of points without a value.</param>
/// <param name="Dropped">Number of points dropped because an earlier one has their timestamp.</param>
/// <param name="From">The first point, UTC.</param>
/// <param name="To">The last point, UTC.</param>
/// <param name="Figures">Null where the history is too short for the series to become warm.</param>
public sealed record TrainedSeriesFigures(
    string Series, MetricKind Kind,
    long Points, long Missing, long Dropped, DateTimeOffset From, DateTimeOffset To, TrainedFigures? Figures);
