using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Worker.Access;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Records in the audit log under which configuration series are scored, and since when.</summary>
internal sealed class ConfigurationHistory(
    AuditLog audit, TransactionsSettings settings, SeriesAlerts alerts) : IHostedService
{
    private const string Action = "configuration.change";
    private const string SettingAction = "setting.change";
    private const string SeriesAction = "series.change";
    private const string AnySeriesAction = "series.";
    private const int Shown = 10;

    /// <summary>A start under another configuration or model than the one before is a change of both.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var last = await audit.ReadAsync(new AuditFilter(Action: Action, Limit: 1), cancellationToken);
        if (last is not [{ Subject: var known }] || known != Version)
        {
            await audit.RecordAsync(
                Actor.System,
                Action,
                Version,
                last is [var before] ? before.Subject : null,
                new
                {
                    settings.Zone,
                    settings.FrenchHolidays,
                    QuietPoints = settings.QuietPoints.ToString(
                    CultureInfo.InvariantCulture),
                    DeploymentWindow = settings.DeploymentWindow.ToString()
                },
                cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A series is sent as another kind: its detector restarted.</summary>
    public Task RecordAsync(KindChange change, CancellationToken cancellationToken) =>
        audit.RecordAsync(Actor.System,
            SeriesAction, change.Series, change.Before.ToString(), change.After.ToString(), cancellationToken);

    /// <summary>Changes of the configuration, of what people set while the service runs, and of the series itself;
    /// newest first.</summary>
    /// <param name="series">Its key.</param>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(string series, CancellationToken cancellationToken) =>
    [
        .. (await audit.ReadAsync(new AuditFilter(Action: Action, Limit: Shown), cancellationToken))
            .Concat(await audit.ReadAsync(new AuditFilter(Action: SettingAction, Limit: Shown), cancellationToken))
            .Concat(await audit.ReadAsync(
                new AuditFilter(Action: AnySeriesAction, Subject: series, Limit: Shown), cancellationToken))
            .OrderByDescending(entry => entry.At)
            .Take(Shown),
    ];

    private string Version => $"{SeriesDetector.Model} {alerts.Configuration}";
}
