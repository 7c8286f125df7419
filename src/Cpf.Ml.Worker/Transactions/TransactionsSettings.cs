using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>How series are scored and kept.</summary>
public sealed class TransactionsSettings : IValidated
{
    /// <summary>Time zone of the platform's users, by which days and weeks repeat. Default
    /// <c>Europe/Paris</c>.</summary>
    public string Zone { get; init; } = "Europe/Paris";

    /// <summary>A public holiday behaves like a Sunday. Default true.</summary>
    public bool FrenchHolidays { get; init; } = true;

    /// <summary>Ordinary points in a row that close an alert. Default 10.</summary>
    public int QuietPoints { get; init; } = 10;

    /// <summary>How often detector states are stored; detectors forget what came later in a crash.
    /// Default 30 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Days of scored points kept for charts and comparisons. Default 35: the four weeks before, and
    /// some.</summary>
    public int HistoryDays { get; init; } = 35;

    /// <summary>
    /// A series without samples for so long, and for three of its intervals, is retired: it makes room for another, and
    /// starts cold should it come back. Default 7 days.
    /// </summary>
    public TimeSpan RetireAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Warm series of a service from which on their joint evidence is scored too; 0 scores each by itself
    /// only. Default 3: the strongest is left out, which leaves two.</summary>
    public int JointSeries { get; init; } = 3;

    /// <summary>How long after a deployment p-values are raised, because deviations are expected. Default 30
    /// minutes.</summary>
    public TimeSpan DeploymentWindow { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Folder of a trained model, as <c>cpf-ml train transactions</c> writes it: series in it start warm.
    /// Empty, the default, means none.</summary>
    public string Model { get; init; } = "";

    /// <summary>A series whose trained history ended longer ago starts cold. Default 28 days.</summary>
    public TimeSpan MaxModelAge { get; init; } = TimeSpan.FromDays(28);

    public IEnumerable<string> Validate()
    {
        foreach (var reason in Detector(MetricKind.Gauge).Validate().Concat(Rule(MetricKind.Gauge).Validate()))
        {
            yield return reason;
        }

        if (CheckpointInterval < TimeSpan.FromSeconds(1))
        {
            yield return $"CheckpointInterval must be at least a second, was {CheckpointInterval}.";
        }

        if (RetireAfter < TimeSpan.FromHours(1))
        {
            yield return $"RetireAfter must be at least an hour, was {RetireAfter}: a series that is away for less "
                + $"would start cold.";
        }

        if (DeploymentWindow < TimeSpan.Zero || DeploymentWindow > TimeSpan.FromDays(1))
        {
            yield return $"DeploymentWindow must be 0 to 24 hours, was {DeploymentWindow}: small deviations raise no "
                + $"alert meanwhile.";
        }

        if (JointSeries is < 0 or 1 or 2)
        {
            yield return $"JointSeries must be 0 or at least 3, was {JointSeries}.";
        }

        if (MaxModelAge <= TimeSpan.Zero)
        {
            yield return $"MaxModelAge must be above 0, was {MaxModelAge}.";
        }

        if (HistoryDays < 1)
        {
            yield return $"HistoryDays must be at least 1, was {HistoryDays}.";
        }
    }

    internal SeriesDetectorOptions Detector(MetricKind kind) =>
        new() { Kind = kind, Zone = Zone, FrenchHolidays = FrenchHolidays };

    /// <param name="isJoint">Whether the series is joint evidence, of which only an increase is anomalous.</param>
    internal AlertRuleOptions Rule(MetricKind kind, bool isJoint = false) => new()
    {
        QuietPoints = QuietPoints,
        OnlyHigherIsBad = isJoint || MetricKinds.OnlyHigherIsBad(kind),
    };
}
