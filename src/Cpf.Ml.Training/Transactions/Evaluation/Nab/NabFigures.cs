using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Transactions.Evaluation.Nab;

/// <summary>Figures of the Numenta benchmark, beside published scores on the whole corpus.</summary>
internal static class NabFigures
{
    private const string Numenta = "https://github.com/numenta/NAB#scoreboard";

    /// <summary>Published on all 58 files: standard, low false positives, low false negatives.</summary>
    public static readonly (string Detector, double[] Scores, string Source)[] Published =
    [
        ("ARTime", [74.9, 65.1, 80.4], "https://github.com/markNZed/ARTimeNAB.jl"),
        ("Numenta HTM", [70.1, 63.1, 74.3], Numenta),
        ("CAD OSE", [69.9, 67.0, 73.2], Numenta),
        ("earthgecko Skyline", [58.2, 46.2, 63.9], Numenta),
        ("Random cut forest", [51.7, 38.4, 59.7], Numenta),
        ("Windowed Gaussian", [39.6, 20.9, 47.4], Numenta),
    ];

    private static readonly (string Id, string Name)[] Columns =
        [("standard", "standard"), ("low-fp", "low false positives"), ("low-fn", "low false negatives")];

    public static IEnumerable<Figure> From(IReadOnlyList<NabSeries> series)
    {
        var best = NabProfile.All.Select(profile => NabScoring.Best(series, profile)).ToList();
        var crossFitted = NabProfile.All.Select(profile => NabScoring.CrossFitted(series, profile)).ToList();
        foreach (var figure in Row(
            "best", "best threshold, as the benchmark scores", best.Select(result => result.Score))
            .Concat(Row(
                "cross-fitted",
                "threshold found on the other half of the files", crossFitted.Select(result => result.Score)))
            .Concat(Published.SelectMany(peer => Row(Figure.Slug(peer.Detector), peer.Detector, peer.Scores)
                .Select(figure => figure with { Source = peer.Source }))))
        {
            yield return figure;
        }

        yield return Figure.Measured("files", "files", series.Count, decimals: 0);
        yield return Figure.Measured("windows", "windows", series.Sum(file => file.Windows.Count), decimals: 0);
        yield return Figure.Measured(
            "windows-found", "windows found at the best standard threshold", best[0].WindowsFound, decimals: 0);
        yield return Figure.Measured(
            "false-rows", "false rows at the best standard threshold", best[0].FalseRows, decimals: 0);
    }

    private static IEnumerable<Figure> Row(string id, string what, IEnumerable<double> scores) => scores.Zip(
        Columns,
        (score, column) =>
            Figure.Measured($"{id}-{column.Id}", what, score, decimals: 1) with { Column = column.Name });
}
