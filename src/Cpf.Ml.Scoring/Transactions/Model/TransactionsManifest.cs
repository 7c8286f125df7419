using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Model;

/// <summary>What a trained model of the transactions is made of, and how well it kept its word.</summary>
public sealed record TransactionsManifest : ModelManifest
{
    /// <summary>The code that read the history, and will go on from it.</summary>
    public required string Detector { get; init; }

    /// <summary>Of the program that trained.</summary>
    public required string Code { get; init; }

    /// <summary>As <see cref="SeriesDetectorOptions.Zone"/>, for every series.</summary>
    public required string Zone { get; init; }

    public required bool FrenchHolidays { get; init; }

    /// <summary>Alerts allowed a series and day while the history was read.</summary>
    public required double AlertsPerDay { get; init; }

    public required int QuietPoints { get; init; }

    /// <summary>Of the resampling behind the intervals; the states do not depend on it.</summary>
    public required int Seed { get; init; }

    public required IReadOnlyList<HistoryFile> Data { get; init; }

    public required IReadOnlyList<HyperParameter> HyperParameters { get; init; }

    public required IReadOnlyList<TrainedSeriesFigures> Series { get; init; }

    /// <summary>Of all series together.</summary>
    public required TrainedFigures All { get; init; }
}

/// <param name="Name">Relative to the folder of the history.</param>
/// <param name="Sha256">Of its content.</param>
public sealed record HistoryFile(string Name, string Sha256);

/// <summary>A mean and the interval that holds it in 95 of 100 resamplings of its days.</summary>
public readonly record struct IntervalEstimate(double Value, double Low, double High);

/// <summary>A choice between two values by what they would have cost in the past.</summary>
/// <param name="Chosen">The default, unless the other was better beyond doubt and whoever trained left the choice
/// open.</param>
/// <param name="Other">What it was compared with.</param>
/// <param name="Folds">Mean error of the next point with default and other, by consecutive block of the history, in
/// units of the default's over all.</param>
/// <param name="Difference">Other less default; below 0 speaks for the other.</param>
/// <param name="Days">Days compared.</param>
/// <param name="Decided">Whether the interval excludes 0 on the other's side.</param>
public sealed record HyperParameter(
    string Name, string Default,
    string Other, string Chosen, IReadOnlyList<FoldError> Folds, IntervalEstimate Difference, int Days, bool Decided);

/// <param name="From">First day of the block.</param>
public readonly record struct FoldError(DateTimeOffset From, double Default, double Other);

/// <summary>How points were judged before they were learnt, once the series was warm.</summary>
/// <param name="Points">Judged.</param>
/// <param name="Days">Days with points.</param>
/// <param name="Rare100">How many times more often than promised p-values at or below 0.01 came.</param>
/// <param name="Rare1000">The same of 0.001.</param>
/// <param name="Inside99">Share of values within the band of 99 %.</param>
/// <param name="AlertsPerDay">Alerts opened a series and day; whether they were right, nobody has said.</param>
public sealed record TrainedFigures(long Points, int Days,
    IntervalEstimate Rare100, IntervalEstimate Rare1000, IntervalEstimate Inside99, IntervalEstimate AlertsPerDay);

/// <param name="Series">As <see cref="SeriesKey"/> has it.</param>
/// <param name="Missing">Points without a value.</param>
/// <param name="Dropped">Points left out: their time was there before.</param>
/// <param name="Figures">Null where the history is too short to be warm.</param>
public sealed record TrainedSeriesFigures(
    string Series, MetricKind Kind,
    long Points, long Missing, long Dropped, DateTimeOffset From, DateTimeOffset To, TrainedFigures? Figures);
