namespace Cpf.Ml.Scoring.Tests;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(4.8, "s", "4,8_s", "4.8_s")]
    [InlineData(0.25, "s", "250_ms", "250_ms")]
    [InlineData(0.0012345, "s", "1,23_ms", "1.23_ms")]
    [InlineData(0.00004, "s", "40_µs", "40_µs")]
    [InlineData(0, "s", "0_s", "0_s")]
    [InlineData(125, "s", "2_min_05_s", "2_min_05_s")]
    [InlineData(0.1234, "ratio", "12,3_%", "12.3%")]
    [InlineData(1234, "1/min", "1_234/min", "1,234/min")]
    [InlineData(1234.5, "req", "1_235_req", "1,235_req")]
    [InlineData(3_210_000_000, "By", "3,21_Go", "3.21_GB")]
    [InlineData(1_500_000, "", "1,5_million", "1.5_million")]
    [InlineData(2_500_000, "", "2,5_millions", "2.5_million")]
    [InlineData(999_999, "", "1_million", "1_million")]
    [InlineData(-12, "", "−12", "−12")]
    [InlineData(-0.0, "", "0", "0")]
    [InlineData(double.NaN, "s", "—_s", "—_s")]
    public void Value_is_formatted_for_each_language(double value, string unit, string french, string english)
    {
        var text = Amounts.Write(value, unit);

        Assert.Equal(french, Visible(text.Fr));
        Assert.Equal(english, Visible(text.En));
    }

    [Fact]
    public void Signed_percentage_shows_the_plus_sign()
    {
        Assert.Equal("+336_%", Visible(Amounts.SignedPercent(336).Fr));
        Assert.Equal("−12%", Amounts.SignedPercent(-12).En);
    }

    [Theory]
    [InlineData(0.4, "400_ms")]
    [InlineData(45, "45_s")]
    [InlineData(185, "3_min_05_s")]
    [InlineData(740, "12_min")]
    [InlineData(11_100, "3_h_05")]
    [InlineData(187_200, "2_j_4_h")]
    public void Duration_has_two_parts_at_most(double seconds, string french) =>
        Assert.Equal(french, Visible(Instants.Duration(TimeSpan.FromSeconds(seconds)).Fr));

    [Fact]
    public void Instant_is_written_in_local_time()
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var instant = new DateTimeOffset(2026, 7, 1, 12, 5, 0, TimeSpan.Zero);

        Assert.Equal("1er_juil._2026, 14_h_05", Visible(Instants.DateAndTime(instant, paris).Fr));
        Assert.Equal("1 Jul 2026, 14:05", Instants.DateAndTime(instant, paris).En.Replace('\u00a0', ' '));
    }

    /// <summary>Non-breaking spaces made visible.</summary>
    private static string Visible(string text) => text.Replace('\u00a0', '_').Replace('\u202f', '_');
}
