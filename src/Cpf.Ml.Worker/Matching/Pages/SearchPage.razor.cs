using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Query;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Matching.Pages;

/// <summary>Jobs by what a funder types, and the certifications that lead to them.</summary>
public sealed partial class SearchPage
{
    private const int Rows = 50;
    private const int MaxChips = 12;
    private const int MaxCompletions = 8;

    /// <summary>What an address can hold.</summary>
    private const int MaxJobs = 200;

    private Recommendations? _found;
    private IReadOnlyList<(string Title, string Job)> _completions = [];
    private string _typed = "";
    private bool _allJobs;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>ROME codes that were chosen among those understood.</summary>
    [SupplyParameterFromQuery(Name = "job")]
    public string[]? Jobs { get; set; }

    [SupplyParameterFromQuery]
    public int? Level { get; set; }

    [SupplyParameterFromQuery]
    public string? Register { get; set; }

    [SupplyParameterFromQuery]
    public string? Tier { get; set; }

    [SupplyParameterFromQuery]
    public bool? Expired { get; set; }

    [SupplyParameterFromQuery]
    public string? Region { get; set; }

    [SupplyParameterFromQuery]
    public bool? Remote { get; set; }

    /// <summary>Of the median dossier, EUR.</summary>
    [SupplyParameterFromQuery]
    public int? Price { get; set; }

    [SupplyParameterFromQuery]
    public string? Order { get; set; }

    [SupplyParameterFromQuery]
    public int? Page { get; set; }

    [Inject]
    private CatalogueLoading Loading { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private RecommendationQuery Query =>
        new SearchParameters(Text, Jobs, Level, Register, Tier, Expired, Region, Remote, Order).Tolerant.ToQuery(Price);

    private int PageNumber => Math.Max(1, Page ?? 1);

    private int Skip => (PageNumber - 1) * Rows;

    private string FileAddress => Navigation.GetUriWithQueryParameters("/matching.csv", new Dictionary<string, object?>
    {
        ["q"] = Text,
        ["job"] = Jobs,
        ["level"] = Level,
        ["register"] = Register,
        ["tier"] = Tier,
        ["expired"] = Expired,
        ["region"] = Region,
        ["remote"] = Remote,
        ["price"] = Price,
        ["order"] = Order,
        ["language"] = Ui.Language,
    });

    private string NewPerimeter => Navigation.GetUriWithQueryParameters(
        "/perimeters/new",
        new Dictionary<string, object?> { ["q"] = Text, ["job"] = _found!.Jobs.Take(MaxJobs).ToArray() });

    protected override void OnParametersSet()
    {
        _typed = Text ?? "";
        _found = string.IsNullOrWhiteSpace(Text) || Loading.Current is not { } loaded ? null : loaded.Ask(Query);
    }

    private void Type(ChangeEventArgs change)
    {
        _typed = change.Value?.ToString() ?? "";
        _completions = Loading.Current?.Understanding.Complete(_typed, MaxCompletions) ?? [];
    }

    private void Search() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        "/matching",
        new Dictionary<string, object?> { ["q"] = _typed.Trim() is { Length: > 0 } typed ? typed : null }));

    /// <summary>Chooses a job, or leaves it out; with none left the likeliest count again.</summary>
    private string Toggle(string job)
    {
        var chosen = _found!.Jobs.Contains(job) ? _found.Jobs.Remove(job) : _found.Jobs.Add(job);
        return Address(new() { ["job"] = chosen.Length == 0 ? null : chosen.Take(MaxJobs).ToArray() });
    }

    private string With(string name, string? value) => Address(new() { [name] = value });

    private string Address(Dictionary<string, object?> changes)
    {
        changes.TryAdd("page", null);
        return "/" + Navigation.ToBaseRelativePath(Navigation.GetUriWithQueryParameters(changes));
    }

    private string Facts(Recommendation recommendation)
    {
        var (fiche, market) = (recommendation.Fiche.Fiche, recommendation.Market);
        string[] facts =
        [
            fiche.Level is { } level ? T($"niveau {level}", $"level {level}") : "",
            fiche.Type,
            fiche.IsActive ? "" : T("n'est plus active", "no longer active"),
            fiche.ExpiresOn is { } until ? T($"jusqu'au {Ui.Day(until)}", $"until {Ui.Day(until)}") : "",
            market?.Price is { } price
                ? T(
                    $"{Ui.Number(Math.Round(price.Middle))} € (médiane de {Ui.Number(market.Dossiers!.Value)} "
                        + $"dossiers)",
                    $"€{Ui.Number(Math.Round(price.Middle))} (median of {Ui.Number(market.Dossiers!.Value)} dossiers)")
                : "",
            market?.Success is { } success
                ? T(
                    $"{Ui.Percent(success)} de réussite sur {Ui.Number(market.Presented!.Value)}",
                    $"{Ui.Percent(success)} of {Ui.Number(market.Presented!.Value)} passed")
                : "",
        ];
        return string.Join(" · ", facts.Where(fact => fact.Length > 0));
    }

    private string Coverage(Recommendations found)
    {
        var jobs = Ui.Count(found.Jobs.Length, new("{0} métier", "{0} job"), new("{0} métiers", "{0} jobs"));
        var declared = found.All.Count(recommendation => recommendation.Link.Tier == LinkTier.Declared);
        var estimated = Ui.Number(found.All.Length - declared);
        var specific = Ui.Number(found.All.Count(recommendation => recommendation.Fiche.Fiche.IsSpecific));
        return Ui.Count(
            found.All.Length,
            new("{0} certification", "{0} certification"),
            new("{0} certifications", "{0} certifications"))
            + T(
                $" pour {jobs} : {Ui.Number(declared)} par un lien déclaré, {estimated} par un lien estimé ; "
                    + $"{specific} du répertoire spécifique.",
                $" for {jobs}: {Ui.Number(declared)} by a declared link, {estimated} by an estimated one; "
                    + $"{specific} of the specific register.");
    }
}
