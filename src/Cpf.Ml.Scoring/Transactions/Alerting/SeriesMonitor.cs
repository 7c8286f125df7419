using System.Buffers;
using System.Buffers.Binary;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>The detector and the alert rule of a series, stepped together: score, decide, then learn as far as the
/// alert allows.</summary>
/// <param name="detector">Scores and learns.</param>
/// <param name="rule">Decides.</param>
public sealed class SeriesMonitor(SeriesDetector detector, AlertRule rule)
{
    /// <summary>A monitor without history.</summary>
    /// <param name="detector">How points are scored.</param>
    /// <param name="rule">When alerts close, and what they are raised for.</param>
    /// <exception cref="ArgumentException">The detector's options are wrong; the message has every reason.</exception>
    public SeriesMonitor(SeriesDetectorOptions detector, AlertRuleOptions rule)
        : this(new SeriesDetector(detector), new AlertRule(rule))
    {
    }

    /// <summary>Scores and learns the points.</summary>
    public SeriesDetector Detector { get; } = detector;

    /// <summary>Decides on the alert.</summary>
    public AlertRule Rule { get; } = rule;

    /// <summary>A person declares the current level to be the new normal: the alert closes, and the level becomes the
    /// baseline.</summary>
    public void AcceptNewNormal()
    {
        Rule.Close();
        Detector.AcceptNewNormal();
    }

    /// <summary>Scores a point, decides on the alert, then learns the point.</summary>
    /// <param name="input">The next point.</param>
    /// <param name="budget">False alerts allowed a point, in (0, 1).</param>
    /// <param name="assessment">The assessment of the point before it was learned.</param>
    /// <returns>What the point did to the alert.</returns>
    public AlertTransition Step(in Observation input, double budget, out PointAssessment assessment)
    {
        assessment = Detector.Score(input);
        var transition = Rule.Evaluate(input, assessment, budget);
        Detector.Learn(input, assessment, Rule.Learning);
        return transition;
    }

    /// <summary>Both states, the detector's preceded by its length in bytes; each starts with its own
    /// version.</summary>
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

    /// <summary>A monitor that continues bit for bit where a snapshot was taken.</summary>
    /// <param name="detector">How points are scored.</param>
    /// <param name="rule">When alerts close, and what they are raised for.</param>
    /// <param name="state">A result of <see cref="Snapshot"/>.</param>
    /// <exception cref="ModelFormatException">A version is unknown, or the state is damaged.</exception>
    public static SeriesMonitor Restore(SeriesDetectorOptions detector, AlertRuleOptions rule, ReadOnlySpan<byte> state)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(state, out var length)
            || length < 0 || length > state.Length - sizeof(int))
        {
            throw new ModelFormatException("The state of the series is damaged: it is shorter than it says.");
        }

        var rest = state[sizeof(int)..];
        return new SeriesMonitor(
            SeriesDetector.Restore(detector, rest[..length]), AlertRule.Restore(rule, rest[length..]));
    }
}
