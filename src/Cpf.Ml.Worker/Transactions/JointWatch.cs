using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Submits the joint evidence of each service minute by minute, as any other source does.</summary>
internal sealed class JointWatch(
    JointEvidence evidence, Intake intake,
    IngestHealth health, PeriodicWork periodic, ILogger<JointWatch> log) : BackgroundService
{
    public const string SourceName = "joint-evidence";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(JointWatch), Interval,
        HandOverAsync, reason => Log.JointEvidenceFailed(log, reason), stoppingToken);

    /// <summary>Called by the timer and by tests.</summary>
    internal async Task HandOverAsync(CancellationToken cancellationToken)
    {
        var minutes = evidence.Close();
        if (minutes.Count == 0)
        {
            return;
        }

        var batch = intake.Batch();
        foreach (var minute in minutes)
        {
            var series = new SeriesDescriptor(
                new SeriesIdentity(JointEvidence.Metric, [new("service", minute.Service)]),
                MetricKind.Gauge, "", minute.Service)
            {
                Clock = minute.Clock,
                AlertsFrom = minute.AlertsFrom,
            };
            batch.Count(batch.Add(new SeriesTarget(series), minute.At, minute.Value));
        }

        await intake.SubmitAsync(batch, health.Source(SourceName), cancellationToken);
    }
}
