namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Words the events of an incident's timeline.</summary>
public static class EventSentences
{
    /// <summary>What happened, who did it, and why nobody was notified, where that is so. Without the time.</summary>
    /// <remarks>That people were notified already is not stated: on each of twenty series that join it would hide the
    /// rest.</remarks>
    /// <param name="line">An event of the incident.</param>
    /// <param name="capability">Capability of the incident: what a series is to one is a comparison to another.</param>
    public static Text Of(IncidentEvent line, Capability capability)
    {
        var happened = What(line, capability);
        return line.Detail.Suppression is { } why and not Suppression.AlreadyNotified && Why(why) is var reason
            ? new(
                $"{happened.Fr}. Personne n'a été prévenu\u00a0: {reason.Fr}",
                $"{happened.En}. Nobody was notified: {reason.En}")
            : happened;
    }

    /// <summary>The word for a severity.</summary>
    /// <param name="severity">The severity.</param>
    public static Text Of(Severity severity) => severity switch
    {
        Severity.Notice => new("information", "notice"),
        Severity.Warning => new("avertissement", "warning"),
        _ => new("critique", "critical"),
    };

    private static Text What(IncidentEvent line, Capability capability)
    {
        var (detail, who, series) = (line.Detail, line.Actor, line.Detail.Series ?? new("?", "?"));
        return line.Kind switch
        {
            IncidentEventKind.Opened => new($"Incident ouvert\u00a0: {series.Fr}", $"Incident opened: {series.En}"),
            IncidentEventKind.Joined when CapabilityWords.Subject(capability) is var subject =>
                new($"Une {subject.Fr} de plus\u00a0: {series.Fr}", $"One more {subject.En}: {series.En}"),
            IncidentEventKind.Escalated => Escalated(detail, series),
            IncidentEventKind.Quieted when capability == Capability.Neutrality => new(
                $"Biais qui n'est plus prouvé\u00a0: {series.Fr}", $"Bias that is no longer proven: {series.En}"),
            IncidentEventKind.Quieted => new($"Retour à la normale\u00a0: {series.Fr}", $"Back to normal: {series.En}"),
            IncidentEventKind.Closed when who == IncidentEvent.System => new("Incident clos", "Incident closed"),
            IncidentEventKind.Closed => new($"{who} a clos l'incident", $"{who} closed the incident"),
            IncidentEventKind.Reopened => new($"Incident rouvert, il s'aggrave\u00a0: {series.Fr}",
                $"Incident reopened, it got worse: {series.En}"),
            IncidentEventKind.Acknowledged =>
                new($"{who} a pris l'incident en compte", $"{who} acknowledged the incident"),
            IncidentEventKind.Assigned when detail.To is null =>
                new($"{who} a retiré l'incident à {detail.From}", $"{who} unassigned {detail.From}"),
            IncidentEventKind.Assigned =>
                new($"{who} a confié l'incident à {detail.To}", $"{who} assigned the incident to {detail.To}"),
            IncidentEventKind.Comment => new($"{who}\u00a0: {detail.Text}", $"{who}: {detail.Text}"),
            IncidentEventKind.Verdict => Verdict(who, detail.To),
            IncidentEventKind.NewNormal => new(
                $"{who} déclare une nouvelle normale, {series.Fr}\u00a0: {detail.Text}",
                $"{who} declares a new normal, {series.En}: {detail.Text}"),
            IncidentEventKind.Silenced =>
                new($"{who} a posé un silence\u00a0: {detail.Text}", $"{who} started a silence: {detail.Text}"),
            IncidentEventKind.Unsilenced => new("Fin du silence", "The silence ended"),
            IncidentEventKind.Published when detail.Late == true => new(
                $"Transmis à {detail.Publisher} après coup\u00a0: l'incident était terminé",
                $"Delivered to {detail.Publisher} afterwards: the incident was over"),
            IncidentEventKind.Published => new($"Transmis à {detail.Publisher}", $"Delivered to {detail.Publisher}"),
            _ => new(
                $"Transmission à {detail.Publisher} abandonnée\u00a0: {detail.Text}",
                $"Delivery to {detail.Publisher} given up: {detail.Text}"),
        };
    }

    private static Text Escalated(EventDetail detail, Text series)
    {
        var (from, to) = (Parse(detail.From), Parse(detail.To));
        return new($"Gravité\u00a0: {from.Fr}, puis {to.Fr} ({series.Fr})",
            $"Severity: {from.En}, then {to.En} ({series.En})");
    }

    private static Text Verdict(string who, string? verdict) => verdict switch
    {
        "useful" => new($"{who} juge l'alerte utile", $"{who} judged the alert useful"),
        "noise" => new($"{who} juge que c'est du bruit", $"{who} judged it noise"),
        _ => new($"{who} retire son avis", $"{who} withdrew the verdict"),
    };

    private static Text Why(Suppression why) => why switch
    {
        Suppression.Silenced => new("un silence est en cours", "a silence is active"),
        _ => new("l'incident n'avait pas été annoncé", "the incident had not been announced"),
    };

    private static Text Parse(string? severity) =>
        Enum.TryParse<Severity>(severity, ignoreCase: true, out var found) ? Of(found) : new("?", "?");
}
