using System.Text.Json;
using Cpf.Ml.Scoring.Certifications.Model;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class TrainCertificationsTests(TrainCertificationsTests.Trained trained)
    : IClassFixture<TrainCertificationsTests.Trained>
{
    private static readonly string Sample = Repository.In("data/sample");

    [Fact]
    public async Task The_same_controls_give_the_same_bytes_a_card_and_probabilities_that_follow_the_score()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("controls", trained.Output, StringComparison.Ordinal);

        // In another process, where strings hash otherwise.
        await Cli.StartAsync("train", "certifications", "--data", Sample, "--models", folder["b"]);
        foreach (var name in new[] { "manifest.json", "trees.json", "card.md" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(trained.In(name), Cancellation),
                await File.ReadAllBytesAsync(folder[$"b/certifications/{name}"], Cancellation));
        }

        var (model, manifest) = CertificationModel.Read(trained.Model);
        Assert.Equal(manifest.Figures.Controls, manifest.Figures.Bins.Sum(bin => bin.Controls));
        Assert.Contains(
            manifest.Version,
            await File.ReadAllTextAsync(trained.In("card.md"), Cancellation),
            StringComparison.Ordinal);

        var (scored, _, error) = await Cli.RunAsync(
            "certifications", "score", "--data", Sample, "--model", trained.Model, "--out", folder["scores.jsonl"]);
        Assert.True(scored == 0, error);
        var promised = (await File.ReadAllLinesAsync(folder["scores.jsonl"], Cancellation))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("is_warm").GetBoolean())
            .Select(line => line.GetProperty("confirmed_by_controls").GetDouble()).ToList();
        Assert.Equal(promised.OrderDescending(), promised);
        Assert.True(promised[0] > 0.5 && promised[^1] < 0.3, $"{promised[0]} to {promised[^1]}");
    }

    [Fact]
    public async Task Controls_decided_after_the_cutoff_are_not_learned()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await Cli.RunAsync(
            "train", "certifications", "--data", Sample, "--models", folder["none"], "--known", "2024-06-02");
        Assert.Equal(2, code);
        Assert.Contains(
            "no control of a certification with enough dossiers was decided before 2024-06-02",
            error,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public async Task Changed_model_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(trained.Model))
        {
            folder.Write($"certifications/{Path.GetFileName(file)}", await File.ReadAllTextAsync(file, Cancellation));
        }

        await File.AppendAllTextAsync(folder["certifications/trees.json"], " ", Cancellation);
        var (code, _, error) = await Cli.RunAsync(
            "certifications", "score", "--data", Sample, "--model", folder["certifications"], "--out",
            folder["scores.jsonl"]);
        Assert.Equal(2, code);
        Assert.Contains("trees.json", error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A model of the bundled sample, once.</summary>
    public sealed class Trained : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal string Model => _folder["certifications"];

        internal string Output { get; private set; } = "";

        internal string In(string name) => Path.Combine(Model, name);

        public async ValueTask InitializeAsync()
        {
            (var exit, Output, var error) = await Cli.RunAsync(
                "train", "certifications", "--data", Sample, "--models", _folder["."]);
            Assert.True(exit == 0, error);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
