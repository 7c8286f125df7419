using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>Titles and programmes as certifiers and organisations word them.</summary>
internal static class Wording
{
    private static readonly string[] Roles = ["Technicien", "Responsable", "Assistant",
        "Chargé de projet", "Conseiller", "Agent", "Gestionnaire", "Chef d'équipe", "Consultant", "Animateur"];
    private static readonly string[] Skills =
        ["Pratiquer", "Maîtriser", "Mettre en œuvre", "Organiser", "Conduire", "Sécuriser"];
    private static readonly string[] Before = ["", "Formation ", "Parcours ", "Préparation : ", "Cours de ", ""];
    private static readonly string[] After = ["", " - initiation", " - perfectionnement", " - accompagnement "
        + "individuel", " en petit groupe", " - intensif", ""];
    private static readonly string[] Common = ["accueil et positionnement", "évaluation finale", "mise en situation",
        "travaux pratiques", "support de cours", "préparation à l'examen", "étude de cas", "suivi individuel"];
    private static readonly string[] Specialities =
        ["option terrain", "niveau avancé", "option conseil", "secteur public", "petites structures",
            "milieu industriel", "option numérique", "à l'international", "proximité", "développement durable"];

    public static string Title(Domain domain, bool isSkill, Random random)
    {
        var subject = domain.Titles[random.Next(domain.Titles.Length)];
        var speciality = random.Chance(0.6) ? $" - {Specialities[random.Next(Specialities.Length)]}" : string.Empty;
        return isSkill ? $"{Skills[random.Next(Skills.Length)]} : {subject}{speciality}"
            : $"{Roles[random.Next(Roles.Length)]} en {subject}{speciality}";
    }

    public static string Standard(Domain domain, Random random) => string.Join(", ", Pick(domain.Words, 7, random));

    public static string OfferTitle(string title, Random random) =>
        Before[random.Next(Before.Length)] + title + After[random.Next(After.Length)];

    public static string Programme(Domain domain, string standard, Random random) =>
        string.Join(", ", Pick(domain.Words, 5, random)
            .Concat(standard.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(_ => random.Chance(0.8)))
            .Concat(Pick(Common, 3, random)));

    private static IEnumerable<string> Pick(IReadOnlyList<string> from, int count, Random random)
    {
        var order = Enumerable.Range(0, from.Count).ToArray();
        random.Shuffle(order);
        return order.Take(count).Select(index => from[index]);
    }
}
