using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Model;

namespace Cpf.Ml.Training.Tests.Transactions.Learning;

public sealed class TrainCommandTests : IDisposable
{
    private const string Queue = """queue_depth{service="dossiers"}""";
    private const string Refusals = """refusals{channel="web",service="achat"}""";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Trained_series_has_the_state_of_the_online_detector()
    {
        var points = WriteHistory(days: 4);

        var (exitCode, output, error) = await TrainAsync("models");

        Assert.True(exitCode == 0, error);
        var model = TransactionsModel.Read(_folder["models/transactions"]);
        Assert.Contains(model.Id.ToString(), output, StringComparison.Ordinal);
        Assert.Equal(2, model.Count);
        var options = new SeriesDetectorOptions { Zone = "Europe/Paris", FrenchHolidays = true };
        var online = new SeriesMonitor(options, new AlertRuleOptions());
        foreach (var point in points)
        {
            online.Step(point, 0.1 / online.Detector.PointsPerDay, out _);
        }

        var trained = model.Find(Queue)!;
        Assert.Equal((MetricKind.Gauge, points[^1].Timestamp), (trained.Kind, trained.LastTimestamp));
        Assert.Equal(online.Snapshot(), trained.State);
        Assert.True(SeriesMonitor.Restore(options, new AlertRuleOptions(), trained.State).Detector.IsWarm);
        Assert.Equal(MetricKind.ErrorRate, model.Find(Refusals)!.Kind);
    }

    [Fact]
    public async Task Same_history_gives_the_same_bytes_and_another_one_another_version()
    {
        WriteHistory(days: 3);
        await TrainAsync("one");

        // In another process, where strings hash otherwise.
        await Cli.StartAsync("train", "transactions", "--data", _folder["history"], "--models", _folder["two"]);
        WriteHistory(days: 4);
        await TrainAsync("three");

        Assert.All(
            new[] { "manifest.json", "card.md", "series.ndjson" },
            name => Assert.Equal(
                File.ReadAllBytes(_folder[$"one/transactions/{name}"]),
                File.ReadAllBytes(_folder[$"two/transactions/{name}"])));
        Assert.NotEqual(
            TransactionsModel.Read(_folder["one/transactions"]).Id,
            TransactionsModel.Read(_folder["three/transactions"]).Id);
    }

    [Fact]
    public async Task Manifest_lists_the_files_read_and_keeps_the_default_of_an_undecided_choice()
    {
        var points = WriteHistory(days: 20);
        await TrainAsync("models");

        var manifest = TransactionsModel.Read(_folder["models/transactions"]).Manifest;
        Assert.Equal(["achat.ndjson", "dossiers/queue_depth.csv"], manifest.Data.Select(file => file.Name));
        Assert.Equal(
            ModelFolder.Hash(File.ReadAllBytes(_folder["history/dossiers/queue_depth.csv"])), manifest.Data[1].Sha256);
        var queue = manifest.Series.Single(trained => trained.Series == Queue);
        Assert.Equal((points.Count, 1L, 1L), (queue.Points, queue.Missing, queue.Dropped));
        Assert.Equal(points[0].Timestamp, queue.From.ToUnixTimeMilliseconds());

        // No holiday in these weeks: nothing speaks for either way.
        var holidays = manifest.HyperParameters.Single(choice => choice.Name == "FrenchHolidays");
        Assert.Equal(("true", false, 0.0), (holidays.Chosen, holidays.Decided, holidays.Difference.Value));
        Assert.Equal(4, holidays.Folds.Count);
        Assert.InRange(manifest.All.Rare100.Value, manifest.All.Rare100.Low, manifest.All.Rare100.High);
        Assert.InRange(manifest.All.Inside99.Value, 0.97, 1);
    }

    [Fact]
    public async Task Single_transactions_become_the_series_that_the_service_derives()
    {
        // The minute in which only somebody searched is one of no purchase.
        string Line(int minute, double duration, string outcome, string operation = "purchase") =>
            JsonSerializer.Serialize(new
            {
                operation,
                start = $"2026-01-05T10:{minute:00}:00Z",
                duration,
                outcome,
                channel = "web",
            });
        _folder.Write(
            "history/transactions.ndjson",
            string.Join(
                '\n', Line(3, 2, "ok"), Line(0, 1, "ok"), Line(0, 1, "Timeout"), Line(1, 1, "ok", "search"), ""));
        await TrainAsync("models");

        var series = TransactionsModel.Read(_folder["models/transactions"]).Manifest.Series;
        Assert.Equal(
            [
                (
                    """transaction_duration_seconds{operation="purchase",quantile="0.5",service="purchase"}""",
                    MetricKind.Duration,
                    3L,
                    1L),
                (
                    """transaction_duration_seconds{operation="purchase",quantile="0.95",service="purchase"}""",
                    MetricKind.Duration,
                    3,
                    1),
                (
                    """transaction_duration_seconds{operation="purchase",quantile="0.99",service="purchase"}""",
                    MetricKind.Duration,
                    3,
                    1),
                ("""transaction_error_ratio{operation="purchase",service="purchase"}""", MetricKind.ErrorRate, 3, 1),
                ("""transaction_volume{operation="purchase",service="purchase"}""", MetricKind.Volume, 3, 0),
            ],
            series.Where(trained => trained.Series.Contains("purchase", StringComparison.Ordinal))
                .Select(trained => (trained.Series, trained.Kind, trained.Points, trained.Missing)));
    }

    [Fact]
    public async Task Zone_is_changed_where_the_history_follows_another_clock()
    {
        // Winter, and then summer, in which the day of Paris begins an hour earlier than the day of this series.
        var random = new Random(3);
        var start = new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);
        Write("night_ratio.csv", [.. Enumerable.Range(0, 60 * 96).Select(i => new Observation(
            start.AddMinutes(15 * i).ToUnixTimeMilliseconds(),
            (i % 96 / 4 is >= 7 and < 19 ? 100 : 0) + random.NextDouble()))]);
        var (_, output, _) = await TrainAsync("models");

        var zone = TransactionsModel.Read(_folder["models/transactions"]).Manifest.HyperParameters.Single(
            choice => choice.Name == "Zone");
        Assert.True(zone.Decided, output);
        Assert.Equal(("Europe/Paris", "UTC"), (zone.Default, zone.Chosen));
        Assert.True(zone.Difference.High < 0);

        await TrainAsync("fixed", "--fixed", "--holidays", "false", "--quiet-points", "12");
        var kept = TransactionsModel.Read(_folder["fixed/transactions"]).Manifest;
        Assert.Equal(("Europe/Paris", false, 12), (kept.Zone, kept.FrenchHolidays, kept.QuietPoints));
        Assert.Contains(
            "imposed, though the other is better",
            File.ReadAllText(_folder["fixed/transactions/card.md"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_is_in_French_and_English_with_the_figures_of_the_manifest()
    {
        WriteHistory(days: 4);
        await TrainAsync("models");

        var card = File.ReadAllText(_folder["models/transactions/card.md"]);
        var manifest = TransactionsModel.Read(_folder["models/transactions"]).Manifest;
        Assert.Contains("**Qui décide.**", card, StringComparison.Ordinal);
        Assert.Contains("**Who decides.**", card, StringComparison.Ordinal);
        Assert.Equal(2, card.Split(manifest.Version).Length - 1);
        Assert.Contains(
            manifest.All.Inside99.Value.ToString("0.000", CultureInfo.GetCultureInfo("fr-FR")),
            card,
            StringComparison.Ordinal);
        Assert.Contains(
            manifest.All.Inside99.Value.ToString("0.000", CultureInfo.InvariantCulture),
            card,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "timestamp,value\n60,x\n", "line 2, column value: «x» is not a number.")]
    [InlineData("a.ndjson", """{"series":"a","timestamp":1}""", "a.ndjson, line 1: there is no \"value\".")]
    [InlineData("a.ndjson", """{"series":"a","timestamp":1,"value":1,"kind":"colour"}""", "was \"colour\".")]
    [InlineData(
        "a.ndjson",
        """{"operation":"a","start":1,"duration":-1,"outcome":"ok"}""",
        "a.ndjson, line 1: \"duration\" must be 0 to 86400 seconds, was -1.")]
    [InlineData("a.txt", "", "expected service/name.csv")]
    public async Task Unreadable_history_exits_with_2_and_names_file_and_line(
        string name, string text, string said)
    {
        _folder.Write("history/" + name, text);
        var (exitCode, output, error) = await TrainAsync("models");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string Output, string Error)> TrainAsync(string models, params string[] options) =>
        Cli.RunAsync(["train", "transactions", "--data", _folder["history"], "--models", _folder[models], .. options]);

    /// <summary>A gauge as CSV, with a hole and a repetition, and an error rate as lines.</summary>
    /// <returns>The gauge's points.</returns>
    private List<Observation> WriteHistory(int days)
    {
        var random = new Random(2);
        var start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var points = Enumerable.Range(0, days * 288).Select(i => new Observation(
            start.AddMinutes(5 * i).ToUnixTimeMilliseconds(),
            i == 400 ? double.NaN : 50 + random.NextDouble())).ToList();
        Write("dossiers/queue_depth.csv", [.. points, points[^1]]);
        _folder.Write("history/achat.ndjson", string.Join('\n', points.Select(point => JsonSerializer.Serialize(new
        {
            series = "refusals",
            labels = new { service = "achat", channel = "web" },
            timestamp = point.Timestamp,
            value = random.NextDouble() / 20,
            volume = 200,
            kind = "error-rate",
        }))));
        return points;
    }

    private void Write(string name, IReadOnlyList<Observation> points) =>
        _folder.Write("history/" + name, "timestamp,value\n" + string.Concat(
            points.Select(point => string.Create(
                CultureInfo.InvariantCulture,
                $"{point.Timestamp / 1000},{(double.IsNaN(point.Value) ? null : (double?)point.Value):R}\n"))));
}
