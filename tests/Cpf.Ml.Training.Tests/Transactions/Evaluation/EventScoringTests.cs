using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Training.Transactions.Evaluation;
using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Tests.Transactions.Evaluation;

public sealed class EventScoringTests
{
    private const int Day = 1440;

    /// <summary>
    /// Two days after a first week, two events of 10 minutes; evidence 0 but where a test says otherwise.
    /// </summary>
    private static readonly LabelledSeries Series = new(
        "by hand",
        MetricKind.Gauge,
        [.. Enumerable.Range(0, 9 * Day).Select(i => new Observation(i * 60_000L, 1))],
        [
            new LabelledEvent("one", (7 * Day) + 600, (7 * Day) + 609),
            new LabelledEvent("two", (8 * Day) + 600, (8 * Day) + 609),
        ]);

    [Fact]
    public void Event_is_found_by_one_point_above_the_threshold()
    {
        // Quiet half hours reach 5 and 3; the events 4 and 2. One false half hour in two days costs 0.5 a day.
        var scored = Scored(((7 * Day) + 100, 5), ((7 * Day) + 900, 3), ((7 * Day) + 605, 4), ((8 * Day) + 600, 2));

        Assert.Equal(0, EventScoring.At([scored], 0).Share);
        Assert.Equal(0.5, EventScoring.At([scored], 0.5).Share);
        Assert.Equal(1, EventScoring.At([scored], 0.5).ByFault["one"]);
        Assert.Equal(1, EventScoring.At([scored], 1).Share);
    }

    [Fact]
    public void Two_false_points_in_one_half_hour_count_once()
    {
        var scored = Scored(((7 * Day) + 91, 5), ((7 * Day) + 100, 6), ((7 * Day) + 605, 4), ((8 * Day) + 600, 4));

        Assert.Equal(1, EventScoring.At([scored], 0.5).Share);
    }

    [Fact]
    public void Points_near_an_event_or_in_the_first_week_are_not_counted()
    {
        var scored = Scored(
            (100, 9), ((7 * Day) + 580, 9), ((7 * Day) + 639, 9), ((7 * Day) + 605, 4), ((8 * Day) + 600, 4));

        Assert.Equal(1, EventScoring.At([scored], 0).Share);
    }

    [Fact]
    public void Constant_score_finds_no_event()
    {
        var evidence = new double[Series.Points.Count];
        Array.Fill(evidence, 3);

        Assert.Equal(0, EventScoring.At([new ScoredSeries(Series, evidence, [], [])], 1).Share);
    }

    [Fact]
    public void Alerts_are_counted_near_events_and_far_from_them()
    {
        // Opened 4 points into the first event, far from any, and never in the second.
        var scored = new ScoredSeries(Series, new double[Series.Points.Count], [], [(7 * Day) + 604, (7 * Day) + 1200]);

        var alerts = ReliabilityScoring.Measure([scored]);

        Assert.Equal(0.5, alerts.PerDay, 0.001);
        Assert.Equal((0.5, 0.5, 4), (alerts.Precision, alerts.Recall, alerts.Delay));
    }

    private static ScoredSeries Scored(params (int Row, double Evidence)[] rows)
    {
        var evidence = new double[Series.Points.Count];
        foreach (var (row, value) in rows)
        {
            evidence[row] = value;
        }

        return new ScoredSeries(Series, evidence, [], []);
    }
}
