using Cpf.Ml.Scoring.Transactions.Alerting;
using Microsoft.ML.Transforms;

namespace Cpf.Ml.Scoring.Transactions.Pipeline;

/// <summary>The state of a cursor or prediction engine between rows.</summary>
public sealed class SeriesAnomalyState
{
    private SeriesMonitor? _monitor;
    private double _alertsPerDay;
    private bool _hasVolume;

    internal void Map(SeriesAnomalyRow row, SeriesAnomalyVerdict verdict)
    {
        var monitor = _monitor ??= CreateMonitor(row.Options.Span);
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

    private SeriesMonitor CreateMonitor(ReadOnlySpan<char> text)
    {
        var options = SeriesAnomalyOptions.Read(text, out _hasVolume);
        _alertsPerDay = options.AlertsPerDay;
        return options.CreateMonitor();
    }
}

/// <summary>The mapping that a saved pipeline loads by the name of its contract, which ends with the type of the
/// timestamp.</summary>
/// <typeparam name="TRow">Row with a timestamp of that type.</typeparam>
public abstract class SeriesAnomalyMapping<TRow>
    : StatefulCustomMappingFactory<TRow, SeriesAnomalyVerdict, SeriesAnomalyState>
    where TRow : SeriesAnomalyRow, new()
{
    /// <inheritdoc/>
    public override Action<TRow, SeriesAnomalyVerdict, SeriesAnomalyState> GetMapping() => Map;

    /// <inheritdoc/>
    public override Action<SeriesAnomalyState> GetStateInitAction() => Begin;

    private static void Map(TRow row, SeriesAnomalyVerdict verdict, SeriesAnomalyState state) =>
        state.Map(row, verdict);

    private static void Begin(SeriesAnomalyState state)
    {
        // The options arrive with the first row.
    }
}

/// <summary>The mapping of rows whose timestamp is in Unix milliseconds.</summary>
[CustomMappingFactoryAttribute(Contract)]
public sealed class SeriesAnomalyMappingAtMilliseconds : SeriesAnomalyMapping<SeriesAnomalyRowAtMilliseconds>
{
    internal const string Contract = "Cpf.Ml.SeriesAnomaly.Int64";
}

/// <summary>The mapping of rows whose timestamp is a <see cref="DateTime"/>.</summary>
[CustomMappingFactoryAttribute(Contract)]
public sealed class SeriesAnomalyMappingAtDateTime : SeriesAnomalyMapping<SeriesAnomalyRowAtDateTime>
{
    internal const string Contract = "Cpf.Ml.SeriesAnomaly.DateTime";
}

/// <summary>The mapping of rows whose timestamp is a <see cref="DateTimeOffset"/>.</summary>
[CustomMappingFactoryAttribute(Contract)]
public sealed class SeriesAnomalyMappingAtDateTimeOffset : SeriesAnomalyMapping<SeriesAnomalyRowAtDateTimeOffset>
{
    internal const string Contract = "Cpf.Ml.SeriesAnomaly.DateTimeOffset";
}
