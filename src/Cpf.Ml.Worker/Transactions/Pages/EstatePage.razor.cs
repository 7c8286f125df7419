using Cpf.Ml.Worker.Console.Kit.Charts;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>All series at a glance. The address carries view, filters and the open row.</summary>
public sealed partial class EstatePage
{
    private const int MaxRows = 1000;

    private List<EstateGroup> _groups = [];
    private int _total;
    private int _alerting;
    private int _shown = 50;

    [SupplyParameterFromQuery]
    public string? View { get; set; }

    [SupplyParameterFromQuery]
    public string? Only { get; set; }

    [SupplyParameterFromQuery]
    public string? Region { get; set; }

    [SupplyParameterFromQuery]
    public string? Channel { get; set; }

    [SupplyParameterFromQuery]
    public string? Open { get; set; }

    /// <summary>A cell of the open row was chosen: the page goes on to its series with the highest score.</summary>
    [SupplyParameterFromQuery]
    public int? Cell { get; set; }

    private bool ByPlace => View == "place";

    private string Summary => _alerting == 0
        ? Ui.Count(_total, new("{0} série, aucune en alerte", "{0} series, none alerting"),
            new("{0} séries, aucune en alerte", "{0} series, none alerting"))
        : Ui.Count(_total, new("{0} série", "{0} series"), new("{0} séries", "{0} series")) + ", "
          + Ui.Count(_alerting, new("{0} en alerte", "{0} alerting"), new("{0} en alerte", "{0} alerting"));

    protected override Task RefreshAsync(CancellationToken cancellationToken)
    {
        var all = Reading.Series();
        _total = all.Count;
        _alerting = all.Count(series => series.AlertOpen);
        _groups = EstateGroup.By(all.Where(Matches), series => series.Series.Service);
        if (Cell is { } cell && _groups.Find(group => group.Name == Open)?.WorstIn(cell) is { } worst)
        {
            OpenSeries(worst, cell);
        }

        return Task.CompletedTask;
    }

    private void OpenSeries(SeriesStatus series, int cell)
    {
        var now = Reading.NowOf(series).ToUnixTimeMilliseconds();
        var id = SeriesIdentity.Hex(series.Series.Identity.Id);
        var end = now - (long)((Estate.CellCount - 1 - cell) * Estate.CellLength.TotalMilliseconds);
        var room = (long)TimeSpan.FromHours(2).TotalMilliseconds;
        Navigation.NavigateTo(
            $"/series/{id}?from={end - room}&to={Math.Min(end + room, now)}");
    }

    private bool Matches(SeriesStatus series) =>
        (Only is null || series.AlertOpen || series.Cells.Any(cell => CellsPicture.Level(cell) >= CellLevel.Unusual))
        && (Region is null || series.Series.Identity.Labels.GetValueOrDefault("region") == Region)
        && (Channel is null || series.Series.Identity.Labels.GetValueOrDefault("channel") == Channel);

    private string With(string name, string? value) => With((name, value));

    private string With(params (string Name, string? Value)[] changes)
    {
        var query = changes.Prepend(("cell", null)).GroupBy(change => change.Item1)
            .ToDictionary(change => change.Key, change => (object?)change.Last().Item2);
        var address = Navigation.GetUriWithQueryParameters(query);
        return "/" + Navigation.ToBaseRelativePath(address).Replace("%7Bcell%7D", "{cell}", StringComparison.Ordinal);
    }

    private string InWords(byte[] cells)
    {
        var unusual = cells.Count(cell => CellsPicture.Level(cell) >= CellLevel.Unusual);
        var missing = cells.Count(cell => cell == CellsPicture.NoData);
        var worst = cells.Where(cell => cell != CellsPicture.NoData).DefaultIfEmpty().Max();
        return missing == cells.Length
            ? T("Aucune donnée en 12 heures", "No data in 12 hours")
            : T($"12 dernières heures : pire score {worst}, {unusual} tranches inhabituelles, {missing} sans donnée "
                + $"sur {cells.Length}",
                $"Last 12 hours: worst score {worst}, {unusual} unusual cells, {missing} without data "
                    + $"of {cells.Length}");
    }
}
