using System.Globalization;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Contracts;

public sealed class GaugeDetectorContract : SeriesDetectorContract
{
    protected override SeriesDetectorOptions Options { get; } = new();

    protected override double Value(Random random, double season) => season + random.NextDouble() - 40;
}

public sealed class DurationDetectorContract : SeriesDetectorContract
{
    protected override SeriesDetectorOptions Options { get; } =
        new() { Kind = MetricKind.Duration, Zone = "Europe/Paris" };

    protected override double Value(Random random, double season) => 0.05 * Math.Exp(season + random.NextDouble());
}

public sealed class VolumeDetectorContract : SeriesDetectorContract
{
    protected override SeriesDetectorOptions Options { get; } =
        new() { Kind = MetricKind.Volume, Zone = "Europe/Paris", FrenchHolidays = true };

    protected override double Value(Random random, double season) =>
        Math.Round(100 * (1 + season + random.NextDouble()));
}

public sealed class ImportantDetectorContract : SeriesDetectorContract
{
    protected override SeriesDetectorOptions Options { get; } = new() { Important = true };

    protected override double Value(Random random, double season) => season + random.NextDouble();
}

public sealed class ErrorRateDetectorContract : SeriesDetectorContract
{
    protected override SeriesDetectorOptions Options { get; } = new() { Kind = MetricKind.ErrorRate };

    protected override double Value(Random random, double season) => 0.02 * (1 + season) * random.NextDouble();
}

/// <summary>Two days of five-minute points and more, with a season, spikes and a volume.</summary>
public abstract class SeriesDetectorContract
    : DetectorContract<SeriesDetector, SeriesDetectorOptions, Observation, PointAssessment>
{
    private const long Start = 1_793_000_000_000;
    private const long Interval = 300_000;

    protected abstract double Value(Random random, double season);

    protected override SeriesDetector Fresh() => new(Options);

    protected override Observation Input(Random random, int index)
    {
        var value = Value(random, 0.5 * Math.Sin(2 * Math.PI * index / 288));
        return new Observation(Start + (index * Interval), index % 401 == 400 ? value * 3 : value, random.Next(1, 400));
    }

    protected override Observation Revalue(Observation input, double value) =>
        input with { Timestamp = input.Timestamp - 1000, Value = value };

    protected override (Score Score, bool IsWarm) Judgement(in PointAssessment assessment) =>
        (assessment.Score, assessment.IsWarm);

    protected override string Describe(in PointAssessment assessment) => string.Join(
        ' ',
        new[]
        {
            assessment.Expected, assessment.Lower99, assessment.Upper99, assessment.Lower999, assessment.Upper999,
            assessment.NoiseUnits, assessment.Evidence, assessment.PValue, assessment.Onset, assessment.ConfidenceWeeks,
        }.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
