using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Clicks;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>What stands beside the verdicts: how exposure is shared, what positions are worth, measures of the
/// literature.</summary>
public sealed partial class AuditHtml
{
    private void Organisations()
    {
        var shares = _report.Organisations;
        Add($"<h2>{T("Organismes", "Organisations")}</h2>");
        if (!double.IsNaN(shares.Gini))
        {
            Add(
                "<p>"
                    + T(
                        $"{N(shares.Organisations)} organismes se partagent l'exposition : Gini "
                            + $"{N(shares.Gini, 3)}, HHI normalisé {N(shares.Herfindahl, 4)}, Theil "
                            + $"{N(shares.Theil, 3)} (0 : égal). Le plus exposé, {shares.Largest}, a "
                            + $"{Percent(shares.LargestShare)} de l'exposition avec {Percent(shares.OfferShare)} des "
                            + "offres possibles.",
                        $"{N(shares.Organisations)} organisations share the exposure: Gini "
                            + $"{N(shares.Gini, 3)}, normalised HHI {N(shares.Herfindahl, 4)}, Theil "
                            + $"{N(shares.Theil, 3)} (0: equal). The most exposed, {shares.Largest}, has "
                            + $"{Percent(shares.LargestShare)} of the exposure with {Percent(shares.OfferShare)} "
                            + "of the possible offers.")
                    + "</p>");
            if (shares.Purchases > 0)
            {
                Add(
                    "<p>"
                        + T(
                            $"Il a {Percent(shares.LargestPurchaseShare)} des {N(shares.Purchases)} achats "
                                + $"(HHI normalisé des achats : {N(shares.PurchaseHerfindahl, 4)}). Des achats "
                                + "suivent ce qui est vu : ils ne justifient pas une exposition.",
                            $"It has {Percent(shares.LargestPurchaseShare)} of the {N(shares.Purchases)} "
                                + $"purchases (normalised HHI of purchases: {N(shares.PurchaseHerfindahl, 4)}). "
                                + "Purchases follow what is seen: they do not justify exposure.")
                        + "</p>");
            }
        }

        if (_report.Lines.Any(line => line.Dimension == "organisation"))
        {
            Add(
                "<details"
                    + (
                        _report.Lines.Any(
                            line => line.Dimension == "organisation" && line.Verdict == NeutralityVerdict.Biased)
                            ? " open"
                            : "")
                    + "><summary>"
                    + T("Un par un, ceux qui ont le plus d'offres", "One by one, those with the most offers")
                    + "</summary>");
            Table(_report.Lines.Where(line => line.Dimension == "organisation"),
                T("Organismes un par un", "Organisations one by one"));
            Add("</details>");
        }
    }

    private void Positions()
    {
        var known = _report.Positions.Where(position => double.IsFinite(position.Theta)).ToList();
        if (known.Count < 2)
        {
            return;
        }

        var isLogged = known.Exists(position => !double.IsNaN(position.Known));
        Add(
            $"<h2>{T("Ce que vaut une position", "What a position is worth")}</h2><p>"
                + T(
                    "Chance qu'une offre soit regardée, par rapport à la première position, d'après les "
                        + "offres vues à plusieurs rangs. Les clics bruts ne disent pas la pertinence : il faut les "
                        + "diviser par cette chance.",
                    "Chance that an offer is looked at, against the first position, by offers that were "
                        + "seen at several ranks. Raw clicks are not relevance: they must be divided by this "
                        + "chance.")
                + "</p>");
        Add(PositionChart.Svg(known, T("Biais de position par rang", "Position bias by rank")));
        Add($"<details><summary>{T("Voir en tableau", "See as a table")}</summary><table><thead><tr><th "
            + $"scope=\"col\" class=\"n\">{T("Rang", "Rank")}</th><th "
            + $"scope=\"col\" class=\"n\">θ</th><th scope=\"col\" class=\"n\">95 %</th><th "
            + $"scope=\"col\" class=\"n\">{T("Affichages", "Impressions")}</th><th scope=\"col\" "
            + $"class=\"n\">{T("Clics", "Clicks")}</th>"
                + (isLogged ? $"<th scope=\"col\" class=\"n\">{T("Selon le journal", "By the log")}</th>" : "")
                + "</tr></thead><tbody>");
        foreach (var position in known)
        {
            Add($"<tr><td class=\"n\">{position.Rank}</td><td class=\"n\">{N(position.Theta, 3)}</td><td "
                + $"class=\"n\">{N(position.Low, 3)} – {N(position.High, 3)}</td><td "
                + $"class=\"n\">{N(position.Impressions)}</td><td "
                + $"class=\"n\">{N(position.Clicks)}</td>"
                    + (isLogged ? $"<td class=\"n\">{N(position.Known, 3)}</td>" : "")
                    + "</tr>");
        }

        Add("</tbody></table></details>");
        var off = known.Where(position => position.IsContradicted(known.Count)).ToList();
        if (isLogged)
        {
            Add(off.Count == 0
                ? "<p>"
                    + T(
                        "Les propensions du journal s'accordent avec les clics.",
                        "The log's propensities agree with the clicks.")
                    + "</p>"
                : "<p>"
                    + T(
                        "Les propensions du journal ne s'accordent pas avec les clics aux rangs "
                            + $"{string.Join(", ", off.Select(position => position.Rank))} : vérifier comment elles "
                            + "ont été mesurées.",
                        "The log's propensities do not agree with the clicks at ranks "
                            + $"{string.Join(", ", off.Select(position => position.Rank))}: check how they were "
                            + "measured.")
                    + "</p>");
        }

        var (clicks, effective) = (known.Sum(position => position.Clicks), PositionBias.EffectiveSize(
            known.SelectMany(
                position => Enumerable.Repeat(1 / position.Theta, (int)Math.Min(position.Clicks, int.MaxValue)))));
        Add(
            "<p class=\"muted\">"
                + T(
                    $"Pesés par 1/θ pour dire la pertinence, {N(clicks)} clics en valent {N(effective)}.",
                    $"Weighted by 1/θ to estimate relevance, {N(clicks)} clicks are worth {N(effective)}.")
                + "</p>");
        if (!double.IsNaN(_report.Continuation))
        {
            Add(
                "<p class=\"muted\">"
                    + T(
                        "Autre lecture (cascade) : qui lit de haut en bas et s'arrête au premier clic passe à "
                            + $"l'offre suivante {Percent(_report.Continuation)} du temps.",
                        "Another reading (cascade): who reads from the top and stops at the first click "
                            + $"goes on to the next offer {Percent(_report.Continuation)} of the time.")
                    + "</p>");
        }
    }

    private void Descriptions()
    {
        if (_report.Described.IsEmpty)
        {
            return;
        }

        Add($"<h2>{T("Mesures usuelles", "Standard measures")}</h2><p "
            + "class=\"muted\">"
                + T(
                    "Elles décrivent et ne prouvent rien : elles prennent pour cible la part de chaque groupe "
                        + "parmi les offres possibles, sans demander une pertinence égale.",
                    "They describe and prove nothing: they take the share of each group among possible "
                        + "offers for the target, and do not ask for equal relevance.")
                + "</p>");
        Add($"<details><summary>{T("Voir le tableau", "See the table")}</summary><div class=\"wide\" tabindex=\"0\" "
            + $"role=\"region\" aria-label=\"{T("Mesures usuelles", "Standard measures")}\"><table><thead><tr><th "
            + $"scope=\"col\">{T("Dimension ou groupe", "Dimension or group")}</th><th scope=\"col\" class=\"n\">NDKL "
            + $"(bits)</th><th scope=\"col\" class=\"n\">AWRF</th><th scope=\"col\" class=\"n\">skew@10</th><th "
            + $"scope=\"col\" class=\"n\">{T("Pertinence moyenne", "Mean relevance")}</th><th "
            + $"scope=\"col\" class=\"n\">DPR</th><th scope=\"col\" class=\"n\">ln DTR</th><th "
            + $"scope=\"col\" class=\"n\">{T("Paires, dans le groupe", "Pairs, within")}</th><th scope=\"col\" "
            + $"class=\"n\">{T("Paires, avec d'autres", "Pairs, across")}</th></tr></thead><tbody>");
        foreach (var described in _report.Described)
        {
            Add($"<tr><th scope=\"row\">{E(described.Name)}</th><td "
                + $"class=\"n\">{N(described.DiscountedDivergence, 3)}</td><td "
                + $"class=\"n\">{N(described.AttentionFairness, 3)}</td><td class=\"n\">{N(described.MinSkew, 2)} "
                + $"… {N(described.MaxSkew, 2)}</td><td></td><td></td><td></td><td></td><td></td></tr>");
            foreach (var group in described.Groups)
            {
                Add($"<tr><td>{E(group.Name)}</td><td></td><td></td><td></td><td "
                    + $"class=\"n\">{N(group.Relevance, 3)}</td><td class=\"n\">{N(group.ParityRatio, 3)}</td><td "
                    + $"class=\"n\">{N(group.SignedTreatment, 3)}</td><td class=\"n\">{N(group.Within, 3)}</td><td "
                    + $"class=\"n\">{N(group.Across, 3)}</td></tr>");
            }
        }

        Add("</tbody></table></div></details>");
        Add(
            "<p class=\"muted\">"
                + T(
                    "Paires : d'une offre ouverte et d'une autre, montrée avec elle et non ouverte, part où "
                        + "l'ouverte est plus haut. Plus basse avec d'autres groupes que dans le sien : le groupe "
                        + "est placé trop bas pour ce que les gens en veulent.",
                    "Pairs: of an offer that was opened and another, shown with it and not opened, the "
                        + "share in which the opened one stands higher. Lower across groups than within: the "
                        + "group stands too low for what people want of it.")
                + "</p>");
        if (_report.Ranking is { Questions: > 0 } all)
        {
            Add(
                "<p class=\"muted\">"
                    + T(
                        $"Sur {N(all.Questions)} questions : exposition attendue EE-D {N(all.Disparity, 3)}, "
                            + $"EE-R {N(all.Relevance, 3)}, EE-L {N(all.Loss, 4)} (0 : les égales traitées "
                            + $"également) ; inéquité d'attention {N(all.Attention, 3)} (0 : en proportion de la "
                            + "pertinence).",
                        $"Over {N(all.Questions)} questions: expected exposure EE-D {N(all.Disparity, 3)}, "
                            + $"EE-R {N(all.Relevance, 3)}, EE-L {N(all.Loss, 4)} (0: equals treated equally); "
                            + $"inequity of attention {N(all.Attention, 3)} (0: in proportion to relevance).")
                    + "</p>");
        }
    }
}
