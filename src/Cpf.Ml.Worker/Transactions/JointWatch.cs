using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Hands the joint evidence of each service to its detector, minute by minute, through the door that all
/// points take.</summary>
internal sealed class JointWatch(
    JointEvidence evidence, Intake intake,
    SeriesCatalog catalog, IngestHealth health, PeriodicWork periodic, ILogger<JointWatch> log) : BackgroundService
{
    public const string SourceName = "joint-evidence";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TargetCache<string, SeriesTarget> _targets = new(catalog, target => [target]);

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
            var target = _targets.GetOrAdd(minute.Service, service => new SeriesTarget(
                new SeriesIdentity(JointEvidence.Metric, [new("service", service)]), MetricKind.Gauge, "", service));
            (target.Clock, target.AlertsFrom) = (minute.Clock, minute.AlertsFrom);
            target.Attach(catalog);
            batch.Count(batch.Add(target, minute.At, minute.Value));
        }

        await intake.SubmitAsync(batch, health.Source(SourceName), cancellationToken);
    }
}
