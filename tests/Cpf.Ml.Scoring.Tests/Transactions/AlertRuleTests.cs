using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>When an alert opens, and how severe it is.</summary>
public sealed partial class AlertRuleTests
{
    /// <summary>Five alerts a day over 5 000 series of one point a minute.</summary>
    private const double Tight = 5.0 / (5000 * 1440);
    private const long Minute = 60_000;

    private readonly AlertRule _rule = new(new AlertRuleOptions());
    private long _now = Minute;

    [Fact]
    public void Threshold_equals_the_value_worked_out_by_hand() =>

        // −log10(6.944e-7) = 6.158 decades, ÷ 0.75 = 8.211.
        Assert.Equal(8.211, _rule.Threshold(Tight), 0.001);

    [Fact]
    public void Three_points_open_an_alert_at_a_tight_budget_and_one_cannot()
    {
        // 1 in 100 000 or rarer gives 5 decades less a drift of 1: 4, 8, 12 against a threshold of 8.2.
        Assert.Equal(AlertTransition.None, Evaluate(1e-300));
        Assert.Equal(4, _rule.CusumStatistic);
        Assert.Equal(AlertTransition.None, Evaluate(1e-300));
        Assert.Equal(AlertTransition.Open, Evaluate(1e-300));
    }

    [Fact]
    public void Ordinary_point_between_two_anomalies_does_not_reset_the_statistic()
    {
        Evaluate(1e-5);
        Evaluate(0.5);
        Evaluate(1e-5);

        Assert.Equal(AlertTransition.Open, Evaluate(1e-5));
        Assert.Equal(Minute, _rule.Since);
    }

    [Fact]
    public void P_values_above_one_in_a_hundred_start_no_excursion()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(AlertTransition.None, Evaluate(0.02));
        }

        Assert.Equal(0, _rule.CusumStatistic);
    }

    [Fact]
    public void Echo_of_an_anomaly_counts_a_tenth()
    {
        Evaluate(1e-5);
        Evaluate(0.02);

        // −log10(0.02) = 1.699, less a drift of 1, is 0.699.
        Assert.Equal(4.0699, _rule.CusumStatistic, 1e-4);
    }

    [Fact]
    public void Excursions_are_learned_before_the_series_is_warm()
    {
        for (var i = 0; i < 100; i++)
        {
            for (var anomalous = 0; anomalous < 3; anomalous++)
            {
                Evaluate(1e-4, isWarm: false);
            }

            for (var ordinary = 0; ordinary < 20; ordinary++)
            {
                Evaluate(0.5, isWarm: false);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(AlertTransition.None, Evaluate(1e-4));
        }

        Assert.True(_rule.Threshold(Tight) > 9);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-3)]
    public void Uniform_p_values_keep_the_budget(double budget)
    {
        var (opened, points, random) = (0, 1_000_000, new Random(11));
        for (var i = 0; i < points; i++)
        {
            opened += Evaluate(1 - random.NextDouble(), budget) == AlertTransition.Open ? 1 : 0;
        }

        // Far less: the threshold allows for correlated neighbours, which these are not.
        Assert.InRange(opened, 1, points * budget);
    }

    [Fact]
    public void Cold_detector_opens_no_alert()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(AlertTransition.None, Evaluate(1e-9, isWarm: false));
        }
    }

    [Fact]
    public void Six_decades_above_the_threshold_are_critical_and_escalate_once()
    {
        Open();
        Assert.Equal(Severity.Warning, _rule.Severity);
        var transitions = Enumerable.Range(0, 6).Select(_ => Evaluate(1e-9)).ToList();

        Assert.Equal(Severity.Critical, _rule.Severity);
        Assert.Single(transitions, AlertTransition.Escalate);
    }

    [Fact]
    public void Alert_with_less_than_a_week_of_history_is_a_notice()
    {
        var rule = Anomalous(new AlertRuleOptions(), weeks: 0.9, noise: 5);

        Assert.True(rule.IsOpen);
        Assert.Equal(Severity.Notice, rule.Severity);
    }

    [Theory]
    [InlineData(true, -5, false)]
    [InlineData(true, 5, true)]
    [InlineData(false, -5, true)]
    public void Improvement_raises_no_alert(bool onlyHigher, double noise, bool alerts) =>
        Assert.Equal(alerts, Anomalous(new AlertRuleOptions { OnlyHigherIsBad = onlyHigher }, weeks: 3, noise).IsOpen);

    private AlertRule Anomalous(AlertRuleOptions options, double weeks, double noise)
    {
        var rule = new AlertRule(options);
        for (var i = 0; i < 20; i++)
        {
            rule.Evaluate(new Observation(++_now, 1), Assessment(1e-9, weeks, noise), Tight);
        }

        return rule;
    }

    [Fact]
    public void Threshold_rises_where_excursions_are_frequent()
    {
        // Anomalous points in runs of one to four, as under autocorrelated noise.
        var random = new Random(12);
        for (var i = 0; i < 200_000; i++)
        {
            var run = random.NextDouble() < 0.005 ? 1 + (int)Math.Min(3, -Math.Log(1 - random.NextDouble())) : 0;
            for (var point = 0; point < run; point++)
            {
                Evaluate(1e-3);
            }

            Evaluate(0.5);
            if (_rule.IsOpen)
            {
                _rule.Close();
            }
        }

        var before = new AlertRule(new AlertRuleOptions()).Threshold(Tight);
        while (_rule.CusumStatistic < before && !_rule.IsOpen)
        {
            Evaluate(1e-3);
        }

        Assert.True(_rule.Threshold(Tight) > before + 1);
    }

    [Fact]
    public void Validation_names_every_wrong_option() => Assert.Equal(
        ["QuietPoints must be at least 1, was 0.", "MaxFreeze must be positive, was 00:00:00."],
        new AlertRuleOptions { QuietPoints = 0, MaxFreeze = TimeSpan.Zero }.Validate());

    private void Open()
    {
        while (!_rule.IsOpen)
        {
            Evaluate(1e-5);
        }
    }

    private AlertTransition Evaluate(double p, double budget = Tight, bool hasValue = true, bool isWarm = true)
    {
        var assessment = Assessment(p) with { HasValue = hasValue, IsWarm = isWarm };
        var transition = _rule.Evaluate(new Observation(_now, 1), assessment, budget);
        _now += Minute;
        return transition;
    }

    private static PointAssessment Assessment(double p, double weeks = 3, double noise = 5) =>
        new()
        {
            HasValue = true,
            IsWarm = true,
            Count = 100_000,
            PValue = p,
            ConfidenceWeeks = weeks,
            NoiseUnits = noise,
        };
}
