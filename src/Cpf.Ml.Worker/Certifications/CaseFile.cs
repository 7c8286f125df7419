using System.Globalization;
using System.Net;
using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Dossiers;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>The adversarial file (dossier contradictoire): one page without anything outside it, made for printing.
/// Indications, their evidence, what speaks in favour, dates of the data, documents, decisions, and the hash that
/// closes the history.</summary>
internal sealed class CaseFile
{
    private const string Style = """
        @page { margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); } }
        body {
          font: 11pt/1.45 system-ui, sans-serif; color: #111; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
        }
        h1 { font-size: 1.5rem; }
        h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem; break-after: avoid; }
        dl, tr { break-inside: avoid; }
        dl { display: grid; grid-template-columns: 11rem 1fr; gap: .15rem 1rem; margin: .25rem 0; }
        dt { color: #444; }
        dd { margin: 0; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #bbb; vertical-align: top; }
        .cited { font-size: 9pt; margin-top: .4rem; }
        .cited td { white-space: nowrap; }
        .exhibits td { overflow-wrap: anywhere; }
        .fact { font-weight: 600; }
        footer {
          margin-top: 2rem; border-top: 1px solid #111; padding-top: .5rem; font-size: .9rem; overflow-wrap: anywhere;
        }
        """;

    private readonly CertificationCase _case;
    private readonly Ui _ui;
    private readonly StringBuilder _html = new();

    private CaseFile(CertificationCase @case, Ui ui) => (_case, _ui) = (@case, ui);

    private CaseDocument Document => _case.Document;

    /// <param name="history">Of the case, in order.</param>
    /// <param name="documents">That controllers put into the case, in order.</param>
    /// <param name="now">When the file is made.</param>
    public static string Html(
        CertificationCase @case, IReadOnlyList<CaseEvent> history, IReadOnlyList<CaseAttachment> documents, Ui ui,
        DateTimeOffset now)
    {
        var file = new CaseFile(@case, ui);
        file.AppendHead(now);
        foreach (var (index, reason) in @case.Document.Reasons.Index())
        {
            file.AppendReason(index + 1, reason);
        }

        file.AppendInFavour();
        file.AppendAlgorithm();
        file.AppendDocuments(documents);
        file.AppendDecision();
        file.AppendHistory(history);
        return file._html.ToString();
    }

    private void AppendHead(DateTimeOffset now)
    {
        var (cutoff, state) = ($"{Document.Cutoff:yyyy-MM-dd}", StateWords.Of(_case, _ui));
        Line($"<!doctype html><html lang=\"{_ui.Language}\"><head><meta charset=\"utf-8\">");
        Line("<meta name=\"viewport\" content=\"width=device-width\">");
        Line($"<title>{Encode(_case.CertificationId)}</title><style>{Style}</style></head><body><main>");
        Line($"<h1>{T("Dossier contradictoire", "Adversarial file")} : "
            + $"{Encode($"{_case.CertificationId} · {_case.Title}")}</h1>");
        Paragraph(
            $"Établi le {_ui.Moment(now)} sur les données d'avant le {cutoff}. État : {state}.",
            $"Made on {_ui.Moment(now)} from the data before {cutoff}. State: {state}.");
        Paragraph(
            "Ce document réunit des indices et leurs éléments de preuve, avec ce qui parle en faveur de la "
                + "certification. Il n'établit aucune fraude : une personne décide, après avoir entendu les "
                + "intéressés.",
            "This document brings together indications and their evidence, with what speaks in favour of the "
                + "certification. It establishes no fraud: a person decides, after hearing those concerned.");
        Line($"<h2>{T("De quoi il s'agit", "What it is about")}</h2><dl>");
        Fact("Certificateur", "Certifier", Document.CertifierId);
        Fact("Dossiers en 90 jours", "Dossiers in 90 days", _ui.Number(Document.Dossiers));
        Fact("Euros par mois", "EUR a month", _ui.Number(Math.Round(Document.EurosAMonth)));
        Line("</dl>");
    }

    private void AppendReason(int number, CaseReason reason)
    {
        Line($"<section><h2>{number}. {Encode(_ui.T(reason.Sentence))}</h2>");
        if (reason.IsFact)
        {
            Line($"<p class=\"fact\">{T("Fait au-delà d'une limite fixée par une règle.",
                "A fact beyond a limit that a rule sets.")}</p>");
        }

        var peers = _ui.Number(reason.Peers);
        Line("<dl>");
        Fact("Comparée à", "Compared with", _ui.T(
            $"{peers} certifications : {reason.Group.Fr}", $"{peers} certifications: {reason.Group.En}"));
        Fact("Rareté", "Rarity", StateWords.Rarity(reason, Document, _ui));
        Fact("Serait habituel", "Would be typical",
            _ui.T(ReasonSentences.Amount(FeatureCatalogue.Of(reason.Feature), reason.TypicalValue)));
        Fact("À vérifier", "To check", _ui.T(reason.Check));
        if (reason.Law.Length > 0)
        {
            Fact("Texte", "Law", reason.Law);
        }

        Line("</dl>");
        if (_case.Evidence?.Reasons.GetValueOrDefault(reason.Feature)?.Dossiers is { } dossiers)
        {
            AppendDossiers(dossiers);
        }

        Line("</section>");
    }

    /// <summary>Who sold the dossiers behind a reason, and the most telling ones.</summary>
    private void AppendDossiers(DossierEvidence evidence)
    {
        string Number(double? value) => value is { } known ? _ui.Number(Math.Round(known, 2)) : "–";
        var sellers = string.Join(
            " ; ", evidence.Companies.Select(company => $"SIREN {company.Siren} ({_ui.Number(company.Behind)})"));
        Paragraph(
            $"{_ui.Number(evidence.Count)} dossiers derrière ce motif, vendus par : {sellers}",
            $"{_ui.Number(evidence.Count)} dossiers behind this reason, sold by: {sellers}");
        Line("<table class=\"cited\">");
        Header(
            new("Dossier", "Dossier"), new("Achat", "Bought"), new("Organisme", "Organisation"),
            new("Prix €", "Price EUR"), new("Solde €", "Balance EUR"), new("Heures", "Hours"),
            new("facturées", "billed"), new("connectées", "logged"));
        foreach (var dossier in evidence.Cited)
        {
            Row(
                dossier.PurchaseId.ToString(CultureInfo.InvariantCulture), _ui.Day(dossier.Day), dossier.OrganisationId,
                Number(dossier.Price), Number(dossier.Balance), Number(dossier.Hours), Number(dossier.HoursBilled),
                Number(dossier.HoursLogged));
        }

        Line("</tbody></table>");
    }

    private void AppendInFavour()
    {
        Line($"<section><h2>{T("Ce qui parle en sa faveur", "What speaks in its favour")}</h2>");
        if (Document.InFavour.IsEmpty)
        {
            Paragraph(
                "Rien dans les données ; cela ne veut pas dire qu'il n'y a rien.",
                "Nothing in the data; that does not mean that there is nothing.");
        }
        else
        {
            Line($"<ul>{string.Concat(Document.InFavour.Select(text => $"<li>{Encode(_ui.T(text))}</li>"))}</ul>");
        }

        Line("</section>");
    }

    private void AppendAlgorithm()
    {
        var (rank, compared) = (_ui.Number(Document.Rank), _ui.Number(Document.Compared));
        Line($"<section><h2>{T("Comment l'algorithme y a contribué", "What the algorithm contributed")}</h2>");
        Paragraph(
            $"Rang {rank} sur {compared} certifications comparées ; le rang suit de la rareté de chaque mesure chez "
                + "des certifications comparables et au regard de son propre passé d'un an. Aucune donnée d'âge, de "
                + "sexe, de nationalité ou de résidence n'est utilisée.",
            $"Rank {rank} of {compared} compared certifications; the rank follows from how rare each measure is among "
                + "comparable certifications and against its own past of a year. No data of age, sex, nationality or "
                + "residence are used.");
        if (!Document.NotComputable.IsEmpty)
        {
            var features = string.Join(", ", Document.NotComputable);
            Paragraph(
                $"Mesures non calculables faute de données : {features}.",
                $"Not computable for want of data: {features}.");
        }

        Line("</section>");
    }

    /// <summary>The list of documents: whoever answers can ask for each, and its hash shows that it is the
    /// same.</summary>
    private void AppendDocuments(IReadOnlyList<CaseAttachment> documents)
    {
        Line($"<section><h2>{T("Pièces versées au dossier", "Documents in the case")}</h2>");
        if (documents.Count == 0)
        {
            Paragraph("Aucune.", "None.");
        }
        else
        {
            Line("<table class=\"exhibits\">");
            Header(
                new("N°", "No."), new("Pièce", "Document"), new("Versée le", "Added on"), new("Par", "By"),
                new("Taille", "Size"), new("SHA-256", "SHA-256"));
            foreach (var document in documents)
            {
                Row(
                    document.Number.ToString(CultureInfo.InvariantCulture), document.Name,
                    _ui.Moment(document.AddedAt), document.AddedBy, _ui.Quantity(document.Size, "By"),
                    document.Sha256);
            }

            Line("</tbody></table>");
        }

        Line("</section>");
    }

    private void AppendDecision()
    {
        if (_case.Outcome is null)
        {
            return;
        }

        Line($"<section><h2>{T("Décision", "Decision")}</h2><dl>");
        Fact("Décision", "Decision", StateWords.Outcome(_case.Outcome, _ui));
        Fact("Motif", "Rationale", _case.Rationale);
        Fact("Par", "By", _case.DecidedBy);
        Fact("Second lecteur", "Second reader", _case.ConfirmedBy ?? "–");
        Line("</dl></section>");
    }

    private void AppendHistory(IReadOnlyList<CaseEvent> history)
    {
        Line($"<h2>{T("Histoire", "History")}</h2><table>");
        Header(new("Quand", "When"), new("Qui", "Who"), new("Quoi", "What"));
        foreach (var line in history)
        {
            Row(_ui.Moment(line.At), line.Actor, StateWords.Action(line.Action, _ui));
        }

        var end = history is [.., var last] ? last.Hash : "";
        Line($"</tbody></table></main><footer>{T($"Dernière ligne de l'histoire chaînée : {end}",
            $"Last line of the chained history: {end}")}</footer></body></html>");
    }

    private void Line(string html) => _html.Append(html).Append('\n');

    private void Paragraph(string french, string english) => Line($"<p>{T(french, english)}</p>");

    /// <summary>A line of a description list.</summary>
    private void Fact(string french, string english, string? value) =>
        Line($"<dt>{T(french, english)}</dt><dd>{Encode(value)}</dd>");

    private void Header(params ReadOnlySpan<Text> columns)
    {
        _html.Append("<thead><tr>");
        foreach (var column in columns)
        {
            _html.Append("<th scope=\"col\">").Append(Encode(_ui.T(column))).Append("</th>");
        }

        Line("</tr></thead><tbody>");
    }

    private void Row(params ReadOnlySpan<string> cells)
    {
        _html.Append("<tr>");
        foreach (var cell in cells)
        {
            _html.Append("<td>").Append(Encode(cell)).Append("</td>");
        }

        Line("</tr>");
    }

    private string T(string french, string english) => Encode(_ui.T(french, english));

    private static string Encode(string? text) => WebUtility.HtmlEncode(text) ?? "";
}
