using System.Globalization;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Transactions;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Console.Pages;

/// <summary>One series: its history over any range, and what its detector has learnt. The address carries the range.</summary>
public sealed partial class SeriesPage
{
    private const int UsualHours = 6;

    private SeriesStatus? _series;
    private SeriesModel? _model;
    private IReadOnlyList<ScoredPoint> _points = [];
    private long _from;
    private long _to;

    /// <summary>16 hexadecimal digits.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>Left end, Unix milliseconds; null follows the newest points.</summary>
    [SupplyParameterFromQuery]
    public long? From { get; set; }

    /// <summary>Right end, Unix milliseconds.</summary>
    [SupplyParameterFromQuery]
    public long? To { get; set; }

    /// <summary>Length shown up to now, when <see cref="From"/> is not given.</summary>
    [SupplyParameterFromQuery(Name = "hours")]
    public int? AskedHours { get; set; }

    private int Hours => Math.Clamp(AskedHours ?? UsualHours, 1, 24 * 35);

    private (int Hours, string Words)[] Ranges =>
    [
        (1, T("1 heure", "1 hour")),
        (6, T("6 heures", "6 hours")),
        (24, T("1 jour", "1 day")),
        (24 * 7, T("1 semaine", "1 week")),
        (24 * 28, T("4 semaines", "4 weeks")),
    ];

    private string KindName => _series!.Series.Kind switch
    {
        MetricKind.Duration => T("durée", "duration"),
        MetricKind.Volume => T("volume", "volume"),
        MetricKind.ErrorRate => T("taux d'erreur", "error rate"),
        _ => T("mesure", "gauge"),
    };

    private string State
    {
        get
        {
            var series = _series!;
            var last = DateTimeOffset.FromUnixTimeMilliseconds(series.LastTimestamp);
            var value = Ui.Quantity(series.Value, series.Series.Unit);
            var expected = Ui.Quantity(series.Expected, series.Series.Unit);
            return series.IsWarm
                ? T($"{value} {Ui.Ago(last, Reading.NowOf(series))}, attendu {expected}. Score {Ui.Score(series.Score)}.", $"{value} {Ui.Ago(last, Reading.NowOf(series))}, expected {expected}. Score {Ui.Score(series.Score)}.")
                : T($"{value} {Ui.Ago(last, Reading.NowOf(series))}. Le détecteur apprend encore : il ne dit pas que tout va bien, il ne sait pas.", $"{value} {Ui.Ago(last, Reading.NowOf(series))}. The detector is still learning: it does not say that all is well, it does not know.");
        }
    }

    /// <summary>The chart's title says what is to be seen in it.</summary>
    private string Finding
    {
        get
        {
            var flagged = _points.Count(point => point.Flagged);
            return flagged == 0
                ? T("Aucun point signalé dans cette période", "No flagged point in this range")
                : Ui.Count(flagged, new("{0} point signalé dans cette période", "{0} flagged point in this range"), new("{0} points signalés dans cette période", "{0} flagged points in this range"));
        }
    }

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _series = TryReadId(Id, out var id) ? Estate.Find(id) : null;
        if (_series is null)
        {
            return;
        }

        // With a fixed range nothing moves under the reader's eyes; without one the chart follows the newest points.
        _to = To ?? Reading.NowOf(_series).ToUnixTimeMilliseconds();
        _from = From is { } from && from < _to ? from : _to - Hours * 3_600_000L;
        _points = await Estate.HistoryAsync(id, At(_from), At(_to), cancellationToken);
        _model = await Estate.DescribeAsync(id, cancellationToken);
    }

    internal static bool TryReadId(string text, out long id) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private string RangeAddress(int hours) => $"/series/{Id}?hours={hours}";
}
