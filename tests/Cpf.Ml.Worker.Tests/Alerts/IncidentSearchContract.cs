using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Tests.Fixtures;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Alerts;

public abstract class IncidentSearchContract(StoreFixture store)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_incident_is_listed_under_exactly_one_state()
    {
        await using var stores = await FourStatesAsync();

        foreach (var state in Enum.GetValues<IncidentState>())
        {
            var page = await stores.Search.FindAsync(new IncidentQuery(state), Cancellation);
            Assert.Equal(state.ToString(), Assert.Single(page.Items).Service);
            Assert.Equal(1, page.Total);
        }

        var counts = await stores.Search.CountAsync(Cancellation);
        Assert.Equal((1, 1, 1, 1), (counts.Open, counts.Acknowledged, counts.Silenced, counts.Closed));
        Assert.Equal(
            ["Acknowledged", "Closed", "Open", "Silenced"], await stores.Search.FindServicesAsync(Cancellation));
    }

    [Fact]
    public async Task Incidents_are_found_by_their_capability()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            Open(Alert(0)), Open(Alert(0, service: "search-engine", capability: Capability.Neutrality)));

        Assert.Equal(
            [Capability.Transactions, Capability.Neutrality], await stores.Search.FindCapabilitiesAsync(Cancellation));
        Assert.Equal(
            ["search-engine"], await ServicesAsync(stores, new IncidentQuery(Capability: Capability.Neutrality)));
        Assert.Equal(["purchase"], await ServicesAsync(stores, new IncidentQuery(Capability: Capability.Transactions)));
        Assert.Empty(await ServicesAsync(stores, new IncidentQuery(Capability: Capability.Funding)));
    }

    [Fact]
    public async Task Similar_incidents_are_of_the_same_capability()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(-200)), Open(Alert(-200, capability: Capability.Neutrality)));
        foreach (var past in await stores.Search.FindUnclosedAsync(Cancellation))
        {
            await stores.Actions.CloseAsync(past.Id, null, AlertStores.Alice, Cancellation);
        }

        await stores.ProcessAsync(Open(Alert(0, capability: Capability.Neutrality)));

        var now = Assert.Single(await stores.Search.FindUnclosedAsync(Cancellation));
        var detail = await stores.Search.DescribeAsync(now.Id, Cancellation);
        var found = await stores.Search.FindAsync(
            Assert.Single(detail!.Similar).Incident.IncidentId, Cancellation);
        Assert.Equal(Capability.Neutrality, found!.Capability);
    }

    [Fact]
    public async Task Alert_yield_counts_verdicts_on_alerts_of_a_rule_since_an_instant()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            Open(Alert(0, service: "before")),
            Open(Alert(100, service: "useful")),
            Open(Alert(101, service: "useful", series: "s2")),
            Open(Alert(200, service: "noise")),
            Open(Alert(300, service: "unsaid")));
        await stores.Actions.JudgeAsync(
            (await stores.SingleAsync("useful")).Id, "useful", null, AlertStores.Alice, Cancellation);
        await stores.Actions.JudgeAsync(
            (await stores.SingleAsync("noise")).Id, "noise", null, AlertStores.Alice, Cancellation);
        await stores.Actions.JudgeAsync(
            (await stores.SingleAsync("before")).Id, "noise", null, AlertStores.Alice, Cancellation);

        var yield = await stores.Search.FindYieldAsync(AlertRules.Anomaly, Minute(1), Cancellation);

        Assert.Equal(new AlertYield(Alerts: 4, Useful: 2, Noise: 1), yield);
        Assert.Equal(0, (await stores.Search.FindYieldAsync(AlertRules.NoData, Minute(1), Cancellation)).Alerts);
        Assert.Equal(0.7, yield.FalseShare(budgetPerDay: 0.1, days: 28), 9);
        Assert.Equal(1, yield.FalseShare(budgetPerDay: 1, days: 28));
        Assert.Equal(0.1, yield.FalseShare(yield.BudgetFor(0.1, days: 4), days: 4), 9);
    }

    [Fact]
    public async Task Incidents_are_sorted_by_severity_or_time_and_paged()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            Open(Alert(0, service: "old-critical", severity: Severity.Critical)),
            Open(Alert(1, service: "closed", severity: Severity.Critical, closed: 2)),
            Open(Alert(2, service: "notice", severity: Severity.Notice)),
            Open(Alert(3, service: "new-critical", severity: Severity.Critical)));
        await stores.Actions.CloseAsync((await stores.SingleAsync("closed")).Id, null, AlertStores.Alice, Cancellation);

        Assert.Equal(
            ["new-critical", "old-critical", "notice", "closed"], await ServicesAsync(stores, new IncidentQuery()));
        Assert.Equal(
            ["new-critical", "notice", "closed", "old-critical"],
            await ServicesAsync(stores, new IncidentQuery(Sort: IncidentSort.Newest)));
        Assert.Equal(
            ["closed", "notice"],
            await ServicesAsync(stores, new IncidentQuery(Sort: IncidentSort.Oldest, Skip: 1, Take: 2)));
        Assert.Equal(["notice"], await ServicesAsync(stores, new IncidentQuery(Severity: Severity.Notice)));
    }

    [Theory]
    [InlineData("S1 LENT", 1)]
    [InlineData("s1_", 0)]
    [InlineData("%", 0)]
    [InlineData("100\\", 0)]
    [InlineData("' or 1=1 --", 0)]
    public async Task Search_text_has_no_wildcards(string text, int found)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(0)));

        Assert.Equal(found, (await stores.Search.FindAsync(new IncidentQuery(Text: text), Cancellation)).Total);
    }

    [Theory]
    [InlineData("duree p95", 1)]
    [InlineData("DURÉE", 1)]
    [InlineData("achat : durée", 1)]
    [InlineData("4,8 s", 1)]
    [InlineData("4,8\u00a0s", 1)]
    [InlineData("p95 achat", 1)]
    [InlineData("coeur", 1)]
    [InlineData("l’heure", 1)]
    [InlineData("duration p95", 1)]
    [InlineData("purchase", 1)]
    [InlineData("fr", 0)]
    [InlineData("en", 0)]
    [InlineData("achat volume", 0)]
    public async Task Search_ignores_accents_case_and_order_and_finds_visible_text_only(string text, int found)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Spoken()));

        Assert.Equal(found, (await stores.Search.FindAsync(new IncidentQuery(Text: text), Cancellation)).Total);
    }

    [Fact]
    public async Task Incidents_without_search_text_are_indexed_at_start()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Spoken()));
        await stores.ExecuteAsync("update incident set search = null");
        Assert.Equal(0, (await stores.Search.FindAsync(new IncidentQuery(Text: "durée"), Cancellation)).Total);

        await stores.Search.FoldAsync(Cancellation);

        Assert.Equal(1, (await stores.Search.FindAsync(new IncidentQuery(Text: "durée"), Cancellation)).Total);
    }

    [Fact]
    public async Task Incident_is_found_by_any_of_its_series_and_by_its_id()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(0, "durée", score: 90)), Open(Alert(1, "volume", score: 70)));
        var incident = await stores.SingleAsync();

        Assert.Equal(1, (await stores.Search.FindAsync(new IncidentQuery(Text: "volume"), Cancellation)).Total);
        Assert.Equal(1, (await stores.Search.FindAsync(new IncidentQuery(Text: "durée"), Cancellation)).Total);
        Assert.Equal(1, (await stores.Search.FindAsync(new IncidentQuery(Text: incident.Id), Cancellation)).Total);
        Assert.Single(await stores.Search.FindOfSeriesAsync("volume", 5, Cancellation));
    }

    /// <summary>With the letters, spaces and signs that people's texts have.</summary>
    private static Alert Spoken()
    {
        var alert = Alert(0);
        return alert with
        {
            SeriesName = new("Achat\u00a0: durée p95 (cœur)", "Purchase: duration p95"),
            Document = alert.Document with
            {
                Sentence = new(
                    "Achat\u00a0: durée p95 (cœur) à 4,8\u00a0s à l'heure dite",
                    "Purchase: duration p95 at 4.8\u00a0s"),
            },
        };
    }

    private static async Task<IEnumerable<string>> ServicesAsync(AlertStores stores, IncidentQuery query) =>
        (await stores.Search.FindAsync(query, Cancellation)).Items.Select(incident => incident.Service);

    private async Task<AlertStores> FourStatesAsync()
    {
        var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            [.. Enum.GetNames<IncidentState>().Select(state => Open(Alert(0, service: state, series: state)))]);
        await stores.Actions.AcknowledgeAsync(
            (await stores.SingleAsync("Acknowledged")).Id, null, AlertStores.Alice, Cancellation);
        await stores.Actions.CloseAsync((await stores.SingleAsync("Closed")).Id, null, AlertStores.Alice, Cancellation);
        await stores.Silencing.BeginAsync(
            new NewSilence([new("service", "Silenced")], Minute(90), "travaux"), AlertStores.Alice, Cancellation);
        return stores;
    }
}

public sealed class IncidentSearchOnSqlite(SqliteStore store)
    : IncidentSearchContract(store), IClassFixture<SqliteStore>;

public sealed class IncidentSearchOnPostgres(PostgresStore store)
    : IncidentSearchContract(store), IClassFixture<PostgresStore>;
