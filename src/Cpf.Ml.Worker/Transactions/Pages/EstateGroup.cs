using Cpf.Ml.Worker.Console.Kit.Charts;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>A group of series: one row of the estate page.</summary>
/// <param name="Name">A service, or region and channel.</param>
/// <param name="Series">Open alerts first, then by score.</param>
/// <param name="Cells">Worst score of any series, cell by cell.</param>
internal sealed record EstateGroup(string Name, IReadOnlyList<SeriesStatus> Series, byte[] Cells)
{
    /// <summary>Series with an open alert.</summary>
    public int Alerts { get; } = Series.Count(series => series.AlertOpen);

    /// <summary>False while every detector is still learning: then nobody knows whether all is well.</summary>
    public bool IsWarm { get; } = Series.Any(series => series.IsWarm);

    public double Worst { get; } = Series.Where(series => series.IsWarm)
        .Select(series => series.Score).DefaultIfEmpty().Max();

    /// <summary>Groups by <paramref name="key"/>, in the order: open alerts, worst score now, worst scores of
    /// the hours shown.</summary>
    public static List<EstateGroup> By(IEnumerable<SeriesStatus> series, Func<SeriesStatus, string> key) =>
        [.. series.GroupBy(key, StringComparer.Ordinal).Select(Of)
            .OrderByDescending(group => group.Alerts)
            .ThenByDescending(group => CellsPicture.Level((byte)group.Worst))
            .ThenByDescending(
                group => group.Cells.Where(cell => cell != CellsPicture.NoData).Sum(cell => Math.Max(0, cell - 60)))
            .ThenBy(group => group.Name, StringComparer.Ordinal)];

    private static EstateGroup Of(IGrouping<string, SeriesStatus> group)
    {
        var series = group
            .OrderByDescending(status => status.AlertOpen)
            .ThenByDescending(status => status.Score)
            .ThenByDescending(status => status.Cells.Where(cell => cell != CellsPicture.NoData).DefaultIfEmpty().Max())
            .ThenBy(status => status.Series.Identity.Key, StringComparer.Ordinal)
            .ToList();
        return new EstateGroup(group.Key, series, WorstCells(series));
    }

    /// <summary>The series with the highest score in a cell; null when none had data there.</summary>
    public SeriesStatus? WorstIn(int cell) => Series
        .Where(series => cell >= 0 && cell < series.Cells.Length && series.Cells[cell] != CellsPicture.NoData)
        .MaxBy(series => series.Cells[cell]);

    private static byte[] WorstCells(List<SeriesStatus> series)
    {
        var worst = new byte[Estate.CellCount];
        Array.Fill(worst, CellsPicture.NoData);
        foreach (var cells in series.Select(status => status.Cells))
        {
            for (var i = 0; i < Math.Min(cells.Length, worst.Length); i++)
            {
                worst[i] = (worst[i], cells[i]) switch
                {
                    (CellsPicture.NoData, var score) => score,
                    (var score, CellsPicture.NoData) => score,
                    var (left, right) => Math.Max(left, right),
                };
            }
        }

        return worst;
    }
}
