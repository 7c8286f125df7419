using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Audits the search log whenever it has changed, stores the report, and alerts when a bias appears or
/// disappears.</summary>
internal sealed class ScheduledAudits(NeutralitySettings settings, NeutralityStore store, IncidentSearchStore incidents,
    AlertPipeline pipeline, PeriodicWork periodic, TimeProvider time, ILogger<ScheduledAudits> log) : BackgroundService
{
    private static readonly string Program = typeof(ScheduledAudits).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The log that was audited last, for questions about single offers; null until one was read.</summary>
    public SearchLog? Current { get; private set; }

    /// <summary>Why the last audit failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Logs.Length > 0)
        {
            await periodic.NowAndEveryAsync(nameof(ScheduledAudits), settings.Every, TryAsync, Fail, stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        LastError = null;
    }

    private void Fail(Exception reason)
    {
        // Logged once: the next round finds the same.
        if (LastError != reason.Message)
        {
            Log.AuditFailed(log, settings.Logs, reason.Message);
        }

        LastError = reason.Message;
    }

    /// <returns>Null where this log was audited before.</returns>
    public async Task<AuditReport?> RunAsync(CancellationToken cancellationToken)
    {
        var id = await Task.Run(Fingerprint, cancellationToken);
        if (await store.FindAsync(id, cancellationToken) is { } known)
        {
            // A kill may have come between the audit and its alerts; repeating them changes nothing.
            Current ??= await Task.Run(
                () => SearchLog.Read(settings.Logs, settings.LoadRelevance()), cancellationToken);
            await AlertAsync(AuditReport.Parse(known),
                (await store.ListAsync(cancellationToken)).First(row => row.Id == id).AuditedAt, cancellationToken);
            return null;
        }

        var (read, report) = await Task.Run(
            () => SearchLog.Read(settings.Logs, settings.LoadRelevance()) is var own
                ? (own, AuditReport.Create(own, settings.Audit, Program)) : default, cancellationToken);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        await store.AddAsync(id, at, report, cancellationToken);
        Current = read;
        Log.Audited(log, report.Until,
            report.Verdict.ToString(), report.Lines.Count(line => line.Verdict == NeutralityVerdict.Biased));
        await AlertAsync(report, at, cancellationToken);
        return report;
    }

    /// <summary>Opens what is biased and was not, closes what was and is not.</summary>
    private async Task AlertAsync(AuditReport report, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Only the newest audit alerts.
        if (await store.ListAsync(cancellationToken) is [{ } newest, ..] && newest.AuditedAt > at)
        {
            return;
        }

        var open = (await incidents.FindOpenAlertsAsync(cancellationToken))
            .Where(alert => alert.Rule == NeutralityAlerts.Rule).ToDictionary(alert => alert.SeriesId);
        var changes = NeutralityAlerts.Changes(report, open, at);
        if (changes.Count > 0)
        {
            await pipeline.ProcessAsync(changes, cancellationToken);
        }
    }

    /// <summary>Of the files, the model of relevance and the settings: another tolerance is another audit.</summary>
    private string Fingerprint()
    {
        var settled = string.Create(
            CultureInfo.InvariantCulture, $"{AuditReport.CurrentFormat} {JsonSerializer.Serialize(settings.Audit)}");
        var model =
            settings.Relevance.Length == 0 ? [] : new[] { Path.Combine(settings.Relevance, ModelFolder.ManifestName) };
        return TableFiles.Fingerprint(
            settled, TableFiles.In(settings.Logs, SearchLogContract.Tables).Concat(model))[..32];
    }
}
