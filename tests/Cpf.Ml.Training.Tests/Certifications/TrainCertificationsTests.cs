using System.Text.Json;
using Cpf.Ml.Scoring.Certifications.Model;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class TrainCertificationsTests
{
    private static readonly string Sample = Repository.In("data/sample");

    [Fact]
    public async Task The_same_controls_give_the_same_bytes_a_card_and_probabilities_that_follow_the_score()
    {
        using var folder = new TemporaryFolder();
        var (code, output, _) = await Cli.RunAsync("train", "certifications", "--data", Sample, "--models", folder["a"]);
        Assert.Equal(0, code);
        Assert.Contains("controls", output, StringComparison.Ordinal);

        // In another process, where strings hash otherwise.
        await Cli.StartAsync("train", "certifications", "--data", Sample, "--models", folder["b"]);
        foreach (var name in new[] { "manifest.json", "trees.json", "card.md" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(folder[$"a/certifications/{name}"], Cancellation), await File.ReadAllBytesAsync(folder[$"b/certifications/{name}"], Cancellation));
        }

        var (model, manifest) = CertificationModel.Read(folder["a/certifications"]);
        Assert.Equal(manifest.Figures.Controls, manifest.Figures.Bins.Sum(bin => bin.Controls));
        Assert.Contains(manifest.Version, await File.ReadAllTextAsync(folder["a/certifications/card.md"], Cancellation), StringComparison.Ordinal);

        var (scored, _, error) = await Cli.RunAsync("certifications", "score", "--data", Sample, "--model", folder["a/certifications"], "--out", folder["scores.jsonl"]);
        Assert.Equal((0, ""), (scored, error));
        var promised = (await File.ReadAllLinesAsync(folder["scores.jsonl"], Cancellation)).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("is_warm").GetBoolean()).Select(line => line.GetProperty("confirmed_by_controls").GetDouble()).ToList();
        Assert.Equal(promised.OrderDescending(), promised);
        Assert.True(promised[0] > 0.5 && promised[^1] < 0.3, $"{promised[0]} to {promised[^1]}");
    }

    [Fact]
    public async Task Controls_that_were_decided_later_teach_nothing()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await Cli.RunAsync("train", "certifications", "--data", Sample, "--models", folder["none"], "--known", "2024-06-02");
        Assert.Equal(2, code);
        Assert.Contains("no control of a certification with enough dossiers was decided before 2024-06-02", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public async Task A_changed_model_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        await Cli.RunAsync("train", "certifications", "--data", Sample, "--models", folder["."]);
        await File.AppendAllTextAsync(folder["certifications/trees.json"], " ", Cancellation);
        var (code, _, error) = await Cli.RunAsync("certifications", "score", "--data", Sample, "--model", folder["certifications"], "--out", folder["scores.jsonl"]);
        Assert.Equal(2, code);
        Assert.Contains("trees.json", error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
