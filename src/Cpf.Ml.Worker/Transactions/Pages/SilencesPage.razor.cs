using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Microsoft.AspNetCore.Components;

namespace Cpf.Ml.Worker.Transactions.Pages;

/// <summary>Silences and planned maintenance, and the budget of false alerts.</summary>
public sealed partial class SilencesPage
{
    private const int MaxYieldDays = 28;

    private List<Silence> _coming = [];
    private List<Silence> _past = [];
    private List<string> _services = [];
    private double _budget;
    private AlertYield _yield = new(0, 0, 0);
    private int _days = 1;
    private int _form;

    [Inject]
    private Silencing Silences { get; set; } = null!;

    [Inject]
    private AlertBudget Budget { get; set; } = null!;

    [Inject]
    private IncidentSearchStore Search { get; set; } = null!;

    [Inject]
    private AuditStore Audit { get; set; } = null!;

    [Inject]
    private EstateReading Reading { get; set; } = null!;

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var all = await Silences.ListAsync(cancellationToken);
        _coming = [.. all.Where(silence => silence.EndedAt is null && silence.EndsAt > Now)
            .OrderBy(silence => silence.StartsAt)];
        _past = [.. all.Except(_coming).OrderByDescending(silence => silence.EndedAt ?? silence.EndsAt)];
        _services = [.. Reading.Series()
            .Select(series => series.Series.Service).Distinct().Order(StringComparer.Ordinal)];
        _budget = Budget.PerDay;

        // The first start is in the audit log: days on which nobody watched had no false alerts.
        var watched = Now - (await Audit.FindOldestAsync(cancellationToken) ?? Now);
        _days = (int)Math.Clamp(Math.Ceiling(watched.TotalDays), 1, MaxYieldDays);
        _yield = await Search.FindYieldAsync(AlertRules.Anomaly, Now.AddDays(-_days), cancellationToken);
    }

    private async Task BeginAsync(SilenceRequest wish)
    {
        if (await ActAsync(
                actor => Silences.BeginAsync(wish.ToSilence(), actor, Gone),
                wish.StartsAt is null
                    ? T($"Silence jusqu'au {Ui.Moment(wish.EndsAt)}.", $"Silenced until {Ui.Moment(wish.EndsAt)}.")
                    : T("Maintenance prévue enregistrée.", "Planned maintenance saved.")))
        {
            // A new key empties the form; one that was refused keeps what was typed.
            _form++;
        }
    }

    private async Task EndAsync(Silence silence) => await ActAsync(
        actor => Silences.EndAsync(silence.Id, actor, Gone),
        T($"Fin du silence : {What(silence)}. Les alertes sont de nouveau envoyées.",
            $"Silence ended: {What(silence)}. Alerts are sent again."));

    private async Task SaveBudgetAsync(double perDay)
    {
        if (!AlertBudget.IsValid(perDay))
        {
            Refuse(T(
                $"Le budget va de {Ui.Number(AlertBudget.Min)} à {Ui.Number(AlertBudget.Max)} fausses alertes "
                    + $"par jour.",
                $"The budget is {Ui.Number(AlertBudget.Min)} to {Ui.Number(AlertBudget.Max)} false alerts a day."));
            return;
        }

        await ActAsync(
            actor => Budget.SetAsync(perDay, actor, Gone),
            perDay < 2
                ? T($"Budget : {Ui.Number(perDay)} fausse alerte par jour pour tout le parc.",
                    $"Budget: {Ui.Number(perDay)} false alert a day over the whole estate.")
                : T($"Budget : {Ui.Number(perDay)} fausses alertes par jour pour tout le parc.",
                    $"Budget: {Ui.Number(perDay)} false alerts a day over the whole estate."));
    }

    private string Who(Silence silence) => silence switch
    {
        { EndedBy: { } ender } when silence.EndedAt <= silence.StartsAt =>
            T($"{silence.CreatedBy}, annulé par {ender}", $"{silence.CreatedBy}, cancelled by {ender}"),
        { EndedBy: { } ender } =>
            T($"{silence.CreatedBy}, arrêté par {ender}", $"{silence.CreatedBy}, ended by {ender}"),
        _ => silence.CreatedBy,
    };

    private string StateOf(Silence silence) => (silence.IsActive(Now), silence.Kind) switch
    {
        (true, _) => T(", en cours", ", active"),
        (_, SilenceKind.Maintenance) => T(", prévue", ", planned"),
        _ => T(", prévu", ", planned"),
    };

    private static DateTimeOffset EndOf(Silence silence) =>
        silence.EndedAt is { } ended && ended > silence.StartsAt ? ended : silence.EndsAt;

    private string KindOf(Silence silence) =>
        silence.Kind == SilenceKind.Maintenance ? T("maintenance", "maintenance") : T("silence", "silence");

    private string What(Silence silence) =>
        string.Join(", ", silence.Matchers.Select(matcher => (matcher.Label, matcher.Value) switch
    {
        (_, "*") => T("tout le parc", "the whole estate"),
        ("capability", var name) => AlertsOf(StoredJson.Parse<Capability>(name)),
        ("service", var service) => T($"service {service}", $"service {service}"),
        ("series", var id) => Name(id),
        (_, var rule) => T($"règle {rule}", $"rule {rule}"),
    }));

    private string AlertsOf(Capability capability)
    {
        var name = CapabilityWords.Name(capability);
        return T($"alertes du domaine {name.Fr}", $"{name.En} alerts");
    }

    private string Name(string id) =>
        Reading.Series().FirstOrDefault(
            series => Cpf.Ml.Worker.Ingest.Series.SeriesIdentity.Hex(series.Series.Identity.Id) == id) is { } found
            ? Ui.T(SeriesNames.Of(found.Series))
            : T($"série {id}", $"series {id}");
}
