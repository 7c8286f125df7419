using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Adds to an alert what only the store knows: the same moment of the weeks before.</summary>
internal sealed class AlertContext(PointHistory history)
{
    private const int Weeks = 4;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    public async Task<AlertChange> CompleteAsync(AlertChange change, CancellationToken cancellationToken)
    {
        var alert = change.Alert;
        if (alert.Document.PastWeeks.Length > 0 || change.Transition is not (AlertTransition.Open or AlertTransition.Escalate))
        {
            return change;
        }

        var seriesId = unchecked((long)Convert.ToUInt64(alert.SeriesId, 16));
        var past = new List<PastMoment>(Weeks);
        for (var week = 1; week <= Weeks; week++)
        {
            var at = alert.UpdatedAt.AddDays(-7 * week);
            var points = await history.ReadAsync(seriesId, at - Tolerance, at + Tolerance, cancellationToken);
            past.AddRange(points.Where(point => float.IsFinite(point.Value))
                .OrderBy(point => Math.Abs(point.Timestamp - at.ToUnixTimeMilliseconds()))
                .Take(1)
                .Select(point => new PastMoment(DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp), point.Value)));
        }

        return change with { Alert = alert with { Document = alert.Document with { PastWeeks = [.. past] } } };
    }
}
