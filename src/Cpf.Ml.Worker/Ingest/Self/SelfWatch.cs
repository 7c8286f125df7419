using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Self;

/// <summary>Feeds what is measured of this process and its host to the detectors, like any other source.</summary>
internal sealed class SelfWatch(
    SelfSettings settings, Intake intake,
    IngestHealth health, PeriodicWork periodic, TimeProvider time, ILogger<SelfWatch> log) : BackgroundService
{
    public const string SourceName = "self";

    private const string ProcessService = "cpf-ml";
    private const string HostService = "host";

    private readonly Dictionary<string, SeriesTarget> _targets = new(StringComparer.Ordinal);
    private readonly ProcessReading _process = new(time);
    private readonly HostReading _host = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Enabled)
        {
            await periodic.EveryAsync(nameof(SelfWatch), settings.Every, MeasureAsync, Fail, stoppingToken);
        }
    }

    private async Task MeasureAsync(CancellationToken stoppingToken)
    {
        var batch = intake.Batch();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Add(batch, now, ProcessService, _process.Read());
        Add(batch, now, HostService, _host.Read());
        await intake.SubmitAsync(batch, health.Source(SourceName), stoppingToken);
    }

    private void Fail(Exception reason)
    {
        health.Source(SourceName).Fail(reason.Message);
        Log.MeasurementFailed(log, reason.Message);
    }

    private void Add(IntakeBatch batch, long now, string service, IEnumerable<(string Name, double Value)> readings)
    {
        foreach (var (name, value) in readings)
        {
            if (!_targets.TryGetValue(name, out var target))
            {
                _targets[name] = target = new SeriesTarget(new SeriesDescriptor(
                    new SeriesIdentity(name, [new("service", service)]),
                    MetricKind.Gauge, MetricConvention.UnitOf(name), service));
            }

            batch.Count(batch.Add(target, now, value));
        }
    }
}
