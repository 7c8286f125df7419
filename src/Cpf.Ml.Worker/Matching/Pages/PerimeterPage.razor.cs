using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Perimeters;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Matching.Pages;

/// <summary>A perimeter: what it holds, who approved it, what a newer register would change.</summary>
public sealed partial class PerimeterPage : ActingComponent
{
    private const int FirstRows = 50;

    private readonly List<PerimeterChoice> _choices = [];
    private Perimeter? _perimeter;
    private Perimeter? _before;
    private PerimeterNotice? _notice;
    private ImmutableArray<string> _jobs = [];
    private PerimeterRule _rule;
    private DateOnly? _from;
    private DateOnly? _until;
    private string _name = "";
    private string _choice = "";
    private string _reason = "";
    private string _motive = "";
    private string? _choiceRefusal;
    private long _filled = -1;
    private bool _everything;

    [Parameter]
    public string? Id { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "job")]
    public string[]? Jobs { get; set; }

    protected override string Right => Scopes.Fund;

    [Inject]
    private Perimeters Perimeters { get; set; } = null!;

    [Inject]
    private CatalogueLoading Loading { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (Id is null)
        {
            if (_filled < 0)
            {
                (_filled, _name, _jobs) = (0, Text ?? "", [.. (Jobs ?? []).Distinct()]);
            }

            return;
        }

        IReadOnlyList<Perimeter> versions;
        try
        {
            versions = await Perimeters.VersionsAsync(Id, cancellationToken);
        }
        catch (RefusedException)
        {
            Navigation.NavigateTo("/not-found");
            return;
        }

        (_perimeter, _before) = (versions[0], versions.Skip(1).FirstOrDefault());
        _notice = Loading.Current is null ? null : Perimeters.Notice(_perimeter);

        // What somebody is typing stays; it is filled again when the version has become another.
        if (_filled != Key(_perimeter))
        {
            Fill(_perimeter);
        }
    }

    private static long Key(Perimeter perimeter) => (perimeter.Number * 1_000_000L) + perimeter.Revision;

    private void Fill(Perimeter perimeter)
    {
        (_filled, _name, _jobs, _rule, _from, _until) = (Key(perimeter),
            perimeter.Content.Name,
            perimeter.Content.Jobs, perimeter.Content.Rule, perimeter.Content.From, perimeter.Content.Until);
        _choices.Clear();
        _choices.AddRange(perimeter.Content.Choices);
    }

    private void Choose(bool isIncluded)
    {
        var id = _choice.Trim().ToUpperInvariant();
        _choiceRefusal = Loading.Current?.Catalogue.Find(id) is null
            ? T("Donnez le code d'une certification du répertoire lu, comme RNCP34159.",
                "Give the code of a certification of the register that was read, such as RNCP34159.")
            : _reason.Trim().Length == 0 ? T(
                "Dites pourquoi : la raison reste avec le périmètre.", "Say why: the reason stays with the perimeter.")
            : null;
        if (_choiceRefusal is not null)
        {
            return;
        }

        _choices.RemoveAll(choice => choice.Certification == id);
        _choices.Add(new(id, isIncluded, _reason.Trim()));
        (_choice, _reason) = ("", "");
    }

    private PerimeterRequest Request() =>
        new(_name, Text ?? _perimeter?.Content.Query, [.. _jobs], _rule, [.. _choices], _from, _until);

    private async Task SaveAsync()
    {
        string? created = null;
        await ActAsync(
            async actor =>
            {
                if (_perimeter is null)
                {
                    created = (await Perimeters.CreateAsync(Request(), actor, Gone)).Id;
                }
                else
                {
                    await Perimeters.ReviseAsync(_perimeter.Id, _perimeter.Revision, Request(), actor, Gone);
                }
            },
            T("Enregistré.", "Saved."));
        if (created is not null)
        {
            Navigation.NavigateTo($"/perimeters/{created}");
        }
    }

    private Task<bool> ProposeAsync() =>
        ActAsync(actor => Perimeters.ProposeAsync(_perimeter!.Id, _perimeter.Revision, actor, Gone),
            T("Proposé : une autre personne peut l'approuver.", "Proposed: another person can approve it."));

    private Task<bool> DecideAsync(bool agrees) => ActAsync(
        actor => Perimeters.DecideAsync(_perimeter!.Id, _perimeter.Revision, agrees, _motive, actor, Gone),
        agrees ? T("Approuvé.", "Approved.") : T("Renvoyé.", "Sent back."));

    private async Task DuplicateAsync()
    {
        string? copy = null;
        await ActAsync(async actor => copy = (await Perimeters.DuplicateAsync(_perimeter!.Id, null, actor, Gone)).Id,
            T("Dupliqué.", "Duplicated."));
        if (copy is not null)
        {
            Navigation.NavigateTo($"/perimeters/{copy}");
        }
    }
}
