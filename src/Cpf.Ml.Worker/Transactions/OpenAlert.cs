using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>An alert between two publications.</summary>
/// <param name="Alert">As it was last handed on.</param>
/// <param name="Evidence">Evidence of the point that its document describes.</param>
internal sealed record OpenAlert(Alert Alert, double Evidence)
{
    /// <summary>A stronger point is reported at once, an equal one no more often than this.</summary>
    private static readonly TimeSpan Cadence = TimeSpan.FromMinutes(5);
    private const double Stronger = 1.1;

    /// <param name="at">Time of the newest point.</param>
    /// <param name="evidence">Its evidence.</param>
    public bool IsNews(DateTimeOffset at, double evidence) =>
        evidence > Stronger * Evidence || at - Alert.UpdatedAt >= Cadence;
}
