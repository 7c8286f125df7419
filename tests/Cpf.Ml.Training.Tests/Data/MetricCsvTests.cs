using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Tests.Data;

public sealed class MetricCsvTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("", ": the file is empty; expected a header timestamp,value.")]
    [InlineData("time,value\n1,2\n", ", line 1: no column timestamp; found time, value.")]
    [InlineData("timestamp,count\n1,2\n", ", line 1: no column value; found timestamp, count.")]
    [InlineData("timestamp,value\n1,2\n2\n", ", line 3: 1 fields, the header has 2.")]
    [InlineData("timestamp,value\n1,2\n\n2,3,4\n", ", line 4: 3 fields, the header has 2.")]
    [InlineData(
        "timestamp,value\nyesterday,2\n",
        ", line 2, column timestamp: «yesterday» is neither ISO 8601 nor seconds since 1970.")]
    [InlineData("timestamp,value\n,2\n", ", line 2, column timestamp: «» is neither ISO 8601 nor seconds since 1970.")]
    [InlineData(
        "timestamp,value\n1e300,2\n",
        ", line 2, column timestamp: «1e300» is neither ISO 8601 nor seconds since 1970.")]
    [InlineData(
        "timestamp,value\n-99999999999999,2\n",
        ", line 2, column timestamp: «-99999999999999» is neither ISO 8601 nor seconds since 1970.")]
    [InlineData("timestamp,value\n1,twelve\n", ", line 2, column value: «twelve» is not a number.")]
    [InlineData("timestamp,value\n1,\"12\"\n", ", line 2, column value: «\"12\"» is not a number.")]
    [InlineData("timestamp,value,volume\n1,2,many\n", ", line 2, column volume: «many» is not a number.")]
    public void Invalid_value_is_refused_with_file_line_column_and_reason(string text, string reason)
    {
        var path = _folder.Write("series.csv", text);

        var refused = Assert.Throws<InputException>(() => MetricCsv.Read(path).ToList());
        Assert.Equal(path + reason, refused.Message);
    }

    [Fact]
    public void Iso_instants_epoch_seconds_and_milliseconds_are_the_same_moment()
    {
        var path = _folder.Write("series.csv", """
            timestamp,value
            2026-11-23 10:00:00,1
            2026-11-23T10:00:00Z,1
            2026-11-23T11:00:00+01:00,1
            1795428000,1
            1795428000.0,1
            1795428000000,1
            """);

        Assert.All(MetricCsv.Read(path), row => Assert.Equal(1_795_428_000_000, row.Point.Timestamp));
    }

    [Fact]
    public void Empty_value_and_NaN_are_missing()
    {
        var path = _folder.Write("series.csv", "timestamp,value\n60,\n120, \n180,NaN\n240,-1.5e3\n");

        Assert.Equal([double.NaN, double.NaN, double.NaN, -1500], MetricCsv.Read(path).Select(row => row.Point.Value));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_are_ignored()
    {
        var path = _folder.Write("series.csv", "\uFEFFVolume, Value ,label,TIMESTAMP\r\n500,0.25,x,60\r\n");

        Assert.Equal([("60", new Observation(60_000, 0.25, 500))], MetricCsv.Read(path));
    }

    public void Dispose() => _folder.Dispose();
}
