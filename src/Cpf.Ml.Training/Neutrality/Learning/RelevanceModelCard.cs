using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Training.Neutrality.Learning;

/// <summary>The manifest for people, French first: every figure in it was measured by the run that wrote it.</summary>
internal static class RelevanceModelCard
{
    public const string Name = "card.md";

    public static string Render(RelevanceManifest manifest) => $"{In("fr", manifest)}\n---\n\n{In("en", manifest)}";

    private static string In(string language, RelevanceManifest manifest)
    {
        var culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");
        var card = new StringBuilder();
        void Add(string fr, string en) => card.Append(new Text(fr, en).In(language)).Append("\n\n");
        string N(double value, int decimals = 0) => value.ToString($"N{decimals}", culture);
        var (events, happened) = manifest.Target == "clicks" ? ("clics", "clicks") : ("achats", "purchases");

        Add($"# Modèle {manifest.Name}, version {manifest.Version}", $"# Model {manifest.Name}, version "
            + $"{manifest.Version}");
        Add(
            "**À quoi il sert.** Il estime la pertinence d'une offre pour une recherche sans savoir qui la vend ni si "
                + "elle est populaire : pour auditer un moteur dont la pertinence affichée contient peut-être le "
                + "biais, et pour réordonner.",
            "**What it is for.** It estimates how relevant an offer is to a search without knowing who sells it or how "
                + "popular it is: to audit an engine whose own relevance may hold the bias, and to re-rank.");
        Add(
            "**À quoi il ne sert pas.** À juger une offre ou un organisme : ce que les gens ouvrent n'est pas la "
                + "qualité d'une formation.",
            "**What it is not for.** To judge an offer or an organisation: what people open is not the quality of a "
                + "training.");
        Add("## Données", "## Data");
        Add(
            $"Recherches du {manifest.From.ToString("d", culture)} au {manifest.Until.ToString("d", culture)} : "
                + $"{N(manifest.Questions)} questions, {N(manifest.Events)} {events} qui, pesés par la chance qu'une "
                + $"position soit regardée, en valent {N(manifest.EffectiveEvents)}. Chance connue du journal pour "
                + $"{N(100 * manifest.KnownPropensities)} % des affichages, estimée pour les autres. Aucune donnée de "
                + "personne.",
            $"Searches from {manifest.From.ToString("d", culture)} to {manifest.Until.ToString("d", culture)}: "
                + $"{N(manifest.Questions)} questions, {N(manifest.Events)} {happened}, worth "
                + $"{N(manifest.EffectiveEvents)} when weighed by the chance that a position is looked at. The log "
                + $"knew that chance of {N(100 * manifest.KnownPropensities)}% of impressions; of the others it is "
                + "estimated. No data of a person.");
        Add($"Paramètres : {string.Join(", ", manifest.Features)}.",
            $"Features: {string.Join(", ", manifest.Features)}.");
        foreach (var (name, why) in manifest.LeftOut)
        {
            Add($"Écarté, {name} : {why.Fr}.", $"Left out, {name}: {why.En}.");
        }

        Add("## Résultats", "## Results");
        Add(
            $"Sur des questions qu'il n'avait pas vues (cinq parts), nDCG d'après les {events} pesés : "
                + $"{N(manifest.EngineGain, 3)} dans l'ordre du moteur, {N(manifest.ModelGain, 3)} dans le sien ; "
                + $"différence à 95 % de {N(manifest.DifferenceLow, 3)} à {N(manifest.DifferenceHigh, 3)}. Seules "
                + "comptent les offres montrées.",
            $"On questions that it had not seen (five parts), nDCG by weighted {happened}: {N(manifest.EngineGain, 3)} "
                + $"in the engine's order, {N(manifest.ModelGain, 3)} in its own; difference, 95%, "
                + $"{N(manifest.DifferenceLow, 3)} to {N(manifest.DifferenceHigh, 3)}. Only offers that were shown "
                + "count.");
        if (manifest.DifferenceHigh < 0)
        {
            Add(
                "**Le moteur classe mieux que ce modèle** : ne pas classer d'après lui, et n'auditer d'après lui que "
                    + "si la pertinence du moteur n'est pas fiable.",
                "**The engine ranks better than this model**: do not rank by it, and audit by it only where the "
                    + "engine's relevance cannot be trusted.");
        }

        string Importance(string unit) => string.Join(", ", manifest.Importance
            .OrderByDescending(feature => feature.Value)
            .Select(feature => $"{feature.Key} {N(100 * feature.Value)}{unit}"));
        Add($"Ce qui le décide : {Importance(" %")}.", $"What decides: {Importance("%")}.");
        Add("## Limites", "## Limits");
        Add(
            "Ce que personne n'a vu n'a rien appris au modèle : une offre toujours cachée est jugée par ses paramètres "
                + "seuls. Un paramètre qui suit un groupe (une distance, une région) en porte l'effet. Le modèle de "
                + "lecture (une position est regardée ou non, quelle que soit l'offre) est une hypothèse.",
            "The model learns nothing from what nobody saw: an offer that was always hidden is judged by its features "
                + "alone. A feature that goes with a group (a distance, a region) carries its effect. That a position "
                + "is looked at or not, whatever the offer, is an assumption.");
        Add($"Écrit par le programme {manifest.Code}.", $"Written by program {manifest.Code}.");
        return card.ToString().TrimEnd('\n') + "\n";
    }
}
