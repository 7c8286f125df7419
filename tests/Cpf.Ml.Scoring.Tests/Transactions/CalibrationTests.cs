namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>
/// A score means the same on every series: in worlds without any fault, how often p-values come against how often they
/// promise to, after a first week, and how many alerts open against the budget.
/// </summary>
/// <remarks>
/// Bounds are about 1.3 times what is measured; an optimistic detector fails by factors, not by percents.
/// </remarks>
public sealed class CalibrationTests
{
    private const int Seeds = 8;
    private const int Days = 28;
    private const int FirstWeek = 7;
    private const double AlertsADay = 0.1;

    /// <param name="noise">One of <see cref="Noise"/>.</param>
    /// <param name="atHundredth">Most exceedances of 0.01 for each one promised.</param>
    /// <param name="atThousandth">Most exceedances of 0.001 for each one promised.</param>
    /// <param name="alerts">Maximum number of alerts for each one in the budget.</param>
    [Theory]
    [InlineData("gaussian", 1.5, 2, 1)]
    [InlineData("student-3", 1.5, 2, 1)]
    [InlineData("poisson", 1.5, 2, 1)]
    [InlineData("rare-counts", 1.5, 2, 1)]
    [InlineData("seasonal-counts", 1.5, 2, 1)]
    [InlineData("log-normal", 1.5, 2, 1)]
    [InlineData("trend", 1.5, 2, 1)]
    [InlineData("uniform-steps", 1.5, 2, 1)]

    // Noise with a memory of ten points: evidence of neighbours is the same evidence, and the bound of alerts learns it
    // slowly.
    [InlineData("ar-0.9", 1.5, 2, 4)]
    public void Scores_and_alerts_of_pure_noise_keep_their_rates(
        string noise, double atHundredth, double atThousandth, double alerts)
    {
        var (tenth, hundredth, thousandth, opened) = (0.0, 0.0, 0.0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = new World(Noise.KindOf(noise), minutes: 5, AlertsADay / 288);
            world.Days(Days, Noise.Of(noise, seed, world.PointsPerDay));
            tenth += world.Exceedance(0.1, FirstWeek) / Seeds;
            hundredth += world.Exceedance(0.01, FirstWeek) / Seeds;
            thousandth += world.Exceedance(0.001, FirstWeek) / Seeds;
            opened += world.Alerts;
        }

        Assert.InRange(tenth, 0.6, 1.3);
        Assert.InRange(hundredth, 0.6, atHundredth);
        Assert.InRange(thousandth, 0.4, atThousandth);
        Assert.InRange(opened / (AlertsADay * Days * Seeds), 0, alerts);
    }

    /// <param name="noise">One of <see cref="Noise"/>.</param>
    /// <param name="alerts">Maximum number of alerts for each one in a budget ten times smaller, at one point a
    /// minute.</param>
    [Theory]
    [InlineData("gaussian", 2)]
    [InlineData("student-3", 2)]
    [InlineData("poisson", 2)]
    [InlineData("seasonal-counts", 2)]
    public void Small_alert_budget_is_kept(string noise, double alerts)
    {
        const int Few = 6;
        const double Small = AlertsADay / 10;
        var opened = 0;
        for (var seed = 0; seed < Few; seed++)
        {
            var world = new World(Noise.KindOf(noise), minutes: 1, Small / 1440);
            world.Days(Days, Noise.Of(noise, seed, world.PointsPerDay));
            opened += world.Alerts;
        }

        Assert.InRange(opened / (Small * Days * Few), 0, alerts);
    }

    /// <param name="factor">What the noise is multiplied by after three weeks, for good.</param>
    /// <param name="alerts">Most alerts a series in the three days after that.</param>
    [Theory]
    [InlineData(1.4, 3)]
    [InlineData(2, 6)]
    [InlineData(3, 6)]
    public void Scores_are_calibrated_again_three_days_after_noise_grew(double factor, int alerts)
    {
        const int Few = 4;
        var (hundredth, thousandth, early, late) = (0.0, 0.0, 0, 0);
        for (var seed = 0; seed < Few; seed++)
        {
            var (world, noise) = (new World(minutes: 1, budget: AlertsADay / 1440), Noise.Of("gaussian", seed, 1440));
            world.Days(21, noise);
            var before = world.Alerts;
            world.Days(3, i => 100 + (factor * (noise(i) - 100)));
            early += world.Alerts - before;
            world.Days(7, i => 100 + (factor * (noise(i) - 100)));
            late += world.Alerts - before;
            hundredth += world.Exceedance(0.01, 24) / Few;
            thousandth += world.Exceedance(0.001, 24) / Few;
        }

        Assert.InRange(early / (double)Few, 0, alerts);
        Assert.InRange(late - early, 0, Few * 7 * AlertsADay);
        Assert.InRange(hundredth, 0.4, 1.5);
        Assert.InRange(thousandth, 0.2, 2);
    }

    [Fact]
    public void Lasting_shift_raises_one_or_two_alerts()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var (world, noise) = (new World(minutes: 1, budget: AlertsADay / 1440), Noise.Of("gaussian", seed, 1440));
            world.Days(8, noise);
            var before = world.Alerts;
            world.Days(4, i => noise(i) + 4);

            Assert.InRange(world.Alerts - before, 1, 2);
        }
    }

    [Fact]
    public void Single_spike_of_ten_deviations_opens_no_alert()
    {
        const double Estate = 5.0 / (5000 * 1440);
        var (world, noise) = (new World(minutes: 1, budget: Estate), Noise.Of("gaussian", seed: 5, 1440));
        world.Days(28, i => noise(i) + (i % 1009 == 0 ? 10 : 0));

        Assert.Equal(0, world.Alerts);
    }
}
