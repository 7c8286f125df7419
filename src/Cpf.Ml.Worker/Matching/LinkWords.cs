using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Matching;

/// <summary>What links, verdicts and shortages are called.</summary>
internal static class LinkWords
{
    public static Text Of(LinkTier tier) => tier switch
    {
        LinkTier.Declared => new("déclaré", "declared"),
        LinkTier.Predecessor => new("déclaré par la précédente", "declared by its predecessor"),
        LinkTier.Graph => new("estimé : mêmes contenus", "estimated: same contents"),
        LinkTier.Siblings => new("estimé : certifications proches", "estimated: certifications like it"),
        _ => new("estimé : mots seuls", "estimated: words alone"),
    };

    public static Text Of(LinkVerdict verdict) => verdict switch
    {
        LinkVerdict.Include => new("à inclure", "include"),
        LinkVerdict.Review => new("à vérifier", "to review"),
        _ => new("à écarter", "leave out"),
    };

    /// <summary>How the query was understood.</summary>
    public static string Of(JobQuery query, Ui ui)
    {
        var place = query.Region is { } region ? ui.T($", {region.Name}", $", {region.Name}") : "";
        var name = query.Name is { } named ? ui.T(named) : "";
        return query.Kind switch
        {
            JobQueryKind.Unknown => ui.T("Aucun métier connu sous ces mots. Essayez un intitulé, un code ROME, RNCP, "
                + "Formacode ou NSF, ou un thème comme « transition écologique ».", "No job is known by these words. "
                    + "Try a title, a ROME, RNCP, Formacode or NSF code, or a theme such as “transition écologique”."),
            JobQueryKind.Code when query.Jobs.IsEmpty =>
                ui.T("Ce code n'existe pas au ROME.", "There is no such code in the ROME."),
            JobQueryKind.Code => ui.T("Code du ROME.", "A code of the ROME."),
            JobQueryKind.Certification when query.Jobs.IsEmpty =>
                ui.T("Cette certification n'est pas dans le répertoire lu, ou ne mène à aucun métier connu.",
                    "This certification is not in the register that was read, or leads to no known job."),
            JobQueryKind.Certification => ui.T($"Les métiers de « {name} ».", $"The jobs of “{name}”."),
            JobQueryKind.Contents when query.Jobs.IsEmpty =>
                ui.T("Aucune certification ne porte ce code.", "No certification has this code."),
            JobQueryKind.Contents =>
                ui.T($"Contenus « {name} » : les métiers que leurs certifications déclarent le plus. Choisissez.",
                    $"Contents “{name}”: the jobs that their certifications declare most. Choose."),
            JobQueryKind.Title => ui.T($"Intitulé exact{place}.", $"An exact title{place}."),
            JobQueryKind.Theme => ui.T($"Thème « {name} »{place} (listes {Theme.Version}).",
                $"Theme “{name}”{place} (lists {Theme.Version})."),
            JobQueryKind.Sector => ui.T($"Secteur : {name}{place}.", $"Sector: {name}{place}."),
            JobQueryKind.Shortage when query.Jobs.IsEmpty => ui.T(
                $"Aucune tension connue{place} : les tables de tension n'ont pas été importées, ou n'en disent rien.",
                $"No shortage is known{place}: tables of shortages were not imported, or say nothing."),
            JobQueryKind.Shortage => ui.T($"Métiers en tension{place}{(name.Length > 0 ? $", {name}" : "")}.",
                $"Jobs that are short{place}{(name.Length > 0 ? $", {name}" : "")}."),
            _ => ui.T("Pas d'intitulé exact : confirmez le métier.", "No exact title: confirm the job."),
        };
    }

    public static string Of(Shortage shortage, Ui ui)
    {
        string[] parts =
        [
            shortage.Categories.Length > 0 ? ui.T(
                $"tension {string.Join(" et ", shortage.Categories.Distinct().Order())} sur 5 (Dares, {shortage.Year})",
                $"shortage {string.Join(" and ", shortage.Categories.Distinct().Order())} of 5 "
                    + $"(Dares, {shortage.Year})") : "",
            shortage.Areas > 0 ? ui.T($"forte dans {shortage.TenseAreas} bassins d'emploi sur {shortage.Areas} (France "
                + $"Travail, {shortage.AreasYear})", $"high in {shortage.TenseAreas} of {shortage.Areas} employment "
                    + $"areas (France Travail, {shortage.AreasYear})") : "",
            shortage.Difficulty is { } share ? ui.T($"{ui.Percent(share)} d'embauches jugées difficiles",
                $"{ui.Percent(share)} of hirings expected to be difficult") : "",
        ];
        return string.Join(" ; ", parts.Where(part => part.Length > 0));
    }
}
