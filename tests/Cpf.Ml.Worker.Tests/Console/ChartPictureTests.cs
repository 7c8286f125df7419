using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Console.Kit.Charts;

namespace Cpf.Ml.Worker.Tests.Console;

public sealed class ChartPictureTests
{
    private const long Minute = 60_000;

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void Missing_data_are_a_span_and_break_the_line()
    {
        var points = Points(0, 10).Concat(Points(20, 30)).ToList();
        var picture = new ChartPicture(points, 0, 30 * Minute, neverNegative: true);

        Assert.Equal([new MissingSpan(9 * Minute, 20 * Minute)], picture.Missing);
        Assert.Equal(2, picture.Observed().Count(letter => letter == 'M'));
        Assert.Equal(2, picture.Band99().Count(letter => letter == 'Z'));
    }

    [Fact]
    public void Point_without_a_value_is_a_gap()
    {
        var points = Points(0, 30).Select((point, i) => i is >= 10 and < 20 ? point with { Value = float.NaN } : point)
            .ToList();
        var picture = new ChartPicture(points, 0, 30 * Minute, neverNegative: true);

        Assert.Equal([new MissingSpan(9 * Minute, 20 * Minute)], picture.Missing);
        Assert.Equal(2, picture.Observed().Count(letter => letter == 'M'));
    }

    [Fact]
    public void Time_after_the_last_point_is_missing_data()
    {
        var picture = new ChartPicture(Points(0, 10), 0, 60 * Minute, neverNegative: true);

        Assert.Equal([new MissingSpan(9 * Minute, 60 * Minute)], picture.Missing);
    }

    [Fact]
    public void Highest_and_lowest_points_are_drawn_however_many_there_are()
    {
        var points = Points(0, 40_000).ToList();
        points[12_345] = points[12_345] with { Value = 99 };
        points[23_456] = points[23_456] with { Value = 0.5f };
        var picture = new ChartPicture(points, 0, 40_000 * Minute, neverNegative: true);

        Assert.InRange(picture.Columns.Count, 400, 500);
        Assert.Equal(99, picture.Columns.Max(column => column.High));
        Assert.Equal(0.5, picture.Columns.Min(column => column.Low));
    }

    [Theory]
    [InlineData(0.0, 97.0, 0, 100)]
    [InlineData(880.0, 930.0, 880, 940)]
    [InlineData(-3.0, 4.0, -4, 6)]
    public void Scale_has_round_ends_that_contain_every_value(double low, double high, double bottom, double top)
    {
        var scale = ChartScale.Around([low, high], neverNegative: false);

        Assert.Equal((bottom, top), (scale.Minimum, scale.Maximum));
        Assert.All(scale.Ticks(), tick => Assert.InRange(tick, bottom, top));
    }

    [Fact]
    public void Scale_of_a_constant_series_has_room_above_and_below()
    {
        var scale = ChartScale.Around([5, 5, 5], neverNegative: true);

        Assert.InRange(scale.Depth(5), 0.2, 0.8);
    }

    [Theory]
    [InlineData("2026-03-29T00:00:00+01:00")]
    [InlineData("2026-10-25T00:00:00+02:00")]
    public void Ticks_stay_on_round_local_hours_across_a_clock_change(string midnight)
    {
        var from = DateTimeOffset.Parse(midnight, System.Globalization.CultureInfo.InvariantCulture);
        var ticks = TimeTicks.Between(from.ToUnixTimeMilliseconds(), from.AddHours(26).ToUnixTimeMilliseconds(), Paris);

        Assert.All(ticks, tick =>
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(tick.At), Paris);
            Assert.Equal(0, local.Minute);
            Assert.Equal(0, local.Hour % 6);
        });
        Assert.InRange(ticks.Count, 4, 6);
        Assert.True(ticks[0].IsMidnight);
    }

    private static List<ScoredPoint> Points(int from, int to) =>
        [.. Enumerable.Range(from, to - from)
            .Select(i => new ScoredPoint(i * Minute, 1 + (i % 7), 4, 0, 8, 0, 10, 10, false))];
}
