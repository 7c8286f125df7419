using System.Text.Json;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console.Kit;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>One incident: what, why, what was done, and what can be done.</summary>
public sealed partial class IncidentView
{
    private static readonly JsonSerializerOptions Indented = new(StoredJson.Options) { WriteIndented = true };

    private IncidentDetail? _found;
    private IReadOnlyList<string> _people = [];
    private IReadOnlyList<string> _others = [];
    private IDisposable? _presence;
    private string _comment = "";
    private bool _silencing;
    private bool _closing;
    private bool _accepting;

    [Inject]
    private IncidentSearchStore Search { get; set; } = null!;

    [Inject]
    private IncidentFeed Feed { get; set; } = null!;

    [Inject]
    private IncidentActions Actions { get; set; } = null!;

    [Inject]
    private Silencing Silences { get; set; } = null!;

    [Inject]
    private NewNormals Normals { get; set; } = null!;

    [Inject]
    private Accounts Accounts { get; set; } = null!;

    [Inject]
    private AlertReceivers Receivers { get; set; } = null!;

    [Inject]
    private EstateReading Reading { get; set; } = null!;

    [Inject]
    private Presence Presence { get; set; } = null!;

    [Inject]
    private ReaderConnection Connection { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Left end of the charts, Unix milliseconds; null for the default range.</summary>
    [Parameter]
    public long? From { get; set; }

    /// <summary>Right end of the charts, Unix milliseconds.</summary>
    [Parameter]
    public long? To { get; set; }

    private Incident Incident => _found!.Incident;

    /// <summary>The present of what the incident is about.</summary>
    private DateTimeOffset Present => Reading.NowOf(Incident);

    private string StateWords => Incident.State switch
    {
        IncidentState.Closed => T("clos", "closed"),
        IncidentState.Silenced => T("sous silence : personne n'est prévenu", "silenced: nobody is notified"),
        IncidentState.Acknowledged =>
            T($"pris en compte par {Incident.AcknowledgedBy}", $"acknowledged by {Incident.AcknowledgedBy}"),
        _ => T("ouvert, personne ne l'a pris", "open, not acknowledged"),
    };

    private string Lasted => Incident.ClosedAt is { } closed
        ? T($"première alerte : {Ui.Since(Incident.OpenedAt, Present)}, a duré {Ui.Length(closed - Incident.OpenedAt)}",
            $"first alert: {Ui.Since(Incident.OpenedAt, Present)}, lasted {Ui.Length(closed - Incident.OpenedAt)}")
        : T($"première alerte : {Ui.Since(Incident.OpenedAt, Present)}, "
            + $"dure depuis {Ui.Length(Present - Incident.OpenedAt)}",
            $"first alert: {Ui.Since(Incident.OpenedAt, Present)}, going on "
                + $"for {Ui.Length(Present - Incident.OpenedAt)}");

    private string Raw => JsonSerializer.Serialize(IncidentDocument.Of(Incident, Receivers), Indented);

    /// <summary>Changes wake the page at once; this is for the clock, for other readers and for other
    /// workers.</summary>
    protected override TimeSpan Every => TimeSpan.FromSeconds(15);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Feed.Changed += OnIncidentsChanged;
    }

    private void OnIncidentsChanged(IReadOnlyList<Incident> changed)
    {
        if (changed.Any(incident => incident.Id == Id))
        {
            Wake();
        }
    }

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // The timeline and what is similar are read again only when there is something new: they are most of the work.
        if (_found is null || await Search.FindVersionAsync(Id, cancellationToken) != Incident.Version)
        {
            _found = await Search.DescribeAsync(Id, cancellationToken);
        }

        _people = [.. (await Accounts.ReadAsync(cancellationToken))
            .Where(account => account.MayHandleIncidents)
            .Select(account => account.Name)];
        _others = Presence.OthersAt(Id, Me);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (firstRender)
        {
            _presence = Presence.Enter(Id, Me, Connection);
        }
    }

    protected override void Leave()
    {
        Feed.Changed -= OnIncidentsChanged;
        _presence?.Dispose();
    }

    private async Task AcknowledgeAsync() => await ActAsync(
        actor => Actions.AcknowledgeAsync(Id, Incident.Version, actor, Gone),
        T("Vous avez pris l'incident en compte.", "You have acknowledged the incident."));

    private async Task AssignAsync(string? assignee) => await ActAsync(
        actor => Actions.AssignAsync(Id, assignee, Incident.Version, actor, Gone),
        assignee is null
            ? T("L'incident n'est plus confié à personne.", "The incident is no longer assigned to anybody.")
            : T($"L'incident est confié à {assignee}.", $"The incident is assigned to {assignee}."));

    private async Task JudgeAsync(string verdict)
    {
        // Pressing a pressed button takes the verdict back.
        var wanted = Incident.Verdict == verdict ? null : verdict;
        await ActAsync(
            actor => Actions.JudgeAsync(Id, wanted, Incident.Version, actor, Gone),
            wanted switch
            {
                "useful" => T("Vous jugez l'alerte utile.", "You judged the alert useful."),
                "noise" => T("Vous jugez que c'est du bruit.", "You judged it noise."),
                _ => T("Votre avis est retiré.", "Your verdict is withdrawn."),
            });
    }

    private async Task CloseAsync()
    {
        if (await ActAsync(
                actor => Actions.CloseAsync(Id, Incident.Version, actor, Gone),
                T("L'incident est clos.", "The incident is closed.")))
        {
            _closing = false;
        }
    }

    private async Task CommentAsync()
    {
        // A comment that was refused stays in its box: nothing that somebody wrote is lost.
        if (await ActAsync(
            actor => Actions.CommentAsync(Id, _comment, actor, Gone), T("Commentaire ajouté.", "Comment added.")))
        {
            _comment = "";
        }
    }

    private async Task SilenceAsync(SilenceRequest wish)
    {
        if (await ActAsync(
                actor => Silences.BeginAsync(wish.ToSilence(), actor, Gone),
                T($"Silence jusqu'au {Ui.Moment(wish.EndsAt)} : rien n'est envoyé, tout reste calculé et visible.",
                    $"Silenced until {Ui.Moment(wish.EndsAt)}: nothing is sent, all is still computed and visible.")))
        {
            _silencing = false;
        }
    }

    /// <summary>Series with an open alert of the detector: what is silent or refused has no level.</summary>
    private IReadOnlyList<(string Id, string Name)> Anomalies =>
        [.. Incident.Alerts.Where(alert => alert.Rule == AlertRules.Anomaly && alert.ClosedAt is null)
            .DistinctBy(alert => alert.SeriesId).Select(alert => (alert.SeriesId, Ui.T(alert.SeriesName)))];

    private async Task AcceptAsync((string Series, string Reason) wish)
    {
        if (await ActAsync(
                actor => SeriesIdentity.TryReadHex(wish.Series, out var id)
                    ? Normals.AcceptAsync(id, wish.Reason, actor, Gone) : Task.CompletedTask,
                T("Nouvelle normale déclarée : l'alerte se ferme au point suivant.",
                    "New normal declared: the alert closes at the next point.")))
        {
            _accepting = false;
        }
    }

    private string VerdictOf(string? verdict) => verdict switch
    {
        "useful" => T("jugé utile", "found useful"),
        "noise" => T("jugé du bruit", "found to be noise"),
        _ => T("sans avis", "no verdict"),
    };

    private IReadOnlyList<(string Id, string Name)> Names(Incident incident) =>
        [.. incident.Alerts.DistinctBy(alert => alert.SeriesId)
            .Select(alert => (alert.SeriesId, Ui.T(alert.SeriesName)))];
}
