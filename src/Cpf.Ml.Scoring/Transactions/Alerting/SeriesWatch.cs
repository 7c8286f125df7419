using System.Buffers;
using System.Buffers.Binary;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>A series' detector and alert rule, stepped together: score, decide, then learn, unless an alert forbids
/// it.</summary>
public sealed class SeriesWatch(SeriesDetector detector, AlertRule rule)
{
    public SeriesWatch(SeriesDetectorOptions detector, AlertRuleOptions rule)
        : this(new SeriesDetector(detector), new AlertRule(rule))
    {
    }

    public SeriesDetector Detector { get; } = detector;

    public AlertRule Rule { get; } = rule;

    /// <summary>A person says that the series runs where it will run from now on: the alert is over, and its level
    /// becomes the usual one.</summary>
    public void AcceptAsUsual()
    {
        Rule.Close();
        Detector.AcceptAsUsual();
    }

    /// <param name="input">The next point.</param>
    /// <param name="budget">Alerts allowed a point, in (0, 1).</param>
    /// <param name="assessment">What was known of the point before it was learnt.</param>
    public AlertTransition Step(in Observation input, double budget, out PointAssessment assessment)
    {
        assessment = Detector.Score(input);
        var transition = Rule.Evaluate(input, assessment, budget);
        Detector.Learn(input, assessment, Rule.Learning);
        return transition;
    }

    /// <summary>Both states, the detector's behind its length; each begins with its own version.</summary>
    public byte[] Snapshot()
    {
        var detector = new ArrayBufferWriter<byte>(12 * 1024);
        Detector.Snapshot(detector);
        var all = new ArrayBufferWriter<byte>(detector.WrittenCount + 128);
        BinaryPrimitives.WriteInt32LittleEndian(all.GetSpan(sizeof(int)), detector.WrittenCount);
        all.Advance(sizeof(int));
        all.Write(detector.WrittenSpan);
        Rule.Snapshot(all);
        return all.WrittenSpan.ToArray();
    }

    /// <param name="state">As <see cref="Snapshot"/> wrote it.</param>
    /// <exception cref="ModelFormatException">A version is unknown, or the state is damaged.</exception>
    public static SeriesWatch Restore(SeriesDetectorOptions detector, AlertRuleOptions rule, ReadOnlySpan<byte> state)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(state, out var length)
            || length < 0 || length > state.Length - sizeof(int))
        {
            throw new ModelFormatException("The state of the series is damaged: it is shorter than it says.");
        }

        var rest = state[sizeof(int)..];
        return new SeriesWatch(
            SeriesDetector.Restore(detector, rest[..length]), AlertRule.Restore(rule, rest[length..]));
    }
}
