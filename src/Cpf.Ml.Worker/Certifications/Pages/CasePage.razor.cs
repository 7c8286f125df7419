using System.Text.Json;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Certifications.Pages;

/// <summary>A case file: findings with their evidence first, what speaks in favour, the score last.</summary>
public sealed partial class CasePage
{
    /// <summary>Fields of a line that a person wrote or chose.</summary>
    private static readonly string[] UserFields = ["outcome", "text", "motive", "name", "to"];

    private CertificationCase? _case;
    private IReadOnlyList<CaseEvent> _history = [];
    private IReadOnlyList<string> _people = [];
    private IReadOnlyList<CaseAttachment> _documents = [];
    private string? _seen;
    private CaseOutcome? _outcome;
    private string? _rationale;
    private string? _comment;
    private string? _opinion;
    private DateTime? _until;

    [Parameter]
    public required string Id { get; set; }

    [Inject]
    private AccountStore Accounts { get; set; } = null!;

    [Inject]
    private Cases Cases { get; set; } = null!;

    protected override string Right => Scopes.Control;

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Opening the page is a view; reading it again every few seconds is not another one.
            _case = _seen == Id ? await Cases.ReadAsync(Id, cancellationToken)
                : await Cases.ViewAsync(Id, await ReaderAsync(), cancellationToken);
            _seen = Id;
            _history = await Cases.HistoryAsync(Id, cancellationToken);
            _documents = await Cases.AttachmentsAsync(Id, cancellationToken);
            _people = [.. (await Accounts.ReadAsync(cancellationToken)).Where(account => account.MayControl)
                .Select(account => account.Name).Order(StringComparer.CurrentCulture)];
        }
        catch (RefusedException)
        {
            _case = null;
        }
    }

    private Task<bool> TakeAsync() =>
        ActAsync(actor => Cases.TakeAsync(Id, actor, Gone), T("Vous tenez ce dossier.", "You hold this case."));

    private Task<bool> ReleaseAsync() =>
        ActAsync(actor => Cases.ReleaseAsync(Id, actor, Gone), T("Le dossier est rendu.", "The case is given back."));

    private async Task OpinionAsync() =>
        _opinion = await ActAsync(actor => Cases.OpinionAsync(Id, _opinion, actor, Gone),
            T("Avis enregistré ; les raisons sont visibles.", "Saved; the reasons are visible.")) ? null : _opinion;

    private Task<bool> AssignAsync(string? assignee) => ActAsync(
        actor => Cases.AssignAsync(Id, assignee, actor, Gone),
        assignee is null ? T("Le dossier n'est confié à personne.", "The case is assigned to nobody.")
            : T($"Le dossier est confié à {assignee}.", $"The case is assigned to {assignee}."));

    private async Task CommentAsync() => _comment = await ActAsync(
        actor => Cases.CommentAsync(Id, _comment, actor, Gone), T("Note ajoutée.", "Note added.")) ? null : _comment;

    private Task<bool> AttachAsync(InputFileChangeEventArgs chosen) => ActAsync(
        async actor =>
        {
            // One byte more than is allowed is enough to say that it is too large.
            using var content = new MemoryStream();
            if (chosen.File.Size <= CaseAttachment.MaxBytes)
            {
                await using var file = chosen.File.OpenReadStream(CaseAttachment.MaxBytes, Gone);
                await file.CopyToAsync(content, Gone);
            }
            else
            {
                content.SetLength(CaseAttachment.MaxBytes + 1);
            }

            await Cases.AttachAsync(Id, chosen.File.Name, content.ToArray(), actor, Gone);
        },
        T("Document ajouté.", "Document added."));

    private Task DecideAsync()
    {
        if (_outcome is not { } outcome)
        {
            Refuse(T("Choisissez ce que le dossier établit.", "Choose what the case establishes."));
            return Task.CompletedTask;
        }

        return EndAsync(
            actor => Cases.DecideAsync(Id, outcome, _rationale, actor, Gone),
            T("Décision enregistrée.", "Decision saved."));
    }

    private Task SecondAsync(bool agrees) => EndAsync(
        actor => Cases.SecondAsync(Id, agrees, _rationale, actor, Gone),
        agrees ? T("Décision confirmée ; le dossier est clos.", "Decision confirmed; the case is closed.")
            : T("Dossier renvoyé.", "Case sent back."));

    private Task SnoozeAsync()
    {
        if (_until is not { } day)
        {
            Refuse(T("Choisissez une date.", "Choose a date."));
            return Task.CompletedTask;
        }

        return EndAsync(
            actor => Cases.SnoozeAsync(Id, new DateTimeOffset(
                DateTime.SpecifyKind(day.Date, DateTimeKind.Unspecified), TimeSpan.Zero), _rationale, actor, Gone),
            T("Dossier mis de côté.", "Case put aside."));
    }

    private async Task EndAsync(Func<Actor, Task> act, string done)
    {
        if (await ActAsync(act, done))
        {
            (_outcome, _rationale, _until) = (null, null, null);
        }
    }

    /// <summary>What a person wrote in a line of the history.</summary>
    private string Words(CaseEvent line)
    {
        using var detail = JsonDocument.Parse(line.Detail);
        var texts = UserFields
            .Select(name => detail.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String ? (name, value.GetString()) : default)
            .Where(entry => entry.Item2 is not null).Select(entry => entry.name == "outcome"
                ? StateWords.Outcome(StoredJson.Parse<CaseOutcome>(entry.Item2!), Ui)
                 : $"«\u00a0{entry.Item2}\u00a0»");
        return string.Join(" ", texts.Prepend(":")) is { Length: > 1 } words ? words : string.Empty;
    }
}
