using System.Net;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Dossiers;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>The contradictory file: one page without anything outside it, made for printing. Indications, their
/// evidence, what speaks in favour, dates of the data, decisions, and the hash that closes the history.</summary>
internal static class CaseFile
{
    private const string Style = """
        @page { margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); } }
        body { font: 11pt/1.45 system-ui, sans-serif; color: #111; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem; break-after: avoid; }
        dl, tr { break-inside: avoid; } dl { display: grid; grid-template-columns: 11rem 1fr; gap: .15rem 1rem; margin: .25rem 0; } dt { color: #444; } dd { margin: 0; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #bbb; vertical-align: top; }
        .cited { font-size: 9pt; margin-top: .4rem; } .cited td { white-space: nowrap; }
        .fact { font-weight: 600; } footer { margin-top: 2rem; border-top: 1px solid #111; padding-top: .5rem; font-size: .9rem; overflow-wrap: anywhere; }
        """;

    public static string Html(CertificationCase one, IReadOnlyList<CaseEvent> history, Ui ui, DateTimeOffset now)
    {
        var page = new StringBuilder();
        var end = history is [.., var last] ? last.Hash : string.Empty;
        string T(string fr, string en) => WebUtility.HtmlEncode(ui.T(fr, en));
        string Encode(Text text) => WebUtility.HtmlEncode(ui.T(text));
        void Line(string html) => page.Append(html).Append('\n');

        Line($"<!doctype html><html lang=\"{ui.Language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{WebUtility.HtmlEncode(one.CertificationId)}</title><style>{Style}</style></head><body><main>");
        Line($"<h1>{T("Dossier contradictoire", "Adversarial file")} : {WebUtility.HtmlEncode($"{one.CertificationId} · {one.Title}")}</h1>");
        Line($"<p>{T($"Établi le {ui.Moment(now)} sur les données d'avant le {one.Document.Cutoff:yyyy-MM-dd}. État : {StateWords.Of(one, ui)}.", $"Made on {ui.Moment(now)} from the data before {one.Document.Cutoff:yyyy-MM-dd}. State: {StateWords.Of(one, ui)}.")}</p>");
        Line($"<p>{T("Ce document réunit des indices et leurs éléments de preuve, avec ce qui parle en faveur de la certification. Il n'établit aucune fraude : une personne décide, après avoir entendu les intéressés.", "This document brings together indications and their evidence, with what speaks in favour of the certification. It establishes no fraud: a person decides, after hearing those concerned.")}</p>");
        Line($"<h2>{T("De quoi il s'agit", "What it is about")}</h2><dl><dt>{T("Certificateur", "Certifier")}</dt><dd>{WebUtility.HtmlEncode(one.Document.CertifierId)}</dd><dt>{T("Dossiers en 90 jours", "Dossiers in 90 days")}</dt><dd>{WebUtility.HtmlEncode(ui.Number(one.Document.Dossiers))}</dd><dt>{T("Euros par mois", "EUR a month")}</dt><dd>{WebUtility.HtmlEncode(ui.Number(Math.Round(one.Document.EurosAMonth)))}</dd></dl>");
        foreach (var (number, reason) in one.Document.Reasons.Index())
        {
            string Value(double value) => Encode(ReasonSentences.Amount(FeatureCatalogue.Of(reason.Feature), value));
            Line($"<section><h2>{number + 1}. {Encode(reason.Sentence)}</h2>");
            Line(reason.IsFact ? $"<p "
                + $"class=\"fact\">{T("Fait au-delà d'une limite fixée par une règle.", "A fact beyond a limit that a rule sets.")}</p>"
                : string.Empty);
            Line($"<dl><dt>{T("Comparée à", "Compared with")}</dt><dd>{T($"{ui.Number(reason.Peers)} certifications : {reason.Group.Fr}", $"{ui.Number(reason.Peers)} certifications: {reason.Group.En}")}</dd>");
            Line($"<dt>{T("Rareté", "Rarity")}</dt><dd>{WebUtility.HtmlEncode(StateWords.Rarity(reason, one.Document, ui))}</dd>");
            Line($"<dt>{T("Serait habituel", "Would be usual")}</dt><dd>{Value(reason.Usual)}</dd><dt>{T("À vérifier", "To check")}</dt><dd>{Encode(reason.Check)}</dd>");
            Line(reason.Law.Length > 0
                ? $"<dt>{T("Texte", "Law")}</dt><dd>{WebUtility.HtmlEncode(reason.Law)}</dd></dl>" : "</dl>");
            if (one.Evidence?.Reasons.GetValueOrDefault(reason.Feature)?.Dossiers is { } dossiers)
            {
                Cite(dossiers, ui, Line);
            }

            Line("</section>");
        }

        Line($"<section><h2>{T("Ce qui parle en sa faveur", "What speaks in its favour")}</h2>");
        Line(one.Document.InFavour.Length == 0
            ? $"<p>{T("Rien dans les données ; cela ne veut pas dire qu'il n'y a rien.", "Nothing in the data; that does not mean that there is nothing.")}</p></section>"
            : $"<ul>{string.Concat(one.Document.InFavour.Select(text => $"<li>{Encode(text)}</li>"))}</ul></section>");
        Line($"<section><h2>{T("Comment l'algorithme y a contribué", "What the algorithm contributed")}</h2><p>{T($"Rang {ui.Number(one.Document.Rank)} sur {ui.Number(one.Document.Of)} certifications comparées ; le rang suit de la rareté de chaque mesure chez des certifications comparables et au regard de son propre passé d'un an. Aucune donnée d'âge, de sexe, de nationalité ou de résidence n'est utilisée.", $"Rank {ui.Number(one.Document.Rank)} of {ui.Number(one.Document.Of)} compared certifications; the rank follows from how rare each measure is among comparable certifications and against its own past of a year. No data of age, sex, nationality or residence are used.")}</p>");
        Line(one.Document.NotComputable.Length == 0 ? "</section>"
            : $"<p>{T("Mesures non calculables faute de données :", "Not computable for want of data:")} {WebUtility.HtmlEncode(string.Join(", ", one.Document.NotComputable))}.</p></section>");
        if (one.Outcome is not null)
        {
            Line($"<section><h2>{T("Décision", "Decision")}</h2><dl><dt>{T("Décision", "Decision")}</dt><dd>{WebUtility.HtmlEncode(StateWords.Outcome(one.Outcome, ui))}</dd><dt>{T("Motif", "Motive")}</dt><dd>{WebUtility.HtmlEncode(one.Motive)}</dd><dt>{T("Par", "By")}</dt><dd>{WebUtility.HtmlEncode(one.DecidedBy)}</dd><dt>{T("Second lecteur", "Second reader")}</dt><dd>{WebUtility.HtmlEncode(one.ConfirmedBy ?? "–")}</dd></dl></section>");
        }

        Line($"<h2>{T("Histoire", "History")}</h2><table><thead><tr><th scope=\"col\">{T("Quand", "When")}</th><th "
            + $"scope=\"col\">{T("Qui", "Who")}</th><th scope=\"col\">{T("Quoi", "What")}</th></tr></thead><tbody>");
        foreach (var line in history)
        {
            Line($"<tr><td>{WebUtility.HtmlEncode(ui.Moment(line.At))}</td><td>{WebUtility.HtmlEncode(line.Actor)}</td><td>{WebUtility.HtmlEncode(StateWords.Action(line.Action, ui))}</td></tr>");
        }

        Line($"</tbody></table></main><footer>{T($"Dernière ligne de l'histoire chaînée : {end}", $"Last line of the chained history: {end}")}</footer></body></html>");
        return page.ToString();
    }

    /// <summary>Who sold the dossiers behind a reason, and those that say most.</summary>
    private static void Cite(DossierEvidence dossiers, Ui ui, Action<string> line)
    {
        string T(string fr, string en) => WebUtility.HtmlEncode(ui.T(fr, en));
        string Number(double? value) =>
            value is { } known ? WebUtility.HtmlEncode(ui.Number(Math.Round(known, 2))) : "–";
        line($"<p>{T($"{ui.Number(dossiers.Count)} dossiers derrière ce motif, vendus par :", $"{ui.Number(dossiers.Count)} dossiers behind this reason, sold by:")} {string.Join(" ; ", dossiers.Companies.Select(one => WebUtility.HtmlEncode($"SIREN {one.Siren} ({ui.Number(one.Behind)})")))}</p>");
        line($"<table "
            + $"class=\"cited\"><thead><tr><th>{T("Dossier", "Dossier")}</th><th>{T("Achat", "Bought")}</th><th>{T("Organisme", "Organisation")}</th><th>{T("Prix €", "Price EUR")}</th><th>{T("Solde €", "Balance EUR")}</th><th>{T("Heures", "Hours")}</th><th>{T("facturées", "billed")}</th><th>{T("connectées", "logged")}</th></tr></thead><tbody>");
        foreach (var one in dossiers.Most)
        {
            line($"<tr><td>{one.PurchaseId}</td><td>{WebUtility.HtmlEncode(ui.Day(one.Day))}</td><td>{WebUtility.HtmlEncode(one.OrganisationId)}</td><td>{Number(one.Price)}</td><td>{Number(one.Balance)}</td><td>{Number(one.Hours)}</td><td>{Number(one.HoursBilled)}</td><td>{Number(one.HoursLogged)}</td></tr>");
        }

        line("</tbody></table>");
    }
}
