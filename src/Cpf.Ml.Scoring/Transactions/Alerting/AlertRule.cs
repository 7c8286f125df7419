using System.Buffers;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>Opens and closes the alerts of a series under a budget of false alerts, by a CUSUM of the surprisal of its
/// points.</summary>
/// <remarks>
/// <para>
/// A cumulative sum of −log₁₀ p (Page 1954, <i>Continuous inspection schemes</i>) with a drift of 1: ordinary points
/// draw it to zero, anomalous ones add up. It leaves zero at a point of 1 in 100 or rarer only, and what a less
/// anomalous point adds afterwards counts for a tenth: tests with a memory keep firing after a single outlier, and
/// neighbours that look back on the same hour share one cause. For independent uniform p-values it exceeds a threshold
/// h in a share of at most 10^(−θh) of points, where θ solves E[p^(−θ)] = 10^θ, that is (1 − θ)·10^θ = 1. A single
/// point contributes at most the surprisal of 1 in 100 000; persistence can exceed it. The threshold rises where the
/// statistic climbs higher without a change (<see cref="CusumPeakDistribution"/>), as under autocorrelated noise.
/// </para>
/// <para>One writer, constant size.</para>
/// </remarks>
public sealed class AlertRule : ISnapshot<AlertRule, AlertRuleOptions>
{
    /// <summary>Of a p-value of 1 in 100 000.</summary>
    private const double MaxSurprisalPerPoint = 5;
    private const double Drift = 1;

    /// <summary>0.8629 for independent points. Tests look back a few points, so the p-values of neighbours are
    /// correlated: on white noise 0.75 keeps the budget.</summary>
    private const double Theta = 0.75;

    /// <summary>Decades above the threshold: a million times rarer than the budget allows.</summary>
    private const double CriticalMargin = 6;
    private const double Suspicious = 0.01;

    /// <summary>An alert within twice the quiet points that closed the last one is a relapse.</summary>
    private const int RelapseFactor = 2;

    /// <summary>At ten quiet points initially, 160 at most.</summary>
    private const int MaxRelapses = 4;

    /// <summary>Weight of a point above 1 in 100: the tests that it shares with its neighbours look back ten points and
    /// more.</summary>
    private const double EchoWeight = 0.1;

    /// <summary>Version 2 added the relapses and whether the alert is beyond doubt.</summary>
    private const byte StateVersion = 2;

    private readonly AlertRuleOptions _options;
    private readonly CusumPeakDistribution _peaks = new();
    private RuleState _s;

    /// <summary>A rule that has seen no point.</summary>
    /// <param name="options">When alerts close, and what they are raised for.</param>
    public AlertRule(AlertRuleOptions options) => _options = options;

    /// <summary>Whether an alert is open.</summary>
    public bool IsOpen => _s.Open;

    /// <summary>First anomalous point of the alert or of the current excursion, Unix milliseconds.</summary>
    public long Since => _s.Since;

    /// <summary>The cumulative sum since then, in decades; non-negative.</summary>
    public double CusumStatistic => _s.Cusum;

    /// <summary>The highest severity that the open alert has reached.</summary>
    public Severity Severity => _s.Severity;

    /// <summary>How far the current point may be learned. After <see cref="AlertRuleOptions.MaxFreeze"/> a lasting
    /// change becomes the baseline.</summary>
    public Learning Learning =>
        !_s.Open || _s.Newest - _s.FrozenSince >= (long)_options.MaxFreeze.TotalMilliseconds ? Learning.Full
        : _s.Certain ? Learning.Certain
        : Learning.Frozen;

    /// <summary>The value of <see cref="CusumStatistic"/> at which an alert opens, in decades.</summary>
    /// <param name="budget">False alerts allowed a point, in (0, 1): alerts a day of the estate ÷ points a day of the
    /// estate.</param>
    public double Threshold(double budget)
    {
        var independent = Math.Max(Drift, -Math.Log10(budget) / Theta);
        return _s.Cusum < independent ? independent : Math.Max(independent, _peaks.ReturnLevel(budget));
    }

    /// <summary>Adds a point to the statistic and opens, updates or closes the alert.</summary>
    /// <param name="input">The point.</param>
    /// <param name="assessment">Its assessment by the detector; a missing point changes nothing.</param>
    /// <param name="budget">As for <see cref="Threshold"/>.</param>
    public AlertTransition Evaluate(in Observation input, in PointAssessment assessment, double budget)
    {
        if (!assessment.HasValue)
        {
            return AlertTransition.None;
        }

        _s.Newest = input.Timestamp;
        var before = _s.Cusum;

        // No p-value can be supported below 1 in all points seen.
        var surprisal =
            Math.Min(-Math.Log10(assessment.PValue), Math.Min(MaxSurprisalPerPoint, Math.Log10(assessment.Count + 1)));
        _s.Cusum = Math.Max(0, before + Step(assessment.PValue, surprisal - Drift));
        var threshold = Threshold(budget);
        _s.Cusum = Math.Min(_s.Cusum, threshold + CriticalMargin);
        if (!_s.Open)
        {
            // Before a series is warm no alert opens, but the peaks of its statistic are learned already.
            _peaks.Add(_s.Cusum);
            _s.PointsSinceClose++;
            _s.Since = before == 0 ? input.Timestamp : _s.Since;
            return _s.Cusum < threshold || !assessment.IsWarm || IsImprovement(assessment) ? AlertTransition.None
                : Open(assessment);
        }

        _s.Quiet = assessment.PValue > Suspicious || assessment.IsOrdinary(input.Value) ? _s.Quiet + 1 : 0;
        if (_s.Quiet >= Quiet)
        {
            _s = new RuleState { Relapses = _s.Relapses, FrozenSince = _s.FrozenSince };
            return AlertTransition.Close;
        }

        _s.Certain |= _s.Cusum >= threshold + CriticalMargin;
        var severity = SeverityOf(assessment, _s.Cusum >= threshold + CriticalMargin);
        if (severity <= _s.Severity)
        {
            return AlertTransition.Update;
        }

        _s.Severity = severity;
        return AlertTransition.Escalate;
    }

    /// <summary>Resumes an alert that is known to be open though this rule's state is older than its
    /// opening.</summary>
    /// <param name="since">As <see cref="Since"/>.</param>
    /// <param name="severity">As last reported.</param>
    public void Resume(long since, Severity severity) =>
        _s = new RuleState
        {
            Open = true,
            Since = since,
            Newest = Math.Max(since, _s.Newest),
            Severity = severity,
            FrozenSince = since,
            Cusum = _s.Cusum,
            Certain = severity == Severity.Critical
        };

    /// <summary>Closes the alert, which is known to be over, and resets the statistic.</summary>
    public void Close() => _s = default;

    /// <inheritdoc/>
    public void Snapshot(IBufferWriter<byte> destination)
    {
        var writer = new StateWriter(destination);
        writer.Byte(StateVersion);
        _peaks.Write(writer);
        writer.Double(_s.Cusum);
        writer.Array<long>([_s.Since, _s.Newest,
            _s.Quiet,
            (long)_s.Severity, _s.Open ? 1 : 0, _s.Certain ? 1 : 0, _s.FrozenSince, _s.PointsSinceClose, _s.Relapses]);
    }

    /// <inheritdoc/>
    public static AlertRule Restore(AlertRuleOptions options, ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version is 0 or > StateVersion)
        {
            throw new ModelFormatException(
                $"The alert rule's state has version {version}; this program reads versions 1 to {StateVersion}.");
        }

        var rule = new AlertRule(options);
        rule._peaks.Read(ref reader);
        rule._s.Cusum = reader.Double();
        Span<long> integers = stackalloc long[9];
        reader.Array(version == 1 ? integers[..5] : integers);
        reader.End();
        (rule._s.Since, rule._s.Newest, rule._s.Quiet) = (integers[0], integers[1], integers[2]);
        (rule._s.Severity, rule._s.Open, rule._s.Certain) = ((Severity)integers[3], integers[4] == 1, integers[5] == 1);
        (rule._s.FrozenSince, rule._s.PointsSinceClose, rule._s.Relapses) = (integers[6], integers[7], integers[8]);
        if (version == 1 && rule._s.Open)
        {
            rule._s.FrozenSince = rule._s.Since;
        }

        return rule;
    }

    /// <summary>The part of a step that counts: all of it for a rare point, a tenth of a later one, none that would
    /// start an excursion.</summary>
    private double Step(double pValue, double step) =>
        step <= 0 || pValue <= Suspicious ? step
        : _s.Cusum > 0 ? EchoWeight * step
        : 0;

    /// <summary>Ordinary points in a row that close the alert, doubled with each relapse.</summary>
    private long Quiet => (long)_options.QuietPoints << (int)_s.Relapses;

    private AlertTransition Open(in PointAssessment assessment)
    {
        var isRelapse = _s.FrozenSince != 0 && _s.PointsSinceClose <= RelapseFactor * Quiet;
        (_s.Relapses, _s.FrozenSince) = isRelapse ? (Math.Min(MaxRelapses, _s.Relapses + 1), _s.FrozenSince)
            : (0, _s.Since);
        _s.Open = true;
        _s.Severity = SeverityOf(assessment, isCritical: false);
        return AlertTransition.Open;
    }

    private bool IsImprovement(in PointAssessment assessment) => _options.OnlyHigherIsBad && assessment.NoiseUnits < 0;

    /// <summary>A judgement on less than a week of history is worth a look and wakes nobody.</summary>
    private static Severity SeverityOf(in PointAssessment assessment, bool isCritical) =>
        assessment.ConfidenceWeeks < 1 ? Severity.Notice
        : isCritical ? Severity.Critical
        : Severity.Warning;

    private struct RuleState
    {
        public double Cusum;
        public long Since;
        public long Newest;
        public long Quiet;

        /// <summary>Points since the last alert closed.</summary>
        public long PointsSinceClose;

        /// <summary>Relapses of the alert so far.</summary>
        public long Relapses;

        /// <summary>First anomalous point of the first alert of a chain of relapses, Unix milliseconds; 0 before
        /// any.</summary>
        public long FrozenSince;
        public Severity Severity;
        public bool Open;

        /// <summary>The statistic has once been six decades above the threshold.</summary>
        public bool Certain;
    }
}
