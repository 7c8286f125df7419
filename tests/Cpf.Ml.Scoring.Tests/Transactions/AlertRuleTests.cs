using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class AlertRuleTests
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
        // 1 in 100 000 or rarer gives 5 decades less a drift of 1: 4, 8, 12 against a bound of 8.2.
        Assert.Equal(AlertTransition.None, Say(1e-300));
        Assert.Equal(4, _rule.CusumStatistic);
        Assert.Equal(AlertTransition.None, Say(1e-300));
        Assert.Equal(AlertTransition.Open, Say(1e-300));
    }

    [Fact]
    public void Ordinary_point_between_two_anomalies_does_not_reset_the_statistic()
    {
        Say(1e-5);
        Say(0.5);
        Say(1e-5);

        Assert.Equal(AlertTransition.Open, Say(1e-5));
        Assert.Equal(Minute, _rule.Since);
    }

    [Fact]
    public void P_values_above_one_in_a_hundred_start_no_excursion()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(AlertTransition.None, Say(0.02));
        }

        Assert.Equal(0, _rule.CusumStatistic);
    }

    [Fact]
    public void Echo_of_an_anomaly_counts_a_tenth()
    {
        Say(1e-5);
        Say(0.02);

        // −log10(0.02) = 1.699, less a drift of 1, is 0.699.
        Assert.Equal(4.0699, _rule.CusumStatistic, 1e-4);
    }

    [Fact]
    public void Excursions_are_learned_before_the_series_is_warm()
    {
        for (var i = 0; i < 100; i++)
        {
            for (var strange = 0; strange < 3; strange++)
            {
                Say(1e-4, isWarm: false);
            }

            for (var ordinary = 0; ordinary < 20; ordinary++)
            {
                Say(0.5, isWarm: false);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(AlertTransition.None, Say(1e-4));
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
            opened += Say(1 - random.NextDouble(), budget) == AlertTransition.Open ? 1 : 0;
        }

        // Far less: the bound leaves room for neighbours that share evidence, which these do not.
        Assert.InRange(opened, 1, points * budget);
    }

    [Fact]
    public void Alert_closes_after_ten_ordinary_points()
    {
        Open();
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(AlertTransition.Update, Say(0.5));
        }

        Assert.Equal(AlertTransition.Update, Say(0.001));
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(AlertTransition.Update, Say(0.5));
        }

        Assert.Equal(AlertTransition.Close, Say(0.5));
        Assert.False(_rule.IsOpen);
        Assert.Equal(0, _rule.CusumStatistic);
    }

    [Fact]
    public void Missing_points_neither_open_nor_close_an_alert()
    {
        Open();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(AlertTransition.None, Say(1, hasValue: false));
        }

        Assert.True(_rule.IsOpen);
    }

    [Fact]
    public void Cold_detector_opens_no_alert()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(AlertTransition.None, Say(1e-9, isWarm: false));
        }
    }

    [Fact]
    public void Six_decades_above_the_threshold_are_critical_and_escalate_once()
    {
        Open();
        Assert.Equal(Severity.Warning, _rule.Severity);
        var said = Enumerable.Range(0, 6).Select(_ => Say(1e-9)).ToList();

        Assert.Equal(Severity.Critical, _rule.Severity);
        Assert.Single(said, AlertTransition.Escalate);
    }

    [Fact]
    public void Alert_with_less_than_a_week_of_history_is_a_notice()
    {
        var rule = Strange(new AlertRuleOptions(), weeks: 0.9, noise: 5);

        Assert.True(rule.IsOpen);
        Assert.Equal(Severity.Notice, rule.Severity);
    }

    [Theory]
    [InlineData(true, -5, false)]
    [InlineData(true, 5, true)]
    [InlineData(false, -5, true)]
    public void Improvement_raises_no_alert(bool onlyHigher, double noise, bool alerts) =>
        Assert.Equal(alerts, Strange(new AlertRuleOptions { OnlyHigherIsBad = onlyHigher }, weeks: 3, noise).IsOpen);

    private AlertRule Strange(AlertRuleOptions options, double weeks, double noise)
    {
        var rule = new AlertRule(options);
        for (var i = 0; i < 20; i++)
        {
            rule.Evaluate(new Observation(++_now, 1), Assessment(1e-9, weeks, noise), Tight);
        }

        return rule;
    }

    [Fact]
    public void Open_alert_freezes_learning_for_a_day_at_most()
    {
        Assert.Equal(Learning.Full, _rule.Learning);
        Open();
        Assert.Equal(Learning.Frozen, _rule.Learning);

        _now = _rule.Since + (24 * 60 * Minute) - Minute;
        Say(1e-5);
        Assert.Equal(Learning.Certain, _rule.Learning);
        Say(1e-5);
        Assert.Equal(Learning.Full, _rule.Learning);
        Assert.True(_rule.IsOpen);
    }

    [Fact]
    public void Relapse_doubles_the_quiet_points_and_a_much_later_alert_does_not()
    {
        Open();
        Assert.Equal(10, QuietUntilClosed());
        Open();
        Assert.Equal(20, QuietUntilClosed());
        Open();
        Assert.Equal(40, QuietUntilClosed());

        // Twice the quiet that closed it, and a point more.
        for (var i = 0; i <= 2 * 40; i++)
        {
            Say(0.5);
        }

        Open();
        Assert.Equal(10, QuietUntilClosed());
    }

    [Fact]
    public void Relapses_freeze_learning_for_a_day_from_the_first_alert()
    {
        Open();
        var first = _rule.Since;
        QuietUntilClosed();
        _now = first + (23 * 60 * Minute);
        Open();
        Assert.NotEqual(Learning.Full, _rule.Learning);
        _now = first + (24 * 60 * Minute);
        Say(1e-5);

        Assert.Equal(Learning.Full, _rule.Learning);
        Assert.True(_rule.IsOpen);
    }

    [Fact]
    public void Alert_is_certain_six_decades_above_the_threshold()
    {
        // 4 decades a point: 8.2 open it at the third, 14.2 are reached at the fourth.
        Say(1e-5);
        Say(1e-5);
        Say(1e-5);
        Assert.Equal(Learning.Frozen, _rule.Learning);
        Say(1e-5);
        Assert.Equal(Learning.Certain, _rule.Learning);

        // It stays so while the alert is open, though the evidence falls.
        Say(0.9);
        Assert.Equal(Learning.Certain, _rule.Learning);
    }

    [Fact]
    public void Manually_closed_alert_resets_the_CUSUM_statistic()
    {
        Open();
        _rule.Close();

        Assert.False(_rule.IsOpen);
        Assert.Equal(AlertTransition.None, Say(1e-5));
        Assert.Equal(4, _rule.CusumStatistic, 1e-9);
    }

    [Fact]
    public void Threshold_rises_where_excursions_are_frequent()
    {
        // Strange points that come in runs of one to four, as noise with a memory has them.
        var random = new Random(12);
        for (var i = 0; i < 200_000; i++)
        {
            var run = random.NextDouble() < 0.005 ? 1 + (int)Math.Min(3, -Math.Log(1 - random.NextDouble())) : 0;
            for (var point = 0; point < run; point++)
            {
                Say(1e-3);
            }

            Say(0.5);
            if (_rule.IsOpen)
            {
                _rule.Close();
            }
        }

        var before = new AlertRule(new AlertRuleOptions()).Threshold(Tight);
        while (_rule.CusumStatistic < before && !_rule.IsOpen)
        {
            Say(1e-3);
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
            Say(1e-5);
        }
    }

    /// <returns>How many quiet points it took.</returns>
    private int QuietUntilClosed()
    {
        for (var points = 1; ; points++)
        {
            if (Say(0.5) == AlertTransition.Close)
            {
                return points;
            }
        }
    }

    private AlertTransition Say(double p, double budget = Tight, bool hasValue = true, bool isWarm = true)
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
