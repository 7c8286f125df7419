using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>When an alert closes or relapses, and what is learned while it is open.</summary>
public sealed partial class AlertRuleTests
{
    [Fact]
    public void Alert_closes_after_ten_ordinary_points()
    {
        Open();
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(AlertTransition.Update, Evaluate(0.5));
        }

        Assert.Equal(AlertTransition.Update, Evaluate(0.001));
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(AlertTransition.Update, Evaluate(0.5));
        }

        Assert.Equal(AlertTransition.Close, Evaluate(0.5));
        Assert.False(_rule.IsOpen);
        Assert.Equal(0, _rule.CusumStatistic);
    }

    [Fact]
    public void Missing_points_neither_open_nor_close_an_alert()
    {
        Open();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(AlertTransition.None, Evaluate(1, hasValue: false));
        }

        Assert.True(_rule.IsOpen);
    }

    [Fact]
    public void Open_alert_freezes_learning_for_a_day_at_most()
    {
        Assert.Equal(Learning.Full, _rule.Learning);
        Open();
        Assert.Equal(Learning.Frozen, _rule.Learning);

        _now = _rule.Since + (24 * 60 * Minute) - Minute;
        Evaluate(1e-5);
        Assert.Equal(Learning.Certain, _rule.Learning);
        Evaluate(1e-5);
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

        // Twice the quiet points that closed it, and one more.
        for (var i = 0; i <= 2 * 40; i++)
        {
            Evaluate(0.5);
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
        Evaluate(1e-5);

        Assert.Equal(Learning.Full, _rule.Learning);
        Assert.True(_rule.IsOpen);
    }

    [Fact]
    public void Alert_is_certain_six_decades_above_the_threshold()
    {
        // 4 decades a point: the threshold of 8.2 is passed at the third, 14.2 at the fourth.
        Evaluate(1e-5);
        Evaluate(1e-5);
        Evaluate(1e-5);
        Assert.Equal(Learning.Frozen, _rule.Learning);
        Evaluate(1e-5);
        Assert.Equal(Learning.Certain, _rule.Learning);

        // It remains so while the alert is open, though the statistic falls.
        Evaluate(0.9);
        Assert.Equal(Learning.Certain, _rule.Learning);
    }

    [Fact]
    public void Manually_closed_alert_resets_the_CUSUM_statistic()
    {
        Open();
        _rule.Close();

        Assert.False(_rule.IsOpen);
        Assert.Equal(AlertTransition.None, Evaluate(1e-5));
        Assert.Equal(4, _rule.CusumStatistic, 1e-9);
    }

    /// <returns>Number of quiet points until the alert closed.</returns>
    private int QuietUntilClosed()
    {
        for (var points = 1; ; points++)
        {
            if (Evaluate(0.5) == AlertTransition.Close)
            {
                return points;
            }
        }
    }
}
