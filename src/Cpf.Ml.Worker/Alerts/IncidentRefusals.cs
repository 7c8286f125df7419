using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Why an action on an incident or a silence is refused, worded for the person who tried.</summary>
internal static class IncidentRefusals
{
    public static RefusedException NoIncident(string id) => new(404, new(
        $"L'incident {id} n'existe pas. Vérifiez le lien.", $"There is no incident {id}. Check the link."));

    public static RefusedException NoSilence(string id) => new(404, new(
        $"Le silence {id} n'existe pas. Rechargez la liste.", $"There is no silence {id}. Reload the list."));

    public static RefusedException NoSuchHandler(string name) => new(400, new(
        $"«\u00a0{name}\u00a0» n'est pas un compte qui peut traiter des incidents. Choisissez un compte ouvert "
            + $"qui a le rôle d'opérateur ou d'administrateur.",
        $"\"{name}\" is not an account that may handle incidents. Choose an open account with the role of operator or "
            + $"administrator."));

    public static RefusedException Conflict(Incident incident, IncidentEvent other)
    {
        var done = EventSentences.Of(other, incident.Capability);
        return new(409, new(
            $"Entre-temps, quelqu'un d'autre a agi\u00a0: {done.Fr}. Rien d'autre n'a changé. Relisez l'incident, puis "
                + $"recommencez si c'est encore utile.",
            $"Somebody else acted meanwhile: {done.En}. Nothing else changed. Read the incident again, then try again "
                + $"if it still makes sense."));
    }

    public static void IfClosed(Incident incident)
    {
        if (incident.ClosedAt is not null)
        {
            throw new RefusedException(409, new(
                "L'incident est déjà clos. Rechargez la page pour voir ce qui s'est passé.",
                "The incident is closed already. Reload the page to see what happened."));
        }
    }

    public static void IfNoVerdict(string? verdict)
    {
        if (verdict is not (null or "useful" or "noise"))
        {
            throw Refusals.Bad("L'avis doit être «\u00a0useful\u00a0», «\u00a0noise\u00a0» ou absent.",
                "verdict must be useful, noise or null.");
        }
    }
}
