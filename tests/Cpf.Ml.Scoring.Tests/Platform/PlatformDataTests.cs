using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Platform;

public sealed class PlatformDataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cpf-ml-");

    public PlatformDataTests()
    {
        Write(
            "certifications",
            "certification_id,register,title,nsf,level,certifier_id,registered_on,expires_on",
            "RS1,RS,Anglais,136,,C1,2020-01-01,2027-01-01");
        Write("organisations", "organisation_id,siren", "O1,S1");
        Write(
            "offers",
            "offer_id,certification_id,organisation_id,modality,hours,price,opened_on,closed_on",
            "1,RS1,O1,remote,20,999.50,2025-01-01,");
        Write("purchases", "purchase_id,offer_id,ordered_at,price,state", "1,1,2025-02-03 10:00:00,999.5,validated");
    }

    [Fact]
    public void Missing_columns_read_as_empty_and_are_listed()
    {
        using var data = PlatformData.Open(_folder.FullName);

        Assert.Equal(999.50m, data.Connection.Query("SELECT price FROM offers", row => row.GetDecimal(0)).Single());
        Assert.Equal([true], data.Connection.Query("SELECT balance IS NULL FROM purchases", row => row.GetBoolean(0)));
        Assert.Equal(
            0, data.Connection.Query("SELECT count(*) FROM exams WHERE is_passed", row => row.GetInt64(0)).Single());
        Assert.Contains("purchases.balance", data.Missing);
        Assert.Contains("exams", data.Missing);
        Assert.Contains("exams.held_on", data.Missing);
        Assert.DoesNotContain("offers.hours", data.Missing);
    }

    [Theory]
    [InlineData(
        "1,1,2025-02-03 10:00:00,999.5,validated\n2,1,yesterday,5,validated",
        "line 3, column ordered_at: «yesterday» is no instant yyyy-MM-dd HH:mm:ss.")]
    [InlineData("1,1,2025-02-03 10:00:00,-1,validated", "line 2, column price: «-1» is less than 0.")]
    [InlineData("1,1,2025-02-03 10:00:00,1,sold", "line 2, column state: «sold» is none of validated, cancelled.")]
    [InlineData("1,,2025-02-03 10:00:00,1,validated", "line 2, column offer_id: a value is needed.")]
    [InlineData("1,7,2025-02-03 10:00:00,1,validated", "line 2, column offer_id: «7» is not in offers.")]
    [InlineData(
        "1,1,2025-02-03 10:00:00,1,validated\n1,1,2025-02-03 10:00:00,1,validated",
        "line 3, column purchase_id: «1» is there twice.")]
    public void Invalid_value_is_reported_with_file_line_column_and_reason(string rows, string reason)
    {
        Write("purchases", "purchase_id,offer_id,ordered_at,price,state", rows);
        Assert.Equal([Path.Combine(_folder.FullName, "purchases.csv, ") + reason], Reasons());
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        Write("purchases", "purchase_id,offer_id,ordered_at,price,state", "x,1,2025-02-03 10:00:00,y,validated");
        Write(
            "offers",
            "offer_id,certification_id,organisation_id,modality,hours,price,opened_on,closed_on",
            "1,RS1,O1,moon,20,999.50,2025-01-01,");
        Assert.Equal(3, Reasons().Count);
    }

    [Fact]
    public void Missing_required_tables_and_columns_are_reported()
    {
        File.Delete(Path.Combine(_folder.FullName, "offers.csv"));
        Write("organisations", "organisation_id,town", "O1,Lille");
        var reasons = Reasons();

        Assert.Contains(reasons, reason => reason.EndsWith("organisations.csv: no column siren; found "
            + "organisation_id, town.", StringComparison.Ordinal));
        Assert.Contains(
            reasons,
            reason => reason.Contains("offers.parquet or .csv: there is no such file", StringComparison.Ordinal));
    }

    [Fact]
    public void Parquet_is_read_as_csv_is_and_validated_too()
    {
        var parquet = Path.Combine(_folder.FullName, "purchases.parquet");
        using (var data = PlatformData.Open(_folder.FullName))
        {
            data.Connection.Execute("COPY (SELECT purchase_id, offer_id, ordered_at, price, 'lost' AS state FROM "
                + $"purchases) TO {Sql.Quote(parquet)} (FORMAT parquet)");
        }

        File.Delete(Path.Combine(_folder.FullName, "purchases.csv"));
        Assert.Equal([$"{parquet}, row 1, column state: «lost» is none of validated, cancelled."], Reasons());
    }

    [Fact]
    public void File_that_is_no_table_is_refused_with_a_message()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "exams.parquet"), "no");
        Assert.Contains("exams.parquet: it cannot be read", Assert.Single(Reasons()), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<string> Reasons() =>
        Assert.Throws<PlatformDataException>(() => PlatformData.Open(_folder.FullName).Dispose()).Reasons;

    private void Write(string table, string header, string rows) =>
        File.WriteAllText(Path.Combine(_folder.FullName, table + ".csv"), $"{header}\n{rows}\n");
}
