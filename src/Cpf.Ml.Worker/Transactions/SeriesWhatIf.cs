using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Compares the alerts of a series under other settings, over the points that are kept.</summary>
/// <remarks>
/// Both settings are replayed from nothing, over the same points. Attempts behind error rates are not kept with the
/// points, deployments and new normals are not replayed: it is a comparison of settings, not a record of the
/// actual alerts.
/// </remarks>
internal sealed class SeriesWhatIf(
    Partitions partitions,
    Estate estate, AlertsPerPoint perPoint, AlertBudget budget, TransactionsSettings settings, TimeProvider time)
{
    /// <param name="budgetPerDay">False alerts a day over the whole estate.</param>
    /// <param name="quietPoints">As <see cref="TransactionsSettings.QuietPoints"/>.</param>
    /// <returns>Null when the series is unknown.</returns>
    public async Task<WhatIfAnswer?> CompareAsync(
        long seriesId, double budgetPerDay, int quietPoints, CancellationToken cancellationToken)
    {
        if (partitions.Find(seriesId) is not var (series, state))
        {
            return null;
        }

        if (!AlertBudget.IsValid(budgetPerDay))
        {
            throw Refusals.Bad(
                $"Le budget va de {AlertBudget.Min} à {AlertBudget.Max} alertes par jour.",
                $"perDay must be {AlertBudget.Min} to {AlertBudget.Max}, was {budgetPerDay}.");
        }

        if (quietPoints is < 1 or > 1440)
        {
            throw Refusals.Bad("Les points ordinaires de suite vont de 1 à 1440.",
                $"quietPoints must be 1 to 1440, was {quietPoints}.");
        }

        var now = (series.Clock ?? time).GetUtcNow();
        var kept = await estate.HistoryAsync(seriesId, now.AddDays(-settings.HistoryDays), now, cancellationToken);
        List<Observation> points = [.. kept.Select(point => new Observation(point.Timestamp, point.Value))];
        var (kind, joint) = (series.Kind, series.IsJoint);
        var present =
            new JudgingOptions(settings.Detector(kind) with { Important = state.Monitor.Detector.IsImportant },
            settings.Rule(kind, joint), perPoint.Value * state.PointsPerDay);
        var other = present with
        {
            Rule = present.Rule with { QuietPoints = quietPoints },
            AlertsPerDay = present.AlertsPerDay * budgetPerDay / budget.PerDay,
        };
        var difference = await Task.Run(() => AlertReplay.Compare(points, present, other), cancellationToken);
        return new WhatIfAnswer(points.Count,
            points.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(points[0].Timestamp), difference);
    }
}

/// <param name="Points">Number of points replayed.</param>
/// <param name="From">Time of the oldest point, UTC; null when there is none.</param>
internal sealed record WhatIfAnswer(int Points, DateTimeOffset? From, AlertDifference Difference);
