using Cpf.Ml.Worker.Tests.Console;
using Cpf.Ml.Worker.Tests.Ingest;
using Cpf.Ml.Worker.Tests.Publish;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>
/// The service, which pulls from a Prometheus every two seconds and notifies an Alertmanager, with a browser.
/// </summary>
internal sealed class PlatformConsole(PrometheusServer prometheus, AlertmanagerServer alertmanager) : ConsoleFixture
{
    /// <summary>Seconds between points.</summary>
    private const int Step = 2;

    /// <summary>Over a week: less would wake nobody.</summary>
    private const int HistorySeconds = 178 * 3600;

    /// <summary>
    /// The platform was not watched for two hours: what was before is history for sure, and alerts nobody.
    /// </summary>
    private const int PauseSeconds = 7_500;

    /// <summary>What the Prometheus knows when the service asks it for the first time.</summary>
    public static string History(long now) => PlatformFigures.History(now - HistorySeconds, now - PauseSeconds, Step);

    protected override Dictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>(base.Settings)
            {
                ["Publish:Alertmanager:Url"] = alertmanager.Url,

                // A point every two seconds needs shorter times than one a minute.
                ["Alerts:Hold"] = "00:00:04",
                ["Alerts:SweepEvery"] = "00:00:00.5",
                ["Transactions:QuietPoints"] = "6",

                // An alert in a hundred days: whatever alerts in these two minutes was put in.
                ["Alerts:BudgetPerDay"] = "0.01",
            };
            Pull(settings, 0, "transaction_duration_seconds", "operation_duration_seconds", "Duration", "s");
            Pull(settings, 1, "transaction_volume", "operations_per_minute", "Volume", "1/min");
            return settings;
        }
    }

    private void Pull(
        Dictionary<string, string> settings, int number, string name, string metric, string kind, string unit)
    {
        var prefix = $"Ingest:Pull:{number}:";
        settings[prefix + "Name"] = name;
        settings[prefix + "Url"] = prometheus.Address.ToString();

        // A scrape that came late is a missing point, not the last one once more.
        settings[prefix + "Query"] = $"max by (service, operation) (last_over_time({metric}[{2 * Step}s]))";
        settings[prefix + "Kind"] = kind;
        settings[prefix + "Unit"] = unit;
        settings[prefix + "Step"] = TimeSpan.FromSeconds(Step).ToString();
        settings[prefix + "Backfill"] = TimeSpan.FromSeconds(HistorySeconds).ToString();
    }
}
