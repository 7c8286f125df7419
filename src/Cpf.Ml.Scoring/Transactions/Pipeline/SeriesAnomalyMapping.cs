using Cpf.Ml.Scoring.Transactions.Alerting;
using Microsoft.ML.Transforms;

namespace Cpf.Ml.Scoring.Transactions.Pipeline;

/// <summary>What a cursor or a prediction engine remembers between its rows.</summary>
public sealed class SeriesAnomalyState
{
    private SeriesMonitor? _monitor;
    private double _alertsPerDay;
    private bool _hasVolume;

    internal void Map(SeriesAnomalyRow row, SeriesAnomalyVerdict verdict)
    {
        var monitor = _monitor ??= Begin(row.Options.Span);
        var point = new Observation(row.At, row.Value, _hasVolume ? row.Volume : double.NaN);
        monitor.Step(point, Math.Min(0.5, _alertsPerDay / monitor.Detector.PointsPerDay), out var assessment);
        verdict.Alert = monitor.Rule.IsOpen ? 1 : 0;
        verdict.Score = assessment.Score.Value;
        verdict.PValue = assessment.PValue;
        verdict.Expected = assessment.Expected;
        verdict.Lower = assessment.Lower99;
        verdict.Upper = assessment.Upper99;
        verdict.IsWarm = assessment.IsWarm ? 1 : 0;
    }

    private SeriesMonitor Begin(ReadOnlySpan<char> text)
    {
        var options = SeriesAnomalyOptions.Read(text, out _hasVolume);
        _alertsPerDay = options.AlertsPerDay;
        return options.Begin();
    }
}

/// <summary>What a saved pipeline calls by its contract; the contract's name ends with the type of the
/// timestamp.</summary>
public abstract class SeriesAnomalyMapping<TRow>
    : StatefulCustomMappingFactory<TRow, SeriesAnomalyVerdict, SeriesAnomalyState>
    where TRow : SeriesAnomalyRow, new()
{
    public override Action<TRow, SeriesAnomalyVerdict, SeriesAnomalyState> GetMapping() => Map;

    public override Action<SeriesAnomalyState> GetStateInitAction() => Begin;

    private static void Map(TRow row, SeriesAnomalyVerdict verdict, SeriesAnomalyState state) =>
        state.Map(row, verdict);

    private static void Begin(SeriesAnomalyState state)
    {
        // The options come with the first row.
    }
}

[CustomMappingFactoryAttribute(Contract)]
public sealed class SeriesAnomalyMappingAtMilliseconds : SeriesAnomalyMapping<SeriesAnomalyRowAtMilliseconds>
{
    internal const string Contract = "Cpf.Ml.SeriesAnomaly.Int64";
}

[CustomMappingFactoryAttribute(Contract)]
public sealed class SeriesAnomalyMappingAtDateTime : SeriesAnomalyMapping<SeriesAnomalyRowAtDateTime>
{
    internal const string Contract = "Cpf.Ml.SeriesAnomaly.DateTime";
}

[CustomMappingFactoryAttribute(Contract)]
public sealed class SeriesAnomalyMappingAtDateTimeOffset : SeriesAnomalyMapping<SeriesAnomalyRowAtDateTimeOffset>
{
    internal const string Contract = "Cpf.Ml.SeriesAnomaly.DateTimeOffset";
}
