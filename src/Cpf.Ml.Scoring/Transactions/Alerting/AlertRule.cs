using System.Buffers;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>Decides when a series alerts, under a budget of false alerts: evidence adds up from the first strange point
/// until it suffices.</summary>
/// <remarks>
/// <para>
/// A cumulative sum of −log10 p (Page 1954) with a drift of 1: ordinary points draw it to zero, strange ones add up. It
/// leaves zero at a point of 1 in 100 or rarer only, and what a less strange one adds afterwards counts for a tenth:
/// tests with a memory go on doubting after a single strange point, and neighbours that look back on the same hour
/// share one doubt. For independent uniform p-values it passes a bound h in a share of at most 10^(−θh) of points,
/// where θ solves E[p^(−θ)] = 10^θ, that is (1 − θ)·10^θ = 1. A single point cannot show more than 1 in 100 000;
/// persistence can. The bound rises where the sum climbs higher by itself (<see cref="ExcursionSketch"/>), as it does
/// on a series whose noise has a memory.
/// </para>
/// <para>One writer, constant size.</para>
/// </remarks>
public sealed class AlertRule : ISnapshot<AlertRule, AlertRuleOptions>
{
    /// <summary>A point says at most 1 in 100 000.</summary>
    private const double MostPerPoint = 5;
    private const double Drift = 1;

    /// <summary>0.8629 for independent points; tests look back a few points, so neighbours share evidence: on white
    /// noise 0.75 keeps the budget.</summary>
    private const double Theta = 0.75;

    /// <summary>Six decades beyond what opens an alert: a million times rarer than the budget asks.</summary>
    private const double CriticalMargin = 6;
    private const double Suspicious = 0.01;

    /// <summary>An alert within twice the quiet that closed the last one is the same trouble come back.</summary>
    private const int Relapse = 2;

    /// <summary>160 quiet points at most, at ten to begin with.</summary>
    private const int MostRepeats = 4;

    /// <summary>Tests look back on ten points and more.</summary>
    private const double DoubtShare = 0.1;

    /// <summary>2 added whether the alert is beyond doubt.</summary>
    private const byte StateVersion = 2;

    private readonly AlertRuleOptions _options;
    private readonly ExcursionSketch _past = new();
    private RuleState _s;

    public AlertRule(AlertRuleOptions options) => _options = options;

    public bool IsOpen => _s.Open;

    /// <summary>First strange point of the alert or of what may become one, Unix milliseconds.</summary>
    public long Since => _s.Since;

    /// <summary>Evidence since then, in decades.</summary>
    public double Evidence => _s.Sum;

    /// <summary>Of the open alert.</summary>
    public Severity Severity => _s.Severity;

    /// <summary>What may be learnt now. After <see cref="AlertRuleOptions.LongestFreeze"/> a lasting change is the new
    /// normal.</summary>
    public Learning Learning =>
        !_s.Open || _s.Newest - _s.FrozenSince >= (long)_options.LongestFreeze.TotalMilliseconds ? Learning.Full
        : _s.Certain ? Learning.Certain
        : Learning.Frozen;

    /// <param name="budget">Alerts allowed a point: alerts a day of the estate ÷ points a day of the estate. In (0,
    /// 1).</param>
    /// <returns>The evidence at which an alert opens, in decades.</returns>
    public double Bound(double budget)
    {
        var independent = Math.Max(Drift, -Math.Log10(budget) / Theta);
        return _s.Sum < independent ? independent : Math.Max(independent, _past.Height(budget));
    }

    /// <param name="input">The point.</param>
    /// <param name="assessment">What the detector said of it.</param>
    /// <param name="budget">As for <see cref="Bound"/>.</param>
    public AlertTransition Evaluate(in Observation input, in PointAssessment assessment, double budget)
    {
        if (!assessment.HasValue)
        {
            return AlertTransition.None;
        }

        _s.Newest = input.Timestamp;
        var before = _s.Sum;

        // Nothing can be shown to be rarer than once in all points seen.
        var evidence =
            Math.Min(-Math.Log10(assessment.PValue), Math.Min(MostPerPoint, Math.Log10(assessment.Count + 1)));
        _s.Sum = Math.Max(0, before + Step(assessment.PValue, evidence - Drift));
        var bound = Bound(budget);
        _s.Sum = Math.Min(_s.Sum, bound + CriticalMargin);
        if (!_s.Open)
        {
            // Before a series is warm nothing opens, but how high the sum climbs by itself is learnt already.
            _past.Add(_s.Sum);
            _s.Peace++;
            _s.Since = before == 0 ? input.Timestamp : _s.Since;
            return _s.Sum < bound || !assessment.IsWarm || IsGoodNews(assessment) ? AlertTransition.None
                : Open(assessment);
        }

        _s.Quiet = assessment.PValue > Suspicious || assessment.IsOrdinary(input.Value) ? _s.Quiet + 1 : 0;
        if (_s.Quiet >= Quiet)
        {
            _s = new RuleState { Repeats = _s.Repeats, FrozenSince = _s.FrozenSince };
            return AlertTransition.Close;
        }

        _s.Certain |= _s.Sum >= bound + CriticalMargin;
        var severity = SeverityOf(assessment, _s.Sum >= bound + CriticalMargin);
        if (severity <= _s.Severity)
        {
            return AlertTransition.Update;
        }

        _s.Severity = severity;
        return AlertTransition.Escalate;
    }

    /// <summary>Takes up an alert that is known to be open though this rule's state is older than its
    /// opening.</summary>
    /// <param name="since">As <see cref="Since"/>.</param>
    /// <param name="severity">As it was last told.</param>
    public void Resume(long since, Severity severity) =>
        _s = new RuleState
        {
            Open = true,
            Since = since,
            Newest = Math.Max(since, _s.Newest),
            Severity = severity,
            FrozenSince = since,
            Sum = _s.Sum,
            Certain = severity == Severity.Critical
        };

    /// <summary>Gives up the alert: it is known to be over.</summary>
    public void Close() => _s = default;

    public void Snapshot(IBufferWriter<byte> destination)
    {
        var writer = new StateWriter(destination);
        writer.Byte(StateVersion);
        _past.Write(writer);
        writer.Double(_s.Sum);
        writer.Array<long>([_s.Since, _s.Newest,
            _s.Quiet, (long)_s.Severity, _s.Open ? 1 : 0, _s.Certain ? 1 : 0, _s.FrozenSince, _s.Peace, _s.Repeats]);
    }

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
        rule._past.Read(ref reader);
        rule._s.Sum = reader.Double();
        Span<long> integers = stackalloc long[9];
        reader.Array(version == 1 ? integers[..5] : integers);
        reader.End();
        (rule._s.Since, rule._s.Newest, rule._s.Quiet) = (integers[0], integers[1], integers[2]);
        (rule._s.Severity, rule._s.Open, rule._s.Certain) = ((Severity)integers[3], integers[4] == 1, integers[5] == 1);
        (rule._s.FrozenSince, rule._s.Peace, rule._s.Repeats) = (integers[6], integers[7], integers[8]);
        if (version == 1 && rule._s.Open)
        {
            rule._s.FrozenSince = rule._s.Since;
        }

        return rule;
    }

    private double Step(double pValue, double step) =>
        step <= 0 || pValue <= Suspicious ? step
        : _s.Sum > 0 ? DoubtShare * step
        : 0;

    /// <summary>Ordinary points in a row that close the alert: twice as many for each time that it came back.</summary>
    private long Quiet => (long)_options.QuietPoints << (int)_s.Repeats;

    private AlertTransition Open(in PointAssessment assessment)
    {
        var isBack = _s.FrozenSince != 0 && _s.Peace <= Relapse * Quiet;
        (_s.Repeats, _s.FrozenSince) = isBack ? (Math.Min(MostRepeats, _s.Repeats + 1), _s.FrozenSince) : (0, _s.Since);
        _s.Open = true;
        _s.Severity = SeverityOf(assessment, critical: false);
        return AlertTransition.Open;
    }

    private bool IsGoodNews(in PointAssessment assessment) => _options.OnlyHigherIsBad && assessment.NoiseUnits < 0;

    /// <summary>What is judged on less than a week is worth a look and wakes nobody.</summary>
    private static Severity SeverityOf(in PointAssessment assessment, bool critical) =>
        assessment.ConfidenceWeeks < 1 ? Severity.Notice
        : critical ? Severity.Critical
        : Severity.Warning;

    private struct RuleState
    {
        public double Sum;
        public long Since;
        public long Newest;
        public long Quiet;

        /// <summary>Points since the last alert closed.</summary>
        public long Peace;

        /// <summary>How often the trouble came back.</summary>
        public long Repeats;

        /// <summary>First strange point of the first alert of one trouble, Unix milliseconds; 0 before any.</summary>
        public long FrozenSince;
        public Severity Severity;
        public bool Open;

        /// <summary>The evidence has once been a million times rarer than the budget asks.</summary>
        public bool Certain;
    }
}
