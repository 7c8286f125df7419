using System.Text;
using Cpf.Ml.Scoring.Neutrality.Audit;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>An audit as one page that can be printed, sent and read without help.</summary>
public sealed partial class AuditHtml
{
    private const string Style = """
        :root{color-scheme:light}body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;margin:0}
        main{max-width:68rem;margin:0 auto;padding:1.5rem}h1{font-size:1.7rem;margin:.2rem 0}
        h2{font-size:1.25rem;margin:2rem 0 .5rem}
        h3{font-size:1rem;margin:1rem 0 .2rem}.lead{font-size:1.1rem}
        .card{border:1px solid #d0d0d0;border-left:6px solid #6b6b6b;border-radius:4px;padding:.6rem 1rem;
          margin:.8rem 0}
        .biased{border-left-color:#D55E00}.neutral{border-left-color:#009E73}
        table{border-collapse:collapse;width:100%;font-size:.93rem}
        th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .muted{color:#595959}.wide{overflow-x:auto}
        .scale{display:flex;justify-content:space-between;width:220px;font-size:.8rem;color:#595959}svg{max-width:100%}
        svg.interval{width:220px;max-width:none}code{background:#f2f2f2;padding:0 .25rem}
        summary{cursor:pointer;font-weight:600;padding:.3rem 0}
        @media print{main{max-width:none;padding:0}.card,tr{break-inside:avoid}details:not([open])>*{display:block}}
        """;

    private readonly StringBuilder _page = new();
    private readonly AuditReport _report;
    private readonly string _language;

    private AuditHtml(AuditReport report, string language) => (_report, _language) = (report, language);

    /// <summary>Renders a report as one HTML page.</summary>
    /// <param name="report">The audit.</param>
    /// <param name="before">The audit before this one, whose verdicts are compared; null for none.</param>
    /// <param name="language"><c>fr</c> or <c>en</c>.</param>
    public static string Render(AuditReport report, AuditReport? before, string language)
    {
        var html = new AuditHtml(report, language);
        html.Head();
        html.Biases();
        html.Changes(before);
        html.Comparisons();
        html.Organisations();
        html.Positions();
        html.Descriptions();
        html.Data();
        html.Method();
        html.Add("</main></body></html>\n");
        return html._page.ToString();
    }

    private void Head()
    {
        var title = T("Neutralité du moteur de recherche", "Neutrality of the search engine");
        Add($"<!doctype html><html lang=\"{_language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{title}</title><style>{Style}</style></head><body><main>");
        Add(
            $"<p class=\"muted\">{T("Audit des recherches du", "Audit of searches from")} {Day(_report.From)} "
                + $"{T("au", "to")} {Day(_report.Until)}</p><h1>{title}</h1>");
        Add($"<p class=\"lead\"><strong>{E(AuditSummary.Headline(_report))}</strong></p>");
        foreach (var sentence in AuditSummary.Sentences(_report))
        {
            Add($"<p>{E(sentence)}</p>");
        }
    }

    private void Biases()
    {
        var biased = AuditSummary.Biases(_report).Where(line => line.Dimension != "organisation").ToList();
        if (biased.Count == 0)
        {
            return;
        }

        Add($"<h2>{T("Pour qui le moteur n'est pas neutre", "For whom the engine is not neutral")}</h2>");
        foreach (var line in biased)
        {
            Add($"<section class=\"card "
                + $"biased\"><h3>{E(AuditSentences.Subject(line))}</h3><p>{E(AuditSentences.Sentence(line))} "
                    + $"{E(AuditSentences.Sureness(line))}</p>{Bar(line)}");
            if (!line.Explanations.IsEmpty)
            {
                Add(
                    $"<p><strong>{T("D'où cela peut venir", "Where it may come from")}</strong></p><ul>"
                        + string.Concat(
                            line.Explanations.Select(
                                explanation => $"<li>{E(AuditSentences.Explanation(line, explanation))}</li>"))
                        + "</ul>");
            }

            Add(
                $"<p><strong>{T("À faire", "To do")}</strong> : "
                    + $"{E(AuditSentences.ToDo(line))}</p>{Examples(line)}</section>");
        }
    }

    private void Changes(AuditReport? before)
    {
        if (before is null)
        {
            return;
        }

        Add($"<h2>{T("Depuis l'audit précédent", "Since the audit before")} ({Day(before.Until)})</h2>");
        var changes = _report.ChangesSince(before);
        Add(changes.IsEmpty ? $"<p>{T("Aucun verdict n'a changé.", "No verdict has changed.")}</p>" : "<ul>");
        foreach (var (was, now) in changes)
        {
            var earlier = was is null
                ? T("nouvelle comparaison", "new comparison")
                : E(AuditSentences.Verdict(was.Verdict));
            Add(
                $"<li>{E(AuditSentences.Subject(now))} : {earlier} "
                    + $"→ <strong>{E(AuditSentences.Verdict(now.Verdict))}</strong></li>");
        }

        Add(changes.IsEmpty ? "" : "</ul>");
    }

    private void Comparisons()
    {
        Add($"<h2>{T("Toutes les comparaisons", "All comparisons")}</h2><p "
            + "class=\"muted\">"
                + T(
                    "La zone verte est la tolérance, le trait l'intervalle à 95 %, en losange un biais, en "
                        + "rond une neutralité prouvée, en carré ce qui n'est pas tranché. Lissé : ramené vers 0 "
                        + "selon ce dont les groupes d'une dimension diffèrent tous, car de beaucoup de petits "
                        + "groupes les plus grands écarts sont surtout dus au hasard.",
                    "The green zone is the tolerance, the line the 95% interval; a diamond is a bias, a "
                        + "circle proven neutrality, a square what is not decided. Shrunk: drawn towards 0 by how "
                        + "much all groups of a dimension differ, as of many small groups the largest differences "
                        + "are mostly chance.")
                + "</p>");
        Table(_report.Lines.Where(line => line.Dimension != "organisation"), T("Comparaisons", "Comparisons"));
    }

    private void Table(IEnumerable<AuditLine> lines, string label)
    {
        Add($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table><thead><tr><th "
            + $"scope=\"col\">{T("Ce qui est comparé", "What is compared")}</th><th "
            + $"scope=\"col\">{T("Verdict", "Verdict")}</th><th "
            + $"scope=\"col\" class=\"n\">{T("Effet", "Effect")}</th><th "
            + $"scope=\"col\">{T("Intervalle et tolérance", "Interval and tolerance")}</th><th "
            + $"scope=\"col\">{T("Ce qui aurait pu être vu", "What could have been seen")}</th><th scope=\"col\" "
            + $"class=\"n\">{T("Occasions", "Opportunities")}</th></tr></thead><tbody>");
        foreach (var line in lines)
        {
            var shrunk = double.IsNaN(line.Shrunk)
                ? ""
                : $"<br><span class=\"muted\">{T("lissé", "shrunk")} "
                    + $"{E(AuditSentences.Amount(line, line.Shrunk))}</span>";
            Add(
                $"<tr><th scope=\"row\">{E(AuditSentences.Subject(line))}</th>"
                    + $"<td>{E(AuditSentences.Verdict(line.Verdict))}</td>"
                    + $"<td class=\"n\">{E(AuditSentences.Amount(line, line.Effect))}{shrunk}</td>"
                    + $"<td>{Bar(line)}</td><td>{E(AuditSentences.Sureness(line))}</td>"
                    + $"<td class=\"n\">{N(line.Opportunities)}</td></tr>");
        }

        Add("</tbody></table></div>");
    }

    private void Data()
    {
        Add(
            $"<h2>{T("Ce qui a été lu", "What was read")}</h2><p>"
                + T(
                    $"{N(_report.Counts.Searches)} recherches de {N(_report.Questions)} questions différentes, "
                        + $"{N(_report.Counts.Impressions)} affichages ; {N(_report.Counts.Kept)} comptent.",
                    $"{N(_report.Counts.Searches)} searches of {N(_report.Questions)} different questions, "
                        + $"{N(_report.Counts.Impressions)} impressions; {N(_report.Counts.Kept)} count.")
                + "</p>");
        var left = _report.Counts.LeftOut;
        Add(left.IsEmpty ? $"<p>{T("Rien n'a été écarté.", "Nothing was left out.")}</p>"
            : $"<ul>{string.Concat(left.Select(reason => $"<li>{E(reason)}</li>"))}</ul>");
    }

    private void Method()
    {
        Add($"<h2>{T("Méthode et limites", "Method and limits")}</h2>");
        Add(
            "<p>"
                + T(
                    "Exposition : 1/log₂(rang + 1), et 0 pour ce qui pouvait être montré et ne l'a pas été. "
                        + "Seules sont comparées des offres d'une même question et de même pertinence "
                        + $"({Percent(_report.TiedShare)} des occasions sont dans des égalités exactes ; les autres "
                        + "sont comparées à leurs voisines, à pertinence ajustée). Rapport de Mantel et Haenszel ; "
                        + "erreurs par question et par organisme, bootstrap par question (BCa), permutations dans "
                        + "les égalités ; Benjamini–Hochberg sur toutes les lignes ; la neutralité est prouvée par "
                        + "deux tests unilatéraux (TOST) contre une tolérance de "
                        + $"{Percent(_report.Settings.Tolerance)}.",
                    "Exposure: 1/log₂(rank + 1), and 0 for what could have been shown and was not. Only "
                        + $"offers of one question and equal relevance are compared ({Percent(_report.TiedShare)} "
                        + "of opportunities are in exact ties; the others are compared with their neighbours, "
                        + "relevance adjusted). Ratio of Mantel and Haenszel; errors by question and "
                        + "organisation, bootstrap by question (BCa), permutations within ties; "
                        + "Benjamini–Hochberg over all lines; neutrality is proven by two one-sided tests (TOST) "
                        + $"against a tolerance of {Percent(_report.Settings.Tolerance)}.")
                + "</p>");
        if (_report.IsRelevanceLearnt)
        {
            Add(
                "<p>"
                    + T(
                        "La pertinence n'est pas celle du moteur : elle est apprise des clics, pesés par la "
                            + "chance que leur position soit regardée, sans savoir qui vend ni ce qui est populaire "
                            + "(carte du modèle).",
                        "Relevance is not the engine's: it is learnt from clicks, weighed by the chance "
                            + "that their position is looked at, without knowing who sells or what is popular "
                            + "(card of the model).")
                    + "</p>");
        }

        Add(
            "<p>"
                + T(
                    "Un audit vaut ce que vaut la pertinence du journal : si elle contient déjà le biais, il ne peut "
                        + "pas le voir. Il ne déduit jamais le sexe ni l'origine des personnes. Il informe ; des "
                        + "personnes décident.",
                    "An audit is worth what the log's relevance is worth: if that holds the bias already, it cannot "
                        + "see it. It never infers people's sex or origin. It informs; people decide.")
                + $"</p><p class=\"muted\">Cpf.Ml {Html.Encode(_report.ProgramVersion)}</p>");
    }

    private string Bar(AuditLine line) => IntervalBar.Svg(line, $"{In(AuditSentences.Amount(line, line.Effect))} "
        + $"[{In(AuditSentences.Amount(line, line.Low))} ; {In(AuditSentences.Amount(line, line.High))}]");

    private string Examples(AuditLine line) => line.Examples.IsEmpty ? "" : $"<p "
        + $"class=\"muted\">{T("À rejouer", "To replay")} : "
            + string.Join(
                ", ",
                line.Examples.Select(
                    example => "<code>"
                        + Html.Encode(
                            example.Filters.Length == 0 ? example.Query : $"{example.Query} ({example.Filters})")
                        + "</code>"))
            + "</p>";

    private void Add(string html) => _page.Append(html).Append('\n');

    private string In(Text text) => text.In(_language);

    private string E(Text text) => Html.Encode(In(text));

    /// <summary>A phrase; what stands in it is encoded with it.</summary>
    private string T(string fr, string en) => Html.Encode(new Text(fr, en).In(_language));

    private string N(double value, int decimals = 0) => In(Amounts.Number(value, decimals));

    private string Percent(double share) => In(Amounts.Percent(100 * share));

    private string Day(DateOnly day) =>
        In(Instants.Date(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), TimeZoneInfo.Utc));
}
