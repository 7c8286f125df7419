using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>What other settings would have changed of the alerts of a series, over the past that is kept.</summary>
/// <remarks>
/// Both settings are replayed from nothing, over the same points. Attempts behind error rates are not kept with the
/// points, deployments and new normals are not replayed: it is a comparison of settings, not the story of the alerts
/// that were.
/// </remarks>
internal sealed class SeriesWhatIf(
    SeriesCatalog catalog,
    Estate estate, AlertsPerPoint perPoint, AlertBudget budget, TransactionsSettings settings, TimeProvider time)
{
    /// <param name="budgetPerDay">False alerts a day over the whole estate.</param>
    /// <param name="quietPoints">As <see cref="TransactionsSettings.QuietPoints"/>.</param>
    /// <returns>Null when the series is unknown.</returns>
    public async Task<WhatIfAnswer?> CompareAsync(
        long seriesId, double budgetPerDay, int quietPoints, CancellationToken cancellationToken)
    {
        if (catalog.Find(seriesId)?.Watched is not WatchedSeries series)
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

        var now = (series.Entry.Clock ?? time).GetUtcNow();
        var kept = await estate.HistoryAsync(seriesId, now.AddDays(-settings.HistoryDays), now, cancellationToken);
        List<Observation> points = [.. kept.Select(point => new Observation(point.Timestamp, point.Value))];
        var (kind, joint) = (series.Entry.Kind, series.Entry.IsJoint);
        var usual = new JudgingOptions(settings.Detector(kind) with { Important = series.Watch.Detector.IsImportant },
            settings.Rule(kind, joint), perPoint.Value * series.PointsPerDay);
        var other = usual with
        {
            Rule = usual.Rule with { QuietPoints = quietPoints },
            AlertsPerDay = usual.AlertsPerDay * budgetPerDay / budget.PerDay,
        };
        var difference = await Task.Run(() => AlertReplay.Compare(points, usual, other), cancellationToken);
        return new WhatIfAnswer(points.Count,
            points.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(points[0].Timestamp), difference);
    }
}

/// <param name="Points">Replayed.</param>
/// <param name="From">Of the oldest, UTC; null when there is none.</param>
internal sealed record WhatIfAnswer(int Points, DateTimeOffset? From, AlertDifference Difference);
