using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console.Kit.Charts;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Transactions.Pages;

public sealed partial class IncidentCharts
{
    /// <summary>Alerts that the page shows, the leading one included.</summary>
    private const int MaxShown = 7;

    private static readonly TimeSpan Before = TimeSpan.FromHours(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(30);

    private List<SmallChart> _charts = [];
    private List<Alert> _others = [];
    private List<ChartMark> _marks = [];
    private long _from;
    private long _to;
    private (string, long, long?, long?) _read;

    [Inject]
    private Estate Estate { get; set; } = null!;

    [Inject]
    private EstateReading Reading { get; set; } = null!;

    [Inject]
    private ChangeMarks Changes { get; set; } = null!;

    [Inject]
    private Silencing Silences { get; set; } = null!;

    [Parameter, EditorRequired]
    public Incident Incident { get; set; } = null!;

    /// <summary>Unix milliseconds; null for the default range around the incident.</summary>
    [Parameter]
    public long? From { get; set; }

    [Parameter]
    public long? To { get; set; }

    protected override TimeSpan Every => TimeSpan.FromSeconds(15);

    /// <summary>The page around is drawn again at every letter of a comment; charts are read again when they show
    /// something else.</summary>
    protected override Task OnParametersSetAsync()
    {
        var asked = (Incident.Id, Incident.Version, From, To);
        if (asked == _read)
        {
            return Task.CompletedTask;
        }

        _read = asked;
        return base.OnParametersSetAsync();
    }

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var present = Reading.NowOf(Incident);
        var end = Incident.ClosedAt is { } closed && closed + After < present ? closed + After : present;
        _to = To ?? end.ToUnixTimeMilliseconds();
        _from = From is { } from && from < _to ? from : (Incident.OpenedAt - Before).ToUnixTimeMilliseconds();
        var charts = new List<SmallChart>();
        var shown = Incident.Alerts.DistinctBy(alert => alert.SeriesId).Take(MaxShown).ToList();
        foreach (var alert in shown)
        {
            if (SeriesIdentity.TryReadHex(alert.SeriesId, out var id) && Estate.Find(id) is { } series)
            {
                var points = await Estate.HistoryAsync(
                    id, DateTimeOffset.FromUnixTimeMilliseconds(_from),
                    DateTimeOffset.FromUnixTimeMilliseconds(_to), cancellationToken);
                var kind = series.Series.Kind;
                charts.Add(new SmallChart(
                    alert, points, kind, new ChartPicture(points, _from, _to, kind != MetricKind.Gauge, 250)));
            }
        }

        _charts = charts;
        var lead = charts.Count > 0 ? charts[0].Alert : shown[0];
        _others = [.. shown.Where(alert => alert.Id != lead.Id)];
        _marks = [.. (await Silences.ListAsync(cancellationToken))
            .Where(silence => silence.Kind == SilenceKind.Maintenance && Incident.Alerts.Any(silence.Covers))
            .Select(silence => new ChartMark(
                silence.StartsAt.ToUnixTimeMilliseconds(),
                (silence.EndedAt ?? silence.EndsAt).ToUnixTimeMilliseconds(), silence.Reason))];
        if (charts.Count > 0 && SeriesIdentity.TryReadHex(lead.SeriesId, out var leading))
        {
            _marks.AddRange(await Changes.FindAsync(Incident.Service, leading, _from, _to, Ui, cancellationToken));
        }
    }

    private string WhyNoChart => Incident.Capability == Capability.Neutrality
        ? T("Cette alerte porte sur une comparaison d'un audit : les faits sont ci-dessous.",
            "This alert is about a comparison of an audit: the facts are below.")
        : T("Cette alerte ne porte pas sur une série suivie, mais sur une source ou une limite : "
                + "les faits sont ci-dessous.",
            "This alert is not about a watched series, but about a source or a limit: the facts are below.");

    private string OthersTitle
    {
        get
        {
            var subject = CapabilityWords.Subject(Incident.Capability);
            var many = CapabilityWords.Subjects(Incident.Capability);
            return Ui.Count(
                Incident.Alerts.Length - 1,
                new($"{{0}} autre {subject.Fr} contribue", $"{{0}} more {subject.En} contributes"),
                new($"{{0}} autres {many.Fr} contribuent", $"{{0}} more {many.En} contribute"));
        }
    }

    private string MoreInTheRecord => Ui.Count(
        Incident.Alerts.Length - MaxShown,
        new("{0} autre, moins marquée, est dans les données brutes.", "{0} more, less marked, is in the raw record."),
        new("{0} autres, moins marquées, sont dans les données brutes.",
            "{0} more, less marked, are in the raw record."));

    private string Sentence(Alert alert) => Ui.T(AlertSentences.Dated(
        alert.Document.Sentence, alert.Document.Since, Reading.NowOf(Incident), Ui.Zone));

    private string SeriesAddress(string id) => $"/series/{id}?from={_from}&to={_to}";

    private string PointsAddress(string id) => $"/series/{id}/points.csv?from={_from}&to={_to}&language={Ui.Language}";

    /// <summary>The chart's title says what is to be seen in it.</summary>
    private string Finding(SmallChart chart)
    {
        var document = chart.Alert.Document;
        if (document.Observed is not { } observed)
        {
            return Ui.T(document.Sentence);
        }

        var seen = Ui.Quantity(observed, document.Unit);
        return document.Expected is { } expected
            ? T($"{seen} au plus fort, {Ui.Quantity(expected, document.Unit)} attendu",
                $"{seen} at its strongest, {Ui.Quantity(expected, document.Unit)} expected")
            : T($"{seen} au plus fort", $"{seen} at its strongest");
    }

    private sealed record SmallChart(
        Alert Alert, IReadOnlyList<ScoredPoint> Points, MetricKind Kind, ChartPicture Picture);
}
