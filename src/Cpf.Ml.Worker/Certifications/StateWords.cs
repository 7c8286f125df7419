using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>States, decisions and acts in words.</summary>
internal static class StateWords
{
    public static string Of(CertificationCase @case, Ui ui) => @case.State switch
    {
        CaseState.Proposed => ui.T("attend un second lecteur", "waits for a second reader"),
        CaseState.Snoozed => @case.SnoozedUntil is { } until ? ui.T($"mis de côté jusqu'au {ui.Moment(until)}",
            $"put aside until {ui.Moment(until)}") : ui.T("mis de côté", "put aside"),
        CaseState.Closed => Outcome(@case.Outcome, ui),
        _ => ui.T("à lire", "to read"),
    };

    /// <summary>How often the certification was looked into before.</summary>
    public static string Earlier(CertificationCase @case, Ui ui) => ui.Count(
        @case.Earlier, new("déjà lue {0} fois", "read once before"), new("déjà lue {0} fois", "read {0} times before"));

    public static string Outcome(CaseOutcome? outcome, Ui ui) => outcome switch
    {
        CaseOutcome.Serious => ui.T("indices sérieux", "serious indications"),
        CaseOutcome.Insufficient => ui.T("besoin d'informations", "needs information"),
        CaseOutcome.Nothing => ui.T("rien à reprocher", "nothing found"),
        _ => "–",
    };

    /// <summary>So many certifications cannot show a rarity of one in more.</summary>
    public static string Rarity(CaseReason reason, CaseDocument document, Ui ui) => reason.OneIn > document.Compared
        ? ui.T($"moins d'une des {ui.Number(document.Compared)} certifications comparées est aussi loin",
            $"less than one of the {ui.Number(document.Compared)} compared certifications is as far out")
        : ui.T($"une certification sur {ui.Number(reason.OneIn)} est aussi loin",
            $"one certification in {ui.Number(reason.OneIn)} is as far out");

    public static string Action(string action, Ui ui) => action switch
    {
        "case.open" => ui.T("Dossier ouvert", "Case opened"),
        "case.renew" => ui.T("Évalué de nouveau", "Scored again"),
        "case.view" => ui.T("Lu", "Read"),
        "case.take" => ui.T("Pris", "Taken"),
        "case.attach" => ui.T("Document ajouté", "Document added"),
        "case.read" => ui.T("Document lu", "Document read"),
        "case.assign" => ui.T("Confié", "Assigned"),
        "case.release" => ui.T("Rendu", "Given back"),
        "case.comment" => ui.T("Note", "Note"),
        "case.opinion" => ui.T("Premier avis", "First opinion"),
        "case.snooze" => ui.T("Mis de côté", "Put aside"),
        "case.decide" => ui.T("Décision", "Decision"),
        "case.confirm" => ui.T("Second lecteur d'accord", "Second reader agrees"),
        "case.return" => ui.T("Renvoyé par le second lecteur", "Sent back by the second reader"),
        _ => action,
    };
}
