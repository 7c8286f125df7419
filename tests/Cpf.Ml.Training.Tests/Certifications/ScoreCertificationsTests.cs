using System.Text.Json;
using Cpf.Ml.Training.Certifications.Evaluation;
using Cpf.Ml.Training.Platform.Generation;
using Cpf.Ml.Training.Platform.Generation.Worlds;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class ScoreCertificationsTests(CertificationsWorld world) : IClassFixture<CertificationsWorld>
{
    [Fact]
    public async Task Top_twelve_are_mostly_frauds_with_reasons_of_their_typology()
    {
        var lines = await ScoresAsync();
        var truth = Truth.Read(world.Folder);
        var first = lines.Where(
            line => line.GetProperty("rank").ValueKind == JsonValueKind.Number
                && line.GetProperty("rank").GetInt32() <= 12).ToList();
        var frauds = first.Where(
            line => truth.TryGetValue(line.GetProperty("certification").GetString()!, out var item)
                && item.IsFraud).ToList();

        Assert.InRange(frauds.Count, 9, 12);
        Assert.InRange(
            frauds.Count(
                line => Codes(line).Intersect(truth[line.GetProperty("certification").GetString()!].Moves).Any()),
            frauds.Count - 1,
            frauds.Count);
    }

    private static IEnumerable<string> Codes(JsonElement line) =>
        line.GetProperty("reasons").EnumerateArray().Take(3)
            .Select(reason => reason.GetProperty("code").GetString()![2..]);

    [Fact]
    public async Task Scores_are_the_same_bytes_in_another_process()
    {
        // In another process, where strings hash otherwise.
        var (exit, _, error) = await Cli.StartAsync(
            "certifications", "score", "--data", world.Folder, "--out", PathOf("b.jsonl"), "--cutoff", "2026-07-01");
        Assert.True(exit == 0, error);
        Assert.Equal(await world.ScoresAsync(), await File.ReadAllTextAsync(PathOf("b.jsonl"), Cancellation));
    }

    [Fact]
    public async Task Certification_with_too_few_dossiers_is_cold_and_has_no_rank()
    {
        var few = (await ScoresAsync()).Where(line => !line.GetProperty("is_warm").GetBoolean()).ToList();

        Assert.NotEmpty(few);
        Assert.All(few, line =>
        {
            Assert.InRange(line.GetProperty("dossiers").GetInt64(), 0, 29);
            Assert.Equal(JsonValueKind.Null, line.GetProperty("rank").ValueKind);
            Assert.Equal(0, line.GetProperty("reasons").GetArrayLength());
        });
    }

    [Fact]
    public async Task A_reason_has_value_peers_and_what_to_check_and_shares_add_up_to_one_at_most()
    {
        foreach (var line in (await ScoresAsync()).Where(line => line.GetProperty("reasons").GetArrayLength() > 0)
            .Take(40))
        {
            var reasons = line.GetProperty("reasons").EnumerateArray().ToList();
            Assert.InRange(reasons.Count, 1, 5);
            Assert.InRange(reasons.Sum(reason => reason.GetProperty("share").GetDouble()), 0.2, 1.001);
            Assert.All(reasons, reason =>
            {
                Assert.Contains(
                    "certifications comparables", reason.GetProperty("sentence").GetString(), StringComparison.Ordinal);
                Assert.Contains(
                    "comparable certifications",
                    reason.GetProperty("sentence_en").GetString(),
                    StringComparison.Ordinal);
                Assert.NotEmpty(reason.GetProperty("check").GetString()!);
                Assert.True(reason.GetProperty("rank_without").GetInt32() >= line.GetProperty("rank").GetInt32());
            });
        }
    }

    [Fact]
    public async Task Missing_tables_and_invalid_cutoffs_are_refused()
    {
        var (exit, _, error) = await Cli.RunAsync(
            "certifications", "score", "--data", world.Folder, "--out", PathOf("no.jsonl"), "--cutoff", "yesterday");
        Assert.Equal(2, exit);
        Assert.Contains("--cutoff: «yesterday» is no date", error, StringComparison.Ordinal);

        (exit, _, error) = await Cli.RunAsync(
            "certifications", "score", "--data", world.Folder, "--out", PathOf("no.jsonl"), "--cutoff", "1990-01-01");
        Assert.Equal(2, exit);
        Assert.Contains("no certification was on sale before that day", error, StringComparison.Ordinal);

        (exit, _, error) = await Cli.RunAsync(
            "certifications", "score", "--data", Path.GetTempPath(), "--out", PathOf("no.jsonl"));
        Assert.Equal(2, exit);
        Assert.Contains("purchases.parquet or .csv: there is no such file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_table_is_reported_with_the_features_that_need_it()
    {
        var folder = Directory.CreateDirectory(PathOf("without-reviews")).FullName;
        foreach (var file in Directory.EnumerateFiles(world.Folder)
            .Where(file => !Path.GetFileName(file).StartsWith("reviews", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var (exit, output, error) = await Cli.RunAsync(
            "certifications", "score", "--data", folder, "--out", PathOf("less.jsonl"), "--cutoff", "2026-07-01");
        Assert.True(exit == 0, error);
        Assert.Matches(@"Not computable, the data lack what they need: (F\d\d(, )?)+;", output);
    }

    [Fact]
    public async Task Kept_measures_change_no_score_and_are_renewed_each_month()
    {
        var small = PathOf("small");
        WorldGenerator.Generate(
            new GeneratorOptions { Certifications = 100, Purchases = 30_000, Months = 27 }, null, small);
        async Task<byte[]> OnAsync(string day, params string[] more)
        {
            var (exit, _, error) = await Cli.RunAsync(
                ["certifications", "score", "--data", small, "--out", PathOf("kept.jsonl"), "--cutoff", day, .. more]);
            Assert.True(exit == 0, error);
            return await File.ReadAllBytesAsync(PathOf("kept.jsonl"), Cancellation);
        }

        string[] keep = ["--keep", PathOf("year-before.json")];
        await OnAsync("2026-05-10", keep);
        var kept = await File.ReadAllBytesAsync(keep[1], Cancellation);
        Assert.Equal(await OnAsync("2026-05-20"), await OnAsync("2026-05-20", keep));
        Assert.Equal(kept, await File.ReadAllBytesAsync(keep[1], Cancellation));
        Assert.Equal(await OnAsync("2026-06-02"), await OnAsync("2026-06-02", keep));
        Assert.NotEqual(kept, await File.ReadAllBytesAsync(keep[1], Cancellation));

        await File.WriteAllTextAsync(keep[1], "{}", Cancellation);
        var (exit, _, error) = await Cli.RunAsync(
            ["certifications", "score", "--data", small, "--out", PathOf("no.jsonl"), .. keep]);
        Assert.Equal(2, exit);
        Assert.Contains("it was not written by --keep", error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PathOf(string name) => Path.Combine(world.Folder, "..", name);

    private async Task<List<JsonElement>> ScoresAsync() =>
        [.. (await world.ScoresAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
}
