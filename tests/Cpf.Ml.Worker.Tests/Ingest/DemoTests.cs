using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Demo;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class DemoTests
{
    private const long Minute = 60_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    // Monday 2 March 2026, 10:00 in Paris.
    private static readonly long Monday = new DateTimeOffset(
        2026, 3, 2, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void Simulated_minutes_depend_on_seed_and_minute_only()
    {
        var forwards = Ask(new DemoPlatform(1, Monday), Enumerable.Range(0, 200));
        var backwards = Ask(new DemoPlatform(1, Monday), Enumerable.Range(0, 200).Reverse());

        Assert.Equal(forwards, Enumerable.Reverse(backwards));
        Assert.NotEqual(forwards, Ask(new DemoPlatform(2, Monday), Enumerable.Range(0, 200)));
    }

    [Fact]
    public void Simulated_nights_Sundays_and_holidays_have_little_traffic()
    {
        var calendar = new DemoCalendar();
        var morning = calendar.BusyAt(Monday);

        Assert.True(calendar.BusyAt(Monday - (7 * 60 * Minute)) < 0.1 * morning);
        Assert.True(calendar.BusyAt(Monday - (24 * 60 * Minute)) < 0.5 * morning);

        // Easter Monday 2026, 10:00 in Paris.
        var easterMonday = new DateTimeOffset(2026, 4, 6, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.True(calendar.BusyAt(easterMonday) < 0.5 * morning);
    }

    [Theory]
    [InlineData("achat", 30)]
    [InlineData("connexion", 110)]
    [InlineData("validation-dossier", 210)]
    [InlineData("paiement-organisme", 310)]
    public void Simulated_incident_is_in_its_planned_minutes(string name, int minute)
    {
        var number = Enumerable.Range(0, DemoOperation.All.Length)
            .First(i => DemoOperation.All[i].Group.Operation == name);
        var operation = DemoOperation.All[number];
        var with = new DemoPlatform(1, Monday).Minute(operation, number, Monday + (minute * Minute));
        var without = new DemoPlatform(1, Monday + (1000 * Minute))
            .Minute(operation, number, Monday + (minute * Minute))!.Value;

        Assert.True(name switch
        {
            "achat" => with!.Value.P95 > 3 * without.P95,
            "connexion" => with!.Value.Count < 0.5 * without.Count,
            "validation-dossier" => with!.Value.ErrorRate > without.ErrorRate + 0.1,
            _ => with is null,
        });
    }

    [Fact]
    public async Task Demonstration_plays_history_then_an_accelerated_live_part_and_resumes_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(IngestHost.Start);
        var liveStart = IngestHost.Start.AddDays(-1).ToUnixTimeMilliseconds();
        var settings = new Dictionary<string, string?>
        {
            ["Ingest:Demo:Enabled"] = "true",
            ["Ingest:Demo:HistoryWeeks"] = "1",
            ["Ingest:Demo:LiveDays"] = "1",
        };
        long newest;
        await using (var host = await IngestHost.StartAsync(settings, folder.Path, time))
        {
            var history = await host.Drain.UntilAsync(Reaches(liveStart - Minute), Deadline);
            Assert.Equal(liveStart - (7 * 24 * 60 * Minute), history.Min(sample => sample.Timestamp));
            Assert.Equal(0, history.Count(sample => sample.Timestamp >= liveStart));
            Assert.Empty(host.Status(DemoReplay.SourceName).Rejected);
            Assert.All(history.Select(sample => sample.Series).Distinct(), series => Assert.NotNull(series.Clock));

            while (!Reaches(liveStart + (5 * Minute))(host.Drain.Samples))
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            Assert.InRange(time.GetUtcNow() - IngestHost.Start, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
            await host.StopAsync();
            newest = host.Drain.Samples.Max(sample => sample.Timestamp);
        }

        await using var again = await IngestHost.StartAsync(settings, folder.Path, time);
        while (again.Drain.Samples.Count == 0)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(newest + Minute, again.Drain.Samples.Min(sample => sample.Timestamp));
    }

    private static Func<IReadOnlyList<Sample>, bool> Reaches(long timestamp) =>
        samples => samples.Count > 0 && samples[^1].Timestamp >= timestamp;

    private static List<TransactionMinute?> Ask(DemoPlatform platform, IEnumerable<int> minutes) =>
        [.. minutes.Select(minute => platform.Minute(DemoOperation.All[3], 3, Monday + (minute * Minute)))];
}
