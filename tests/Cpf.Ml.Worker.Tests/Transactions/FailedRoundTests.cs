using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Dapper;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>
/// A round that fails is logged, and a later one does its work: here the store or the clock is away for a while.
/// </summary>
public sealed class FailedRoundTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    private readonly CapturedLog _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failed_silence_check_is_logged_each_round_and_alerts_once_the_store_is_back()
    {
        await using var host = await WatchedHost.StartAsync(log: _log);
        await host.SendAsync(0, Warm, level: 10, WatchedHost.Target("dossiers"));
        host.Time.Advance(TimeSpan.FromMinutes(10));
        await ExecuteAsync(host, "alter table incident rename to incident_away");
        await host.Get<NoDataWatch>().StartAsync(Cancel);

        await PassAsync(host, () => Task.FromResult(Logged("The check for silent series failed") >= 2));
        await ExecuteAsync(host, "alter table incident_away rename to incident");
        await PassAsync(host, async () => (await host.AlertsAsync()).Any(alert => alert.Rule == AlertRules.NoData));
    }

    [Fact]
    public async Task Failed_joint_evidence_is_logged_each_round_and_becomes_a_series_once_the_clock_works()
    {
        var clock = new FaultyClock(WatchedHost.Start);
        await using var host = await WatchedHost.StartAsync(
            clock, settings: new() { ["Transactions:JointSeries"] = "3" }, log: _log);
        await host.SendAsync(
            0, Warm, level: 10, [.. Enumerable.Range(0, 3).Select(number => WatchedHost.Target("dossiers", number))]);
        clock.IsBroken = true;
        await host.Get<JointWatch>().StartAsync(Cancel);

        await PassAsync(host, () => Task.FromResult(Logged("The joint evidence could not be scored") >= 2));
        clock.IsBroken = false;
        await PassAsync(host, () => Task.FromResult(host.Get<SeriesCatalog>().Series.Any(series => series.IsJoint)));
    }

    public void Dispose() => _log.Dispose();

    private int Logged(string message) => _log.Text.Split(message).Length - 1;

    private static async Task ExecuteAsync(WatchedHost host, string sql)
    {
        await using var connection = await host.Get<Database>().OpenAsync(Cancel);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Lets the clock run until the condition holds.</summary>
    private static async Task PassAsync(WatchedHost host, Func<Task<bool>> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, deadline.Token);
        }
    }
}
