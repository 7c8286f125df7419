using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Model;

namespace Cpf.Ml.Training.Certifications.Learning;

/// <summary>The manifest for people, French first: every figure in it was measured by the run that wrote it.</summary>
internal static class CertificationModelCard
{
    public static string Write(CertificationManifest manifest) => $"{In("fr", manifest)}\n---\n\n{In("en", manifest)}";

    private static string In(string language, CertificationManifest manifest)
    {
        var culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");
        var figures = manifest.Figures;
        var card = new StringBuilder();
        void Add(string fr, string en) => card.Append(new Text(fr, en).In(language)).Append("\n\n");
        string N(int value) => value.ToString("N0", culture);
        string Loss(double value) => double.IsFinite(value) ? value.ToString("0.0000", culture) : "–";
        string Share(double value) => value.ToString("P1", culture);

        Add($"# Modèle {manifest.Name}, version {manifest.Version}", $"# Model {manifest.Name}, version "
            + $"{manifest.Version}");
        Add(
            "**À quoi il sert.** Il range les certifications pour que les contrôleurs lisent d'abord celles où un "
                + "contrôle a le plus de chances de confirmer quelque chose, et dit cette part telle que les contrôles "
                + "passés la montrent.",
            "**What it is for.** It orders certifications so that controllers first read those where a control is most "
                + "likely to confirm something, and says that share as past controls show it.");
        Add(
            "**Qui décide.** Une personne, sur pièces, après avoir entendu les intéressés. Le score n'établit aucune "
                + "fraude et ne suffit à aucune mesure. Âge, sexe, nationalité et résidence des titulaires n'y entrent "
                + "pas.",
            "**Who decides.** A person, on documents, after hearing those concerned. The score establishes no fraud "
                + "and justifies no measure by itself. Age, sex, nationality and residence of holders are no part of "
                + "it.");
        Add("## Données", "## Data");
        Add(
            $"{N(figures.Controls)} contrôles décidés avant le {manifest.Known:yyyy-MM-dd}, dont "
                + $"{N(figures.Confirmed)} confirmés, parmi {N(figures.Rows)} certifications mesurées au début du "
                + $"trimestre où leur contrôle fut ouvert : rien de plus récent n'a été regardé. {N(figures.Random)} "
                + $"de ces contrôles portaient sur des certifications tirées au sort ; {N(figures.RandomConfirmed)} y "
                + "furent confirmés. Les empreintes des fichiers sont dans le manifeste.",
            $"{N(figures.Controls)} controls decided before {manifest.Known:yyyy-MM-dd}, {N(figures.Confirmed)} of "
                + $"them confirmed, among {N(figures.Rows)} certifications measured at the beginning of the quarter in "
                + $"which their control was opened: nothing later was looked at. {N(figures.Random)} of these controls "
                + $"were of certifications drawn at random; {N(figures.RandomConfirmed)} of them were confirmed. The "
                + "hashes of the files are in the manifest.");
        Add("## Méthode", "## Method");
        Add(
            $"{FeatureCatalogue.All.Length} mesures ({manifest.Evidence}), chacune comparée aux certifications "
                + $"semblables et à son passé, pesées par leur rareté. "
                + (figures.UsesTrees
                    ? "Des arbres courts, qui partent de ce poids et où davantage d'indices n'abaisse jamais le score, "
                        + "le corrigent. "
                    : "Les contrôles n'ont rien appris que ce poids ne dise : le rang est celui des indices, et seule "
                        + "la part confirmée a été apprise. ")
                + $"Ce qui n'a pas été contrôlé n'est pas tenu pour régulier (Mordelet et Vert 2014) ; la part "
                + $"confirmée suit Platt (1999), un contrôle sur vingt étant supposé se tromper.",
            $"{FeatureCatalogue.All.Length} features ({manifest.Evidence}), each compared with similar certifications "
                + $"and with its own past, weighed by rarity. "
                + (figures.UsesTrees
                    ? "Short trees that start from this weight, and in which more evidence never lowers the score, "
                        + "correct it. "
                    : "Controls added nothing to this weight: the rank is that of the evidence, and only the share "
                        + "confirmed was trained. ")
                + $"What was not controlled is not taken to be in order (Mordelet and Vert 2014); the share confirmed "
                + $"follows Platt (1999), one control in twenty being supposed to err.");
        Add("## Résultats", "## Results");
        Add(
            $"Sur des contrôles qui n'avaient pas été appris (cinq parts) : perte moyenne "
                + $"{Loss(figures.LossOfEvidence)} par les indices seuls, {Loss(figures.LossOfTrees)} avec les arbres "
                + "; moins vaut mieux.",
            $"On controls left out of training (five folds): mean loss {Loss(figures.LossOfEvidence)} by the "
                + $"evidence alone, {Loss(figures.LossOfTrees)} with trees; less is better.");
        card.Append(new Text("| part promise, à partir de | contrôles | promis en moyenne | trouvé |",
            "| share promised, from | controls | promised on average | found |").In(language))
            .Append("\n|--:|--:|--:|--:|\n");
        foreach (var bin in figures.Bins)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {Share(bin.From)} | {N(bin.Controls)} | "
                + $"{Share(bin.Promised)} | {Share(bin.Found)} |\n");
        }

        card.Append('\n');
        Add("## Limites", "## Limits");
        Add(
            $"Une part confirmée par les contrôles n'est pas une part de fraudes : un contrôle se trompe aussi. Avec "
                + $"{N(figures.Random)} contrôles au hasard, la part promise aux scores bas est connue à peu près. Une "
                + $"certification de moins de 30 dossiers par trimestre n'est pas jugée ; une fraude plus vieille que "
                + $"l'année de comparaison est à moitié excusée ; ce qui vient de commencer, ou dont les examens ne "
                + $"sont pas encore connus, n'est pas vu. Écrit par le programme {manifest.Code}.",
            $"A share confirmed by controls is no share of frauds: a control errs too. With {N(figures.Random)} "
                + $"controls drawn at random, the probability of low scores is known roughly. A certification with "
                + $"fewer than 30 dossiers a quarter is not judged; a fraud older than the year of comparison is half "
                + $"excused; what has just begun, or whose examinations are not yet known, is not seen. Written by "
                + $"program {manifest.Code}.");
        return card.ToString().TrimEnd('\n') + "\n";
    }
}
