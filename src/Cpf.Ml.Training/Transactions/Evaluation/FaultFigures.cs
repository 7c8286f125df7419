using System.Globalization;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>Figures of <c>evaluate transactions</c>.</summary>
internal static class FaultFigures
{
    public static IEnumerable<Figure> From(
        IReadOnlyList<LabelledSeries> series, EvaluationFigures figures, IEnumerable<WarmStart.Result> starts, IEnumerable<(string Name, List<ScoredSeries> Scored)> peers)
    {
        var recalls = figures.Recalls;
        List<(string Id, string What, IEnumerable<double> Shares)> rows = [("found", "Cpf.Ml", recalls.Select(recall => recall.Share))];
        foreach (var (name, scored) in Baselines.All
            .Select(recipe => (recipe.Name, series.Select(one => new ScoredSeries(one, recipe.Evidence(one), [], [])).ToList())).Concat(peers))
        {
            rows.Add((Figure.Slug(name), name, TransactionsEvaluation.FalseBlocks.Select(price => EventScoring.At(scored, price).Share)));
        }

        rows.AddRange(recalls[0].ByFault.Keys.Select(fault => ("fault-" + Figure.Slug(fault), "Cpf.Ml, fault: " + fault, recalls.Select(recall => recall.ByFault[fault]))));
        rows.AddRange(recalls[0].ByKind.Keys.Select(kind => ("kind-" + Figure.Slug(kind), "Cpf.Ml, metric: " + kind, recalls.Select(recall => recall.ByKind[kind]))));
        foreach (var (id, what, shares) in rows)
        {
            foreach (var (share, price) in shares.Zip(TransactionsEvaluation.FalseBlocks))
            {
                yield return Figure.Measured(Text($"{id}-at-{price}"), what, share) with { Column = Text($"{price}") };
            }
        }

        yield return Figure.Measured("series", $"series of {TransactionsEvaluation.Days} days", series.Count, decimals: 0);
        yield return Figure.Measured("faults", "faults", series.Sum(one => one.Events.Count), decimals: 0);
        foreach (var (observed, nominal) in figures.Exceedances.Zip(TransactionsEvaluation.Nominal))
        {
            yield return Figure.Measured(Text($"exceedance-{nominal}"), Text($"p-values of at most {nominal}: observed for each promised"), observed, decimals: 1);
        }

        var alerts = figures.Alerts;
        yield return Figure.Measured("alerts-false", "false alerts a series and day", alerts.PerDay).For(Text($"{ScoreCommand.DefaultBudget}"), alerts.PerDay <= ScoreCommand.DefaultBudget);
        yield return Figure.Measured("alerts-at-fault", "alerts that are at a fault", 100 * alerts.Precision, "%", 0);
        yield return Figure.Measured("faults-alerted", "faults that raise an alert", 100 * alerts.Recall, "%", 0);
        yield return Figure.Measured("alert-delay", "points from a fault to its alert, median", alerts.Delay, decimals: 0);
        foreach (var start in starts)
        {
            var (id, days) = ($"first-{start.Days}-days-{start.Start}", $"first {start.Days} days, {start.Start} start");
            yield return Figure.Measured(id + "-faults", days + ": faults", start.Events, decimals: 0);
            yield return Figure.Measured(id + "-alerted", days + ": of which alerted", start.Found, decimals: 0);
            yield return Figure.Measured(id + "-false", days + ": false alerts a series and day", start.FalsePerDay);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
