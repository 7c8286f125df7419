using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Scoring.Transactions;

/// <summary>A series' detector and alert rule, stepped together: score, decide, then learn, unless an alert forbids it.</summary>
public sealed class SeriesWatch(SeriesDetector detector, AlertRule rule)
{
    public SeriesWatch(SeriesDetectorOptions detector, AlertRuleOptions rule)
        : this(new SeriesDetector(detector), new AlertRule(rule))
    {
    }

    public SeriesDetector Detector { get; } = detector;

    public AlertRule Rule { get; } = rule;

    /// <summary>A person says that the series runs where it will run from now on: the alert is over, and its level becomes the usual one.</summary>
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
}
