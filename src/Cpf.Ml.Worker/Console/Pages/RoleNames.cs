using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Console.Pages;

/// <summary>Roles and scopes as people call them.</summary>
internal static class RoleNames
{
    public static string Of(string role, Ui ui) => role switch
    {
        Roles.Operator => ui.T("exploitation", "operator"),
        Roles.Controller => ui.T("contrôle", "controller"),
        Roles.Funder => ui.T("financement", "funder"),
        Roles.Auditor => ui.T("audit", "auditor"),
        Roles.Administrator => ui.T("administration", "administrator"),
        _ => role,
    };

    public static string OfScope(string scope, Ui ui) => scope switch
    {
        Scopes.Ingest => ui.T("envoyer des mesures", "send metrics"),
        Scopes.Read => ui.T("lire", "read"),
        Scopes.Operate => ui.T("agir sur les incidents", "act on incidents"),
        Scopes.Administer => ui.T("administrer", "administer"),
        Scopes.Control => ui.T("contrôler des certifications", "review certifications"),
        Scopes.Fund => ui.T("cofinancer des formations", "fund training"),
        Scopes.Audit => ui.T("auditer la neutralité", "audit neutrality"),
        Scopes.Rerank => ui.T("faire reclasser des réponses", "re-rank search results"),
        _ => scope,
    };
}
