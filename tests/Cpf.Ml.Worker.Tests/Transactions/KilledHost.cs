using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Dapper;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>
/// A service over one database that goes back to its last checkpoint, as a kill makes it; its clock stands still.
/// </summary>
internal sealed class KilledHost : IAsyncDisposable
{
    /// <summary>Minutes of past, after which a series is warm.</summary>
    public const int Warm = (2 * 1440) + 60;

    /// <summary>Random numbers of neighbouring seeds are not random to each other.</summary>
    private static readonly double[] Noise = Numbers(new Random(11));

    private readonly TemporaryFolder _folder = new();
    private WatchedHost? _host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => _folder.In("worker.db");

    public WatchedHost Host => _host!;

    public SeriesTarget Series { get; } = WatchedHost.Target("dossiers");

    public SeriesState State => Host.StateOf(Series.Identity);

    /// <summary>Warm, up to minute 0 of the tests.</summary>
    public static async Task<KilledHost> StartAsync()
    {
        var killed = new KilledHost();
        await killed.StartHostAsync();
        await killed.SendAsync(-Warm, 0, _ => false);
        return killed;
    }

    /// <summary>Sends a point a minute in [from, to); the same minute always has the same noise.</summary>
    /// <param name="isAnomalous">Whether the value of a minute is nine times the baseline.</param>
    public async Task SendAsync(int from, int to, Func<int, bool> isAnomalous, SeriesTarget? target = null)
    {
        var batch = Host.Get<Intake>().Batch();
        for (var minute = from; minute < to; minute++)
        {
            var value = (isAnomalous(minute) ? 90 : 10) + Noise[minute + Warm];
            Assert.Null(batch.Add(target ?? Series, At(minute).ToUnixTimeMilliseconds(), value));
        }

        await Host.Get<Intake>().SubmitAsync(batch, Host.Get<IngestHealth>().Source(IngestHealth.Metrics), Cancel);
    }

    /// <returns>What a checkpoint writes down now.</returns>
    public async Task<IReadOnlyList<StoredSeries>> CheckpointAsync()
    {
        await Host.Get<Checkpoints>().SaveAsync(Cancel);
        return await Host.Get<SeriesStateStore>().ReadAsync(Cancel).ToListAsync(Cancel);
    }

    /// <summary>Starts again with the states of a checkpoint; alerts are as they were last.</summary>
    public async Task GoBackAsync(IReadOnlyList<StoredSeries> checkpoint)
    {
        await Host.DisposeAsync();
        await using (var database = new Database(new StorageSettings { Path = Path }))
        {
            await new SeriesStateStore(database, TimeProvider.System).WriteAsync(checkpoint, Cancel);
        }

        await StartHostAsync();
    }

    /// <summary>Id, begin and end of each alert, as minutes, oldest first.</summary>
    public async Task<List<(string Id, int Opened, int? Closed)>> AlertsAsync() =>
        [.. (await Host.AlertsAsync()).OrderBy(alert => alert.OpenedAt).Select(alert => (
            alert.Id, Minute(alert.OpenedAt), alert.ClosedAt is { } closed ? Minute(closed) : (int?)null))];

    /// <summary>
    /// Grows with every notification: versions of incidents, lines of timelines, messages to receivers.
    /// </summary>
    public async Task<long> NotificationsAsync()
    {
        await using var connection = await Host.Get<Database>().OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<long>(
            "select (select coalesce(sum(version), 0) from incident) + (select count(*) from incident_event) + "
                + "(select count(*) from outbox)");
    }

    public static DateTimeOffset At(int minute) => WatchedHost.Start.AddMinutes(Warm + minute);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static double[] Numbers(Random random) =>
        [.. Enumerable.Range(0, 3 * Warm).Select(_ => random.NextDouble())];

    public static int Minute(DateTimeOffset at) => (int)(at - At(0)).TotalMinutes;

    private async Task StartHostAsync() => _host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm + 1440), Path);
}
