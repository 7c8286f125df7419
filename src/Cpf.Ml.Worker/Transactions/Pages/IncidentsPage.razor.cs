using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>What is wrong now. Rows on screen are brought up to date where they stand; new ones wait behind a
/// counter.</summary>
public sealed partial class IncidentsPage
{
    private const int PageLength = 50;

    private List<IncidentLine>? _rows;
    private IncidentCounts _counts = new();
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<Capability> _capabilities = [];
    private int _total;
    private int _waiting;
    private bool _reload;

    [Inject]
    private IncidentSearchStore Search { get; set; } = null!;

    [Inject]
    private IncidentFeed Feed { get; set; } = null!;

    [Inject]
    private IncidentLines Lines { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary><c>acknowledged</c>, <c>closed</c>, <c>silenced</c>; null is open.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Severity { get; set; }

    [SupplyParameterFromQuery]
    public string? Service { get; set; }

    /// <summary><c>transactions</c>, <c>neutrality</c>; null is any.</summary>
    [SupplyParameterFromQuery]
    public string? Capability { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? AskedPage { get; set; }

    private bool IsFiltered =>
        Severity is not null || Service is not null || Capability is not null || !string.IsNullOrEmpty(Text);

    private int PageNumber => Math.Max(1, AskedPage ?? 1);

    private int First => (PageNumber - 1) * PageLength + 1;

    private int Last => Math.Min(_total, PageNumber * PageLength);

    private (string? State, string Words, int Count)[] Tabs =>
    [
        (null, T("Ouverts", "Open"), _counts.Open),
        ("acknowledged", T("Pris en compte", "Acknowledged"), _counts.Acknowledged),
        ("silenced", T("Sous silence", "Silenced"), _counts.Silenced),
        ("closed", T("Clos", "Closed"), _counts.Closed),
    ];

    private (string Name, string Words)[] Severities =>
    [
        ("critical", T("Critique", "Critical")),
        ("warning", T("À regarder", "Warning")),
        ("notice", T("Information", "Notice")),
    ];

    /// <summary>Changes wake the page at once; this is for the clock and for other workers.</summary>
    protected override TimeSpan Every => TimeSpan.FromSeconds(15);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Feed.Changed += OnIncidentsChanged;
    }

    protected override void Leave() => Feed.Changed -= OnIncidentsChanged;

    private void OnIncidentsChanged(IReadOnlyList<Incident> changed) => Wake();

    protected override Task OnParametersSetAsync()
    {
        (_rows, _reload) = (null, true);
        return base.OnParametersSetAsync();
    }

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var reload = _reload;
        var before = reload ? null : _rows;
        _counts = await Search.CountAsync(cancellationToken);
        _services = await Search.FindServicesAsync(cancellationToken);
        _capabilities = await Search.FindCapabilitiesAsync(cancellationToken);
        if (Query().Capability is { } asked && !_capabilities.Contains(asked))
        {
            _capabilities = [.. _capabilities, asked];
        }

        var page = await Search.FindAsync(Query(), cancellationToken);
        _total = page.Total;
        _reload &= !reload;
        if (before is null or [])
        {
            _rows = await Lines.ReadAsync(page.Items, [], cancellationToken);
            _waiting = 0;
            return;
        }

        // What is being read stays where it is: rows change in place, and a closed one stays until the reader asks for
        // the new list.
        var fresh = page.Items.ToDictionary(incident => incident.Id);
        var left = before.Select(row => row.Incident.Id).Where(id => !fresh.ContainsKey(id)).ToList();
        foreach (var incident in await Search.FindAsync(left, cancellationToken))
        {
            fresh[incident.Id] = incident;
        }

        _waiting = page.Items.Count(incident => before.TrueForAll(row => row.Incident.Id != incident.Id));
        _rows = await Lines.ReadAsync(
            [.. before.Select(row => fresh.GetValueOrDefault(row.Incident.Id) ?? row.Incident)],
            before, cancellationToken);
    }

    private Task ShowNewAsync()
    {
        _reload = true;
        return TryRefreshAsync();
    }

    private void Pause()
    {
        Paused = !Paused;
        Wake();
    }

    private IncidentQuery Query() =>
        IncidentQuery.OfAddress(State, Severity, Service, Text, Capability) with
        {
            Skip = (PageNumber - 1) * PageLength,
            Take = PageLength
        };

    private string FileAddress => Navigation.GetUriWithQueryParameters(
        "/incidents.csv",
        new Dictionary<string, object?>
        {
            ["state"] = State,
            ["severity"] = Severity,
            ["service"] = Service,
            ["q"] = Text,
            ["capability"] = Capability,
            ["language"] = Ui.Language
        });

    private void FilterByText(ChangeEventArgs change) => Navigation.NavigateTo(With("q", change.Value?.ToString()));

    private void FilterByService(ChangeEventArgs change) =>
        Navigation.NavigateTo(With("service", change.Value?.ToString()));

    private void FilterByCapability(ChangeEventArgs change) =>
        Navigation.NavigateTo(With("capability", change.Value?.ToString()));

    private string With(string name, string? value)
    {
        var changes = new Dictionary<string, object?>
        {
            ["page"] = null,
            [name] = string.IsNullOrWhiteSpace(value) ? null : value
        };
        return "/" + Navigation.ToBaseRelativePath(Navigation.GetUriWithQueryParameters(changes));
    }
}
