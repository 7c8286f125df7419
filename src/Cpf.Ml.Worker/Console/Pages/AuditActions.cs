using System.Collections.Frozen;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Console.Pages;

/// <summary>The actions of the audit log in words.</summary>
internal static class AuditActions
{
    private static readonly FrozenDictionary<string, Text> Words = new Dictionary<string, Text>
    {
        ["sign-in"] = new("Connexion", "Sign-in"),
        ["sign-in.refused"] = new("Connexion refusée", "Sign-in refused"),
        ["sign-out"] = new("Déconnexion", "Sign-out"),
        ["account.create"] = new("Compte créé", "Account created"),
        ["account.change"] = new("Compte modifié", "Account changed"),
        ["account.password"] = new("Mot de passe changé", "Password changed"),
        ["account.password.refused"] = new("Changement de mot de passe refusé", "Password change refused"),
        ["token.create"] = new("Jeton créé", "Token created"),
        ["token.revoke"] = new("Jeton révoqué", "Token revoked"),
        ["incident.acknowledge"] = new("Incident pris en compte", "Incident acknowledged"),
        ["incident.assign"] = new("Incident confié", "Incident assigned"),
        ["incident.close"] = new("Incident clos", "Incident closed"),
        ["incident.comment"] = new("Commentaire", "Comment"),
        ["incident.verdict"] = new("Avis sur un incident", "Verdict on an incident"),
        ["silence.begin"] = new("Silence posé", "Silence started"),
        ["silence.end"] = new("Silence levé", "Silence ended"),
        ["publish.resend"] = new("Message renvoyé", "Message sent again"),
        ["setting.change"] = new("Réglage changé", "Setting changed"),
        ["deployment.note"] = new("Déploiement annoncé", "Deployment announced"),
        ["series.new-normal"] = new("Nouvelle normale déclarée", "New normal declared"),
        ["series.mark-important"] = new("Série marquée importante", "Series marked as important"),
        ["series.unmark-important"] = new("Série qui n'est plus importante", "Series no longer important"),
        ["series.change"] = new("Nature d'une série changée", "Kind of a series changed"),
        ["perimeter.create"] = new("Périmètre créé", "Perimeter created"),
        ["perimeter.change"] = new("Périmètre modifié", "Perimeter changed"),
        ["perimeter.version"] = new("Nouvelle version d'un périmètre", "New version of a perimeter"),
        ["perimeter.duplicate"] = new("Périmètre dupliqué", "Perimeter duplicated"),
        ["perimeter.propose"] = new("Périmètre proposé", "Perimeter proposed"),
        ["perimeter.approve"] = new("Périmètre approuvé", "Perimeter approved"),
        ["perimeter.return"] = new("Périmètre renvoyé", "Perimeter sent back"),
        ["recommendation.judge"] = new("Avis sur une recommandation", "Recommendation judged"),
        ["configuration.change"] = new("Configuration changée", "Configuration changed"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>An action without words is shown by its name.</summary>
    public static Text Of(string action) => Words.TryGetValue(action, out var words) ? words : new(action, action);
}
