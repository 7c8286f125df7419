using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Pipeline;

/// <summary>How <see cref="SeriesAnomalyEstimator"/> scores the rows of a data view, one series in order of
/// time.</summary>
public sealed record SeriesAnomalyOptions : IValidated
{
    private const char Separator = ';';

    /// <summary>Scale, time zone and holidays of the series.</summary>
    public SeriesDetectorOptions Detector { get; init; } = new();

    /// <summary>When an alert closes, and which deviations raise one.</summary>
    public AlertRuleOptions Rule { get; init; } = new();

    /// <summary>False alerts allowed a day, above 0. Default 0.1.</summary>
    public double AlertsPerDay { get; init; } = AlertRuleOptions.DefaultAlertsPerDay;

    /// <summary>The state before the first row, a result of <see cref="SeriesMonitor.Snapshot"/>; empty means no
    /// history.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        foreach (var reason in Detector.Validate().Concat(Rule.Validate()))
        {
            yield return reason;
        }

        if (!(AlertsPerDay > 0) || double.IsInfinity(AlertsPerDay))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"AlertsPerDay must be above 0, was {AlertsPerDay}.");
        }
    }

    /// <summary>The options as text, in which a saved pipeline keeps them.</summary>
    internal string Write(bool hasVolume) => string.Join(
        Separator,
        Detector.Kind,
        Detector.Zone,
        Detector.FrenchHolidays,
        Rule.QuietPoints.ToString(CultureInfo.InvariantCulture),
        Rule.MaxFreeze.Ticks.ToString(CultureInfo.InvariantCulture),
        Rule.OnlyHigherIsBad,
        AlertsPerDay.ToString("R", CultureInfo.InvariantCulture),
        hasVolume,
        Convert.ToBase64String(State.Span));

    internal static SeriesAnomalyOptions Read(ReadOnlySpan<char> text, out bool hasVolume)
    {
        var parts = text.ToString().Split(Separator);
        hasVolume = bool.Parse(parts[7]);
        return new SeriesAnomalyOptions
        {
            Detector = new()
            {
                Kind = Enum.Parse<MetricKind>(parts[0]),
                Zone = parts[1],
                FrenchHolidays = bool.Parse(parts[2])
            },
            Rule = new()
            {
                QuietPoints = int.Parse(parts[3], CultureInfo.InvariantCulture),
                MaxFreeze = TimeSpan.FromTicks(long.Parse(parts[4], CultureInfo.InvariantCulture)),
                OnlyHigherIsBad = bool.Parse(parts[5]),
            },
            AlertsPerDay = double.Parse(parts[6], CultureInfo.InvariantCulture),
            State = Convert.FromBase64String(parts[8]),
        };
    }

    internal SeriesMonitor CreateMonitor() =>
        State.IsEmpty ? new SeriesMonitor(Detector, Rule) : SeriesMonitor.Restore(Detector, Rule, State.Span);
}
