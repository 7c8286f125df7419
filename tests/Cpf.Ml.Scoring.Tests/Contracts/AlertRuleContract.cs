using System.Globalization;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Contracts;

public sealed class AlertRuleContract : SnapshotContract<AlertRule, AlertRuleOptions>
{
    protected override AlertRuleOptions Options { get; } = new() { QuietPoints = 5, OnlyHigherIsBad = true };

    protected override AlertRule Fresh() => new(Options);

    /// <summary>Ends in the middle of an open alert.</summary>
    protected override AlertRule Experienced()
    {
        var rule = Fresh();
        Say(rule, from: 0, count: 5010);
        Assert.True(rule.IsOpen);
        return rule;
    }

    protected override IReadOnlyList<string> GoOn(AlertRule self) => Say(self, from: 5010, count: 6000);

    /// <summary>Random p-values, with ten very small ones every thousand points.</summary>
    private static List<string> Say(AlertRule rule, int from, int count)
    {
        var random = new Random(from);
        var lines = new List<string>(count);
        for (var i = from; i < from + count; i++)
        {
            var p = i % 1000 < 10 && i >= 1000 ? 1e-5 : 1 - random.NextDouble();
            var assessment = new PointAssessment
            {
                HasValue = true,
                IsWarm = true,
                Count = 100_000,
                PValue = p,
                NoiseUnits = 4,
                ConfidenceWeeks = 3,
            };
            var transition = rule.Evaluate(new Observation(60_000L * (i + 1), 1), assessment, 1e-5);
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{transition} {rule.CusumStatistic:R} {rule.Since} {rule.Severity} {rule.Learning} ")
                + string.Create(CultureInfo.InvariantCulture, $"{rule.Threshold(1e-5):R}"));
        }

        return lines;
    }
}
