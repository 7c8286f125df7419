using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Platform.Generation;
using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Tests.Platform.Generation;

/// <summary>
/// Worlds keep the contract of platform data, and look like the field where public figures say how it looks.
/// </summary>
public sealed class WorldGeneratorTests : IClassFixture<WorldGeneratorTests.Ordinary>
{
    private readonly PlatformData _data;

    public WorldGeneratorTests(Ordinary ordinary) => _data = ordinary.Data;

    [Fact]
    public void The_same_options_give_the_same_bytes_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        var small = new GeneratorOptions { Certifications = 60, Purchases = 5000, Months = 18 };
        WorldGenerator.Generate(small, null, folder["a"]);
        WorldGenerator.Generate(small, null, folder["b"]);
        WorldGenerator.Generate(small with { Seed = 2 }, null, folder["c"]);

        Assert.All(
            Directory.GetFiles(folder["a"]),
            file => Assert.Equal(
                File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["b"], Path.GetFileName(file)))));
        Assert.NotEqual(
            File.ReadAllBytes(Path.Combine(folder["a"], "purchases.parquet")),
            File.ReadAllBytes(Path.Combine(folder["c"], "purchases.parquet")));
    }

    /// <summary>Published figures; a world is one draw, and fields weigh differently in each.</summary>
    [Theory]
    [InlineData("SELECT avg(price) FROM purchases", 1560, 0.25)]
    [InlineData("SELECT avg(price) FROM offers", 2260, 0.25)]
    [InlineData("SELECT avg(hours) FROM offers", 113, 0.25)]
    [InlineData("SELECT avg((entered_on IS NOT NULL)::INT) FROM purchases WHERE ordered_at < '2026-01-01'", 0.95, 0.03)]
    [InlineData("SELECT avg((completion >= 1)::INT) FROM sessions", 0.86, 0.06)]
    [InlineData("SELECT avg((held_on IS NULL)::INT) FROM exams WHERE known_on < '2026-05-01'", 0.35, 0.2)]
    [InlineData("SELECT avg(is_passed::INT) FROM exams", 0.89, 0.05)]
    [InlineData("SELECT avg(top_up) FROM purchases WHERE funder = 'france-travail'", 1723, 0.25)]
    [InlineData("SELECT avg(top_up) FROM purchases WHERE funder = 'region'", 2426, 0.3)]
    [InlineData("SELECT avg(top_up) FROM purchases WHERE funder = 'opco'", 1452, 0.25)]
    [InlineData("SELECT sum(n) / (SELECT count(*) FROM purchases) FROM (SELECT count(*) AS n FROM purchases JOIN "
        + "offers USING (offer_id) GROUP BY certification_id ORDER BY n DESC LIMIT 10)", 0.42, 0.25)]
    [InlineData("SELECT avg((year(opened_on) = 2025)::INT) FROM offers WHERE opened_on < '2026-01-01' AND "
        + "coalesce(closed_on, '2027-01-01') >= '2025-01-01'", 0.65, 0.25)]
    public void Public_aggregates_are_met(string sql, double published, double tolerance)
    {
        var value = _data.Connection.Query(
            sql, row => Convert.ToDouble(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)).Single();
        Assert.InRange(value / published, 1 - tolerance, 1 + tolerance);
    }

    [Theory]
    [InlineData("SELECT max(ordered_at) FROM purchases")]
    [InlineData("SELECT max(entered_on) FROM purchases")]
    [InlineData("SELECT max(cancelled_on) FROM purchases")]
    [InlineData("SELECT max(declared_at) FROM sessions")]
    [InlineData("SELECT max(known_on) FROM exams")]
    [InlineData("SELECT max(transmitted_on) FROM exams")]
    [InlineData("SELECT max(received_on) FROM complaints")]
    [InlineData("SELECT max(decided_on) FROM controls")]
    public void Nothing_is_known_of_what_comes_after_the_end(string sql) =>
        Assert.True(_data.Connection.Query(sql, row => row.GetDateTime(0)).Single() < new DateTime(2026, 7, 1));

    [Fact]
    public void Controls_are_few_late_and_of_several_origins()
    {
        var days = _data.Connection.Query(
            "SELECT date_diff('day', opened_on, decided_on) FROM controls WHERE decided_on IS NOT NULL",
            row => row.GetInt64(0));
        Assert.InRange(days.Min(), 42, 140);
        Assert.InRange(days.Max(), 42, 140);
        Assert.Equal(
            ["random", "report", "top"],
            _data.Connection.Query("SELECT DISTINCT selection FROM controls ORDER BY 1", row => row.GetString(0)));
        Assert.Contains("confirmed", _data.Connection.Query("SELECT DISTINCT outcome FROM controls WHERE outcome IS "
            + "NOT NULL", row => row.GetString(0)));
    }

    [Fact]
    public async Task Command_refuses_unknown_typologies()
    {
        using var folder = new TemporaryFolder();
        var (exit, output, _) = await Cli.RunAsync(
            "data", "generate", "--out", folder["w"], "--certifications", "60", "--purchases", "60000", "--months",
            "15", "--typologies", "T4");
        Assert.Equal(0, exit);
        Assert.Contains("60 certifications", output, StringComparison.Ordinal);
        var truth = File.ReadLines(Path.Combine(folder["w"], WorldGenerator.Truth)).Skip(1);
        Assert.Equal("T4", truth.Select(line => line.Split(',')[1]).First(id => id[0] == 'T'));

        (exit, _, var error) = await Cli.RunAsync("data", "generate", "--out", folder["x"], "--typologies", "T99");
        Assert.Equal(2, exit);
        Assert.Contains("«T99» is none of T1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_of_the_register_are_used_where_it_is_given()
    {
        using var folder = new TemporaryFolder();
        var titles = RegisterTitles.Read(SharedData.Folder("rncp-2021"));
        var world = WorldGenerator.Generate(
            new GeneratorOptions { Certifications = 100, Purchases = 2000, Months = 15 }, titles, folder["w"]);

        Assert.InRange(titles.Count, 3400, 17_369);
        Assert.Equal(
            100, world.Certifications.Select(certification => certification.Id)
                .Intersect(titles.Select(title => title.Id)).Count());
        Assert.DoesNotContain(titles, title => title.Title.Contains("''", StringComparison.Ordinal));
    }

    /// <summary>A world of middle size, once.</summary>
    public sealed class Ordinary : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Ordinary()
        {
            WorldGenerator.Generate(new GeneratorOptions { Purchases = 150_000, Months = 30 }, null, _folder["w"]);
            Data = PlatformData.Open(_folder["w"]);
        }

        internal PlatformData Data { get; }

        public void Dispose()
        {
            Data.Dispose();
            _folder.Dispose();
        }
    }
}
