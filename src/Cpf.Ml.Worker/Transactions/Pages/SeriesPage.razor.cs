using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Console.Kit.Charts;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>One series: its history over any range, and what its detector has learnt. The address carries the
/// range.</summary>
public sealed partial class SeriesPage
{
    private const int DefaultHours = 6;

    private SeriesStatus? _series;
    private SeriesModel? _model;
    private IReadOnlyList<ScoredPoint> _points = [];
    private List<ChartMark> _marks = [];
    private bool _accepting;
    private long _from;
    private long _to;

    [Inject]
    private NewNormals Normals { get; set; } = null!;

    [Inject]
    private ImportantSeries Important { get; set; } = null!;

    [Inject]
    private ChangeMarks Changes { get; set; } = null!;

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

    private int Hours => Math.Clamp(AskedHours ?? DefaultHours, 1, 24 * 35);

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

    private string SeasonalityWords
    {
        get
        {
            var (share, cycle) = (Math.Round(100 * _model!.Seasonality.Share), _model.Seasonality.Cycle);
            var curve = share < 1
                ? T("l'heure et le jour n'expliquent rien", "hour and day explain nothing")
                : T($"l'heure et le jour expliquent {Ui.Number(share)}\u00a0% des variations",
                    $"hour and day explain {Ui.Number(share)}% of the variation");
            return cycle == TimeSpan.Zero ? curve
                : T($"{curve}, et quelque chose se répète toutes les {Ui.Length(cycle)}",
                    $"{curve}, and something repeats every {Ui.Length(cycle)}");
        }
    }

    private string ShapeWords => _series!.IsImportant
        ? T("série importante : le tracé des 24 derniers points est comparé à ceux des 1\u202f800 d'avant",
            "important series: the shape of the last 24 points is compared with those of the 1,800 before")
        : T("non regardée ; elle l'est sur une série importante", "not tested; it is on an important series");

    private string LearningWords => _model! switch
    {
        { IsSettling: true } => T("une nouvelle normale : rien n'est inhabituel tant que son niveau n'est pas connu",
            "a new normal: nothing is unusual until its level is known"),
        { Learning: Learning.Full } => T("oui", "yes"),
        _ => T("non, une alerte est ouverte : ce qui est habituel ne change pas avant un jour",
            "no, an alert is open: the baseline does not change for a day"),
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
                ? T($"{value} {Ui.Ago(last, Reading.NowOf(series))}, attendu {expected}. "
                    + $"Score {Ui.Score(series.Score)}.", $"{value} {Ui.Ago(last, Reading.NowOf(series))}, "
                        + $"expected {expected}. Score {Ui.Score(series.Score)}.")
                : T($"{value} {Ui.Ago(last, Reading.NowOf(series))}. Le détecteur apprend encore : il ne dit pas que "
                    + $"tout va bien, il ne sait pas.", $"{value} {Ui.Ago(last, Reading.NowOf(series))}. The detector "
                        + $"is still learning: it does not say that all is well, it does not know.");
        }
    }

    /// <summary>The chart's title states its finding.</summary>
    private string Finding
    {
        get
        {
            var flagged = _points.Count(point => point.Flagged);
            return flagged == 0
                ? T("Aucun point signalé dans cette période", "No flagged point in this range")
                : Ui.Count(flagged, new("{0} point signalé dans cette période", "{0} flagged point in this range"),
                    new("{0} points signalés dans cette période", "{0} flagged points in this range"));
        }
    }

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _series = SeriesIdentity.TryReadHex(Id, out var id) ? Estate.Find(id) : null;
        if (_series is null)
        {
            return;
        }

        // With a fixed range nothing moves under the reader's eyes; without one the chart follows the newest points.
        _to = To ?? Reading.NowOf(_series).ToUnixTimeMilliseconds();
        _from = From is { } from && from < _to ? from : _to - Hours * 3_600_000L;
        _points = await Estate.HistoryAsync(id, At(_from), At(_to), cancellationToken);
        _model = await Estate.DescribeAsync(id, cancellationToken);
        _marks = await Changes.FindAsync(_series.Series.Service, id, _from, _to, Ui, cancellationToken);
    }

    private async Task AcceptAsync((string Series, string Reason) wish)
    {
        if (await ActAsync(
                actor => SeriesIdentity.TryReadHex(wish.Series, out var id)
                    ? Normals.AcceptAsync(id, wish.Reason, actor, Gone) : Task.CompletedTask,
                T("Nouvelle normale déclarée : elle vaut à partir du point suivant.",
                    "New normal declared: it holds from the next point on.")))
        {
            _accepting = false;
        }
    }

    private Task<bool> MarkAsync()
    {
        var important = !_series!.IsImportant;
        return ActAsync(
            actor => SeriesIdentity.TryReadHex(Id, out var id) ? Important.MarkAsync(id, important, actor, Gone)
                : Task.CompletedTask,
            important ? T("Série marquée importante.", "Series marked as important.")
                : T("La série n'est plus importante.", "The series is no longer important."));
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private string RangeAddress(int hours) => $"/series/{Id}?hours={hours}";
}
