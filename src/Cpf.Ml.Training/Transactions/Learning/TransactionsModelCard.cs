using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions.Model;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>The manifest for people, French first: every figure in it was measured by the run that wrote it.</summary>
internal static class TransactionsModelCard
{
    public static string Render(TransactionsManifest manifest) => $"{In("fr", manifest)}\n---\n\n{In("en", manifest)}";

    private static Text Why(HyperParameter choice) => (choice.Decided, choice.Chosen == choice.Default) switch
    {
        (false, _) => new(" (la différence ne dépasse pas son bruit)", " (the difference is within its noise)"),
        (true, true) => new(" (imposé, quoique l'autre soit meilleur)", " (imposed, though the other is better)"),
        _ => new("", ""),
    };

    private static string In(string language, TransactionsManifest manifest)
    {
        var culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");
        var card = new StringBuilder();
        void Add(string fr, string en) => card.Append(new Text(fr, en).In(language)).Append('\n');
        string N(double value, string format = "0.00") =>
            double.IsFinite(value) ? value.ToString(format, culture) : "–";
        string E(IntervalEstimate estimate, string format = "0.00") =>
            $"{N(estimate.Value, format)} [{N(estimate.Low, format)} ; "
            + $"{N(estimate.High, format)}]";
        string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (points, warm) = (manifest.Series.Sum(series => series.Points),
            manifest.Series.Count(series => series.Figures is not null));
        var (from, to) = (manifest.Series.Min(series => series.From), manifest.Series.Max(series => series.To));

        Add($"# Modèle {manifest.Name}, version {manifest.Version}", $"# Model {manifest.Name}, version "
            + $"{manifest.Version}");
        Add("", "");
        Add(
            "**À quoi il sert.** Il donne à la surveillance de la plateforme ce qu'il faut pour juger dès la première "
                + "minute : pour chaque série, ce qui est habituel à chaque heure de la semaine, l'ampleur du bruit et "
                + "la fréquence des écarts.",
            "**What it is for.** It lets the monitoring of the platform start warm: for each series it has the "
                + "baseline of each hour of the week, the size of the noise and the frequency of deviations.");
        Add("", "");
        Add(
            "**Qui décide.** Un score dit qu'une mesure est rare au regard de son propre passé ; il ne dit ni "
                + "pourquoi, ni ce qu'il faut faire. Les exploitants décident. Il ne doit servir à juger ni des "
                + "personnes ni des organismes.",
            "**Who decides.** A score says that a measurement is rare by its own past; it says neither why nor what to "
                + "do. Operators decide. It must not be used to judge people or organisations.");
        Add("", "");
        Add("## Données", "## Data");
        Add(
            $"{manifest.Series.Count.ToString("N0", culture)} séries, {points.ToString("N0", culture)} points, du "
                + $"{Day(from)} au {Day(to)}, lus dans {manifest.Data.Count} fichiers dont le manifeste donne les "
                + $"empreintes. {manifest.Series.Sum(series => series.Missing).ToString("N0", culture)} points "
                + $"sans valeur, "
                + $"{manifest.Series.Sum(series => series.Dropped).ToString("N0", culture)} répétitions écartées.",
            $"{manifest.Series.Count.ToString("N0", culture)} series, {points.ToString("N0", culture)} points, from "
                + $"{Day(from)} to {Day(to)}, read from {manifest.Data.Count} files whose hashes are in the manifest. "
                + $"{manifest.Series.Sum(series => series.Missing).ToString("N0", culture)} points without a value, "
                + $"{manifest.Series.Sum(series => series.Dropped).ToString("N0", culture)} repetitions left out.");
        Add("", "");
        Add("## Méthode", "## Method");
        var holidays = manifest.FrenchHolidays
            ? new Text("un jour férié vaut un dimanche", "a public holiday counts as a Sunday")
            : new Text("les jours fériés sont des jours comme les autres", "public holidays are days like others");
        Add(
            $"Le détecteur {manifest.Detector} a relu l'historique dans l'ordre, chaque point étant jugé avant d'être "
                + $"appris, sous un budget de {N(manifest.AlertsPerDay, "0.###")} alerte par série et par jour ; le "
                + $"modèle est son état à la fin. Jours et semaines suivent "
                + $"{manifest.Zone}, {holidays.Fr}.",
            $"The detector {manifest.Detector} read the history in order, each point scored before it was learned, "
                + $"under a budget of {N(manifest.AlertsPerDay, "0.###")} alerts a series and day; the model is its "
                + $"state at the end. Days and weeks follow "
                + $"{manifest.Zone}, {holidays.En}.");
        Add("", "");
        Add("## Réglages choisis par validation croisée en blocs de temps", "## Hyper-parameters, by cross-validation "
            + "in blocks of time");
        Add("Erreur moyenne du point suivant, en parts de l'erreur du réglage par défaut ; intervalle à 97,5 %, jours "
            + "tirés en entier.", "Mean error of the next point, in units of the default's; interval of 97.5 %, days "
            + "drawn as wholes.");
        Add("", "");
        Add("| réglage | par défaut | autre | différence | jours | retenu |", "| parameter | default | other | "
            + "difference | days | chosen |");
        Add("|---|---|---|---|---|---|", "|---|---|---|---|---|---|");
        foreach (var choice in manifest.HyperParameters)
        {
            Add(
                $"| {choice.Name} | {choice.Default} | {choice.Other} | {E(choice.Difference, "+0.0000;-0.0000;0")} "
                    + $"| {choice.Days} | "
                    + $"{choice.Chosen}{Why(choice).Fr} |",
                $"| {choice.Name} | {choice.Default} | {choice.Other} | {E(choice.Difference, "+0.0000;-0.0000;0")} "
                    + $"| {choice.Days} | "
                    + $"{choice.Chosen}{Why(choice).En} |");
        }

        Add("", "");
        Add("## Résultats", "## Results");
        Add(
            $"Sur {manifest.All.Points.ToString("N0", culture)} points de {warm} séries, après les deux premiers jours "
                + "de chacune, jugés avant d'être appris ; intervalles à 95 %. Un rapport de 1 est une promesse tenue. "
                + "L'historique n'est pas étiqueté : il contient de vrais incidents, et nul n'a dit si une alerte "
                + "était juste.",
            $"Over {manifest.All.Points.ToString("N0", culture)} points of {warm} series, after the first two days of "
                + "each, scored before they were learned; intervals of 95 %. A ratio of 1 is perfect calibration. The "
                + "history has no labels: real incidents are in it, and nobody has said whether an alert was right.");
        Add("", "");
        Add("| séries | points | observé ÷ promis à 1 sur 100 | à 1 sur 1 000 | dans la bande à 99 % | alertes par "
            + "série et jour |", "| series | points | observed ÷ promised at 1 in 100 | at 1 in 1,000 | within the 99 "
            + "% band | alerts a series and day |");
        Add("|---|---|---|---|---|---|", "|---|---|---|---|---|---|");
        void Row(string name, TrainedFigures? figures) => card.Append(culture, $"| {name} | ").Append(figures is null
            ? new Text("trop court pour juger | | | | |\n", "too short to score | | | | |\n").In(language)
            : $"{figures.Points.ToString("N0", culture)} | {E(figures.Rare100)} | {E(figures.Rare1000)} | "
                + $"{E(figures.Inside99, "0.000")} | {E(figures.AlertsPerDay)} |\n");
        Row(new Text("**toutes**", "**all**").In(language), manifest.All);
        foreach (var series in manifest.Series)
        {
            Row($"`{series.Series.Replace("|", "\\|", StringComparison.Ordinal)}`", series.Figures);
        }

        Add("", "");
        Add("## Limites", "## Limits");
        Add(
            $"Ces chiffres valent pour la période ci-dessus. Une série sans historique commence sans rien savoir et "
                + $"n'est jugée qu'après deux jours. Une semaine inhabituelle à la fin de l'historique est prise pour "
                + $"l'usage jusqu'à ce que d'autres la corrigent. Les séries sont jugées une à une. Écrit par le "
                + $"programme {manifest.Code}, graine {manifest.Seed}.",
            $"These figures hold for the period above. A series without history starts cold and is "
                + $"scored after two days only. An unusual week at the end of the history is part of the "
                + $"baseline until "
                + $"others correct it. Series are scored one by one. Written by program {manifest.Code}, seed "
                + $"{manifest.Seed}.");
        return card.ToString();
    }
}
