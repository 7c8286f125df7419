using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Console.Kit.Charts;

/// <summary>The chart of one series: observed, expected, bands, flagged points and missing data, with its
/// table.</summary>
public sealed partial class SeriesChart
{
    private ChartPicture _picture = new([], 0, 1, true);
    private string _readout = "[]";
    private bool _asTable;

    /// <summary>Distinguishes the charts of a page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>States the finding, not the name of the series.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public int HeadingLevel { get; set; } = 2;

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ScoredPoint> Points { get; set; } = [];

    /// <summary>Left end, Unix milliseconds, inclusive.</summary>
    [Parameter, EditorRequired]
    public long From { get; set; }

    /// <summary>Right end, Unix milliseconds, exclusive.</summary>
    [Parameter, EditorRequired]
    public long To { get; set; }

    [Parameter, EditorRequired]
    public string Unit { get; set; } = "";

    [Parameter]
    public MetricKind Kind { get; set; }

    /// <summary>Where the figure comes from.</summary>
    [Parameter]
    public string Source { get; set; } = "";

    /// <summary>Maintenance and other things worth knowing about, on the axis.</summary>
    [Parameter]
    public IReadOnlyList<ChartMark> Marks { get; set; } = [];

    /// <summary>Address of the page with <c>{from}</c> and <c>{to}</c> for Unix milliseconds; null when the range is
    /// fixed.</summary>
    [Parameter]
    public string? ZoomAddress { get; set; }

    [Parameter]
    public string? CsvAddress { get; set; }

    /// <summary>Marks repeated as text below the chart: on the chart a label may be cut and has no time.</summary>
    private List<ChartMark> Shown =>
        [.. Marks.Where(mark => mark.To > From && mark.From < To).OrderBy(mark => mark.From)];

    private string AxisName => $"{Ui.UnitName(Unit)} · {Ui.ClockName}";

    private string Keys => ZoomAddress is null
        ? T("Graphique. Flèches gauche et droite : lire les points.", "Chart. Left and right arrows: read the points.")
        : T("Graphique. Flèches gauche et droite : lire les points. Plus et moins : zoomer.",
            "Chart. Left and right arrows: read the points. Plus and minus: zoom.");

    private string Wording => JsonSerializer.Serialize(new
    {
        language = Ui.Language,
        observed = T("observé", "observed"),
        expected = T("attendu", "expected"),
        ordinary = T("ordinaire", "ordinary"),
        missing = T("donnée manquante", "missing"),
    });

    protected override void OnParametersSet()
    {
        _picture = new ChartPicture(Points, From, To, Kind != MetricKind.Gauge);
        _readout = JsonSerializer.Serialize(_picture.Columns.Select(column => new object?[]
        {
            column.At,
            Ui.Quantity(column.High, Unit),
            Ui.Quantity(column.Expected, Unit),
            double.IsNaN(column.Lower99) ? ""
                : $"{Ui.Quantity(column.Lower99, Unit)} – {Ui.Quantity(column.Upper99, Unit)}",
            Ui.Moment(column.At),
        }));
    }

    /// <param name="factor">Of the length shown; 0.5 shows half.</param>
    /// <param name="shift">Of the length shown, to the right.</param>
    private string Zoomed(double factor, double shift)
    {
        var length = Math.Max(To - From, 60_000);
        var middle = From + length / 2.0 + shift * length;
        return ZoomAddress!
            .Replace("{from}", Instant(middle - factor * length / 2), StringComparison.Ordinal)
            .Replace("{to}", Instant(middle + factor * length / 2), StringComparison.Ordinal);
    }

    private static string Instant(double milliseconds) => ((long)milliseconds).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Something known about a stretch of time. Unix milliseconds, UTC.</summary>
public sealed record ChartMark(long From, long To, string Label);
