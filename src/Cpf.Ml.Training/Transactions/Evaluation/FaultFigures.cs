using Cpf.Ml.Scoring.Transactions.Alerting;
using System.Globalization;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>Figures of <c>evaluate transactions</c>.</summary>
internal static class FaultFigures
{
    private static readonly double[] Prices = TransactionsEvaluation.FalseBlocks;

    public static IEnumerable<Figure> From(
        IReadOnlyList<LabelledSeries> series,
        EvaluationFigures figures,
        IEnumerable<WarmStart.Result> starts,
        IEnumerable<(string Name, List<ScoredSeries> Scored)> peers) =>
        [
            .. Found(figures.Recalls),
            .. Recipes(series).Concat(peers).SelectMany(peer => Row(
                Figure.Slug(peer.Name), peer.Name, Prices.Select(price => EventScoring.At(peer.Scored, price).Share))),
            .. Groups("fault", figures.Recalls, recall => recall.ByFault),
            .. Groups("kind", figures.Recalls, recall => recall.ByKind),
            Figure.Measured("series", $"series of {TransactionsEvaluation.Days} days", series.Count, decimals: 0),
            Figure.Measured("faults", "faults", series.Sum(labelled => labelled.Events.Count), decimals: 0),
            .. figures.Exceedances.Zip(TransactionsEvaluation.Nominal, (observed, nominal) => Figure.Measured(
                Text($"exceedance-{nominal}"), Text($"p-values of at most {nominal}: observed for each promised"),
                observed, decimals: 1)),
            .. Alerts(figures.Alerts),
            .. FirstDays(starts),
        ];

    private static IEnumerable<(string Name, List<ScoredSeries> Scored)> Recipes(
        IReadOnlyList<LabelledSeries> series) => Baselines.All.Select(recipe =>
            (recipe.Name,
                series.Select(labelled => new ScoredSeries(labelled, recipe.Evidence(labelled), [], [])).ToList()));

    private static IEnumerable<Figure> Found(IReadOnlyList<EventScoring.Recall> recalls) =>
        Row("found", "Cpf.Ml", recalls.Select(recall => recall.Share));

    private static IEnumerable<Figure> Groups(
        string group,
        IReadOnlyList<EventScoring.Recall> recalls,
        Func<EventScoring.Recall, IReadOnlyDictionary<string, double>> shares) =>
        shares(recalls[0]).Keys.SelectMany(name => Row(
            $"{group}-{Figure.Slug(name)}", $"Cpf.Ml, {group}: {name}",
            recalls.Select(recall => shares(recall)[name])));

    private static IEnumerable<Figure> Row(string id, string what, IEnumerable<double> shares) => shares.Zip(
        Prices,
        (share, price) => Figure.Measured(Text($"{id}-at-{price}"), what, share) with { Column = Text($"{price}") });

    private static IEnumerable<Figure> Alerts(ReliabilityScoring.Alerts alerts) =>
    [
        Figure.Measured("alerts-false", "false alerts a series and day", alerts.PerDay)
            .For(Text($"{AlertRuleOptions.DefaultAlertsPerDay}"),
                alerts.PerDay <= AlertRuleOptions.DefaultAlertsPerDay),
        Figure.Measured("alerts-at-fault", "alerts that are at a fault", 100 * alerts.Precision, "%", 0),
        Figure.Measured("faults-alerted", "faults that raise an alert", 100 * alerts.Recall, "%", 0),
        Figure.Measured("alert-delay", "points from a fault to its alert, median", alerts.Delay, decimals: 0),
    ];

    private static IEnumerable<Figure> FirstDays(IEnumerable<WarmStart.Result> starts)
    {
        foreach (var start in starts)
        {
            var id = $"first-{start.Days}-days-{start.Start}";
            var days = $"first {start.Days} days, {start.Start} start";
            yield return Figure.Measured(id + "-faults", days + ": faults", start.Events, decimals: 0);
            yield return Figure.Measured(id + "-alerted", days + ": faults alerted", start.Found, decimals: 0);
            yield return Figure.Measured(id + "-false", days + ": false alerts a series and day", start.FalsePerDay);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
