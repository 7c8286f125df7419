using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>The manifest for people, French first: every figure in it was measured by the run that wrote it.</summary>
internal static class MatchingModelCard
{
    public const string Name = "card.md";

    public static string Render(MatchingManifest manifest, ImmutableArray<LinkBand> bands) =>
        $"{In("fr", manifest, bands)}\n---\n\n{In("en", manifest, bands)}";

    private static string In(string language, MatchingManifest manifest, ImmutableArray<LinkBand> bands)
    {
        var culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");
        var card = new StringBuilder();
        void Add(string fr, string en) => card.Append(new Text(fr, en).In(language)).Append("\n\n");
        string N(int value) => value.ToString("N0", culture);
        string Share(double value) => value.ToString("0.00", culture);

        Add($"# Modèle {manifest.Name}, version {manifest.Version}", $"# Model {manifest.Name}, version "
            + $"{manifest.Version}");
        Add(
            "**À quoi il sert.** Il estime à quels métiers (ROME) mène une certification quand son certificateur n'en "
                + "déclare pas, ou pas tous, pour qu'un financeur trouve les certifications d'un métier. Les liens "
                + "déclarés passent toujours devant et sont marqués.",
            "**What it is for.** It estimates which jobs (ROME) a certification leads to where its certifier declares "
                + "none, or not all, so that a funder finds the certifications of a job. Declared links always come "
                + "first and are marked.");
        Add(
            "**Qui décide.** Une personne compose le périmètre, une seconde l'approuve. Un lien ne bloque aucun "
                + "dossier et n'ouvre aucun droit.",
            "**Who decides.** A person draws up the perimeter, another approves it. A link blocks no dossier and gives "
                + "no right.");
        Add("## Données", "## Data");
        Add(
            $"{N(manifest.Fiches)} fiches du répertoire national qui déclarent des métiers, et les textes du ROME ; "
                + $"{N(manifest.Jobs)} métiers. Les empreintes des fichiers sont dans le manifeste. Aucune donnée de "
                + "personne n'y entre. Les métiers d'une fiche ne servent jamais à la relier elle-même.",
            $"{N(manifest.Fiches)} fiches of the national register that declare jobs, and the texts of the ROME; "
                + $"{N(manifest.Jobs)} jobs. The hashes of the files are in the manifest. No data of a person are in "
                + "it. A fiche's own jobs are never used to link it.");
        Add("## Méthode", "## Method");
        Add(
            $"{manifest.Signals.Count} signaux (régressions logistiques par métier sur titre, contenus, domaine et "
                + "niveau, certifications proches, parts par formacode, lignée, mobilités) pesés par une régression "
                + "logistique selon ce que l'on connaît de la certification. Poids et seuils appris sur des liens que "
                + "les signaux n'avaient pas vus, versions d'une même certification tenues ensemble.",
            $"{manifest.Signals.Count} signals (a logistic regression for each job on title, contents, field and "
                + "level, certifications like it, shares by formacode, lineage, mobilities) weighed by a logistic "
                + "regression by what is known of the certification. Weights and thresholds were learnt on links that "
                + "the signals had not seen, versions of one certification kept together.");
        Add("## Résultats", "## Results");
        Add(
            "Liens mis de côté, par origine. « À inclure » : à partir de cette probabilité, neuf sur dix sont "
                + "déclarés, sûr à 90 % (plus de 1 : jamais sans regard). « À écarter » : en dessous, on perd au plus "
                + "un lien déclaré sur vingt.",
            "Links held out, by origin. “Include”: from this probability on nine in ten are declared, sure at 90% "
                + "(above 1: never without a look). “Leave out”: below, at most one declared link in twenty is lost.");
        card.Append(new Text("| origine | liens déclarés | paires | à inclure | à écarter | erreur de calibration |",
            "| origin | declared links | pairs | include | leave out | calibration error |").In(language))
            .Append("\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var band in bands)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {Origin(band.Tier).In(language)} | {N(band.Links)} | "
                + $"{N(band.Pairs)} | {Share(band.Include)} | {Share(band.Exclude)} | "
                + $"{band.CalibrationError.ToString("0.000", culture)} |\n");
        }

        card.Append('\n');
        Add("## Limites", "## Limits");
        Add(
            $"Une fiche déclare un à cinq métiers, et deux versions d'une certification ne s'accordent pas toujours : "
                + $"une probabilité est celle d'une déclaration, pas d'une embauche ni d'une qualité. Un métier que "
                + $"peu de certifications déclarent, un contenu vague, une fiche sans formacode sont moins bien "
                + $"reliés. Le répertoire spécifique ne déclare aucun métier : rien n'y vérifie les liens que des avis "
                + $"de personnes. Écrit par le programme {manifest.Code}.",
            $"A fiche declares one to five jobs, and two versions of a certification do not always agree: a "
                + $"probability is that of a declaration, not of a job found or of quality. A job that few "
                + $"certifications declare, vague contents, a fiche without formacode are linked less well. The "
                + $"specific register declares no job: nothing checks its links but what people say. Written by "
                + $"program {manifest.Code}.");
        return card.ToString().TrimEnd('\n') + "\n";
    }

    private static Text Origin(LinkTier tier) => tier switch
    {
        LinkTier.Predecessor => new("certification remplacée", "certification that it replaces"),
        LinkTier.Graph => new("mêmes contenus", "same contents"),
        LinkTier.Siblings => new("certifications proches", "certifications like it"),
        _ => new("mots seuls", "words alone"),
    };
}
