using Cpf.Ml.Scoring.Neutrality.Audit;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>Lines of an audit in words.</summary>
public static class AuditSentences
{
    /// <summary>Name of a verdict.</summary>
    /// <param name="verdict">Verdict of a line.</param>
    public static Text Verdict(NeutralityVerdict verdict) => verdict switch
    {
        NeutralityVerdict.Neutral => new("neutre (prouvé)", "neutral (proven)"),
        NeutralityVerdict.Biased => new("biais", "bias"),
        _ => new("non concluant", "inconclusive"),
    };

    /// <summary>What the line compares.</summary>
    /// <param name="line">Line of an audit.</param>
    public static Text Subject(AuditLine line) => line.Group.Length == 0 ? line.Name
        : new($"{line.Name.Fr} : {line.GroupName.Fr}", $"{line.Name.En}: {line.GroupName.En}");

    /// <summary>Size and direction of the effect, as a phrase.</summary>
    /// <param name="line">Line of an audit.</param>
    public static Text Finding(AuditLine line)
    {
        if (double.IsNaN(line.Effect))
        {
            return line.Reason ?? new("Rien à comparer.", "Nothing to compare.");
        }

        var (size, more) = (Amounts.Percent(100 * Math.Abs(line.Effect)), line.Effect >= 0);
        return line.Measure switch
        {
            AuditMeasure.Exposure => new(
                $"vues {size.Fr} de {(more ? "plus" : "moins")} que d'autres offres aussi pertinentes",
                $"seen {size.En} {(more ? "more" : "less")} than other offers that are as relevant"),
            AuditMeasure.Elasticity => Twice(line.Effect),
            AuditMeasure.Doubling => new(
                $"le double donne {size.Fr} d'exposition de {(more ? "plus" : "moins")} à pertinence égale",
                $"the double gives {size.En} {(more ? "more" : "less")} exposure at equal relevance"),
            AuditMeasure.Answers => new($"{size.Fr} de {(more ? "plus" : "moins")} que la même question posée ailleurs",
                $"{size.En} {(more ? "more" : "less")} than the same question asked elsewhere"),
            AuditMeasure.Share =>
                new($"{size.Fr} des réponses de {(more ? "plus" : "moins")} que la même question posée ailleurs",
                    $"{size.En} of answers {(more ? "more" : "less")} than the same question asked elsewhere"),
            _ when line.Unanswered > 0 => Unanswered(line),
            _ => line.Effect == 0
                ? new("des classements identiques, aux répétitions près", "identical rankings, but for repetitions")
                : new($"des classements qui diffèrent de {Amounts.Number(line.Effect, 3).Fr} "
                    + $"au-delà des répétitions (0 : les mêmes, 1 : rien de commun)",
                    $"rankings that differ by {Amounts.Number(line.Effect, 3).En} beyond repetitions (0: the same, 1: "
                        + $"nothing in common)"),
        };
    }

    /// <summary>The finding as a sentence by itself.</summary>
    /// <param name="line">Line of an audit.</param>
    public static Text Sentence(AuditLine line)
    {
        static string Whole(string text) => text.EndsWith('.') ? Capital(text) : Capital(text) + ".";
        var finding = Finding(line);
        return new(Whole(finding.Fr), Whole(finding.En));
    }

    /// <summary>An effect or bound with its unit.</summary>
    /// <param name="line">Line of an audit.</param>
    /// <param name="value">Value in the unit of the line's measure; NaN is written as a dash.</param>
    public static Text Amount(AuditLine line, double value) => double.IsNaN(value) ? new("—", "—")
        : line.Measure is AuditMeasure.Elasticity or AuditMeasure.Distance
            ? Amounts.Number(value, line.Measure == AuditMeasure.Elasticity ? 2 : 3)
        : value > 0 ? Signed(Amounts.Number(100 * value, 1)) : With(Amounts.Number(100 * value, 1));

    /// <summary>How sure the verdict is, or what it would take to reach one.</summary>
    /// <param name="line">Line of an audit.</param>
    public static Text Sureness(AuditLine line) => line.Verdict switch
    {
        NeutralityVerdict.Neutral => new(
            $"Un écart de plus de {Amount(line, line.Tolerance).Fr.TrimStart('+')} est exclu ; un écart "
                + $"de {Amount(line, line.Detectable).Fr.TrimStart('+')} aurait été vu quatre fois sur cinq.",
            $"A difference of more than {Amount(line, line.Tolerance).En.TrimStart('+')} is ruled out; one "
                + $"of {Amount(line, line.Detectable).En.TrimStart('+')} would have been seen four times in five."),
        NeutralityVerdict.Biased => new(
            $"95 % : entre {Amount(line, line.Low).Fr} et {Amount(line, line.High).Fr}. Le hasard seul en ferait "
                + $"autant {Once(line.AdjustedP).Fr}, toutes comparaisons comptées.",
            $"95%: between {Amount(line, line.Low).En} and {Amount(line, line.High).En}. Chance alone would do as "
                + $"much {Once(line.AdjustedP).En}, all comparisons counted."),
        _ when line.Reason is { } reason => line.Needed is { } enough && !double.IsNaN(line.Effect)
            ? new($"{reason.Fr} Il en faudrait environ {Amounts.Number(enough).Fr} occasions ; le journal "
                + $"en a {Amounts.Number(line.Opportunities).Fr}.", $"{reason.En} About {Amounts.Number(enough).En} "
                    + $"opportunities would be enough; the log has {Amounts.Number(line.Opportunities).En}.")
            : reason,
        _ when line.Needed is { } needed => new(
            $"Ni biais ni neutralité "
                + $"ne sont prouvés : un écart de moins de {Amount(line, line.Detectable).Fr.TrimStart('+')} "
                + $"pouvait échapper. Environ {Amounts.Number(needed).Fr} occasions suffiraient ; le journal en "
                + $"a {Amounts.Number(line.Opportunities).Fr}.",
            $"Neither bias nor neutrality is proven: "
                + $"a difference of less than {Amount(line, line.Detectable).En.TrimStart('+')} "
                + $"could escape. About {Amounts.Number(needed).En} opportunities would be enough; the log "
                + $"has {Amounts.Number(line.Opportunities).En}."),
        _ => new(
            $"L'écart, entre {Amount(line, line.Low).Fr} et {Amount(line, line.High).Fr}, est trop près du seuil "
                + $"de {Amount(line, line.Tolerance).Fr.TrimStart('+')} pour trancher.",
            $"The difference, between {Amount(line, line.Low).En} and {Amount(line, line.High).En}, is too near the "
                + $"bound of {Amount(line, line.Tolerance).En.TrimStart('+')} to decide."),
    };

    /// <summary>How much of a gap an explanation accounts for, and what would be left.</summary>
    /// <param name="line">Line of an audit.</param>
    /// <param name="explanation">One of its explanations.</param>
    public static Text Explanation(AuditLine line, GapExplanation explanation)
    {
        var (left, share, low, high) = (Amount(line, explanation.Left), Amounts.Percent(100 * explanation.Share),
            Amounts.Number(Math.Max(0, 100 * explanation.Low)), Amounts.Number(100 * explanation.High));
        return new(
            $"{Capital(explanation.Name.Fr)}, il resterait {left.Fr} : {share.Fr} de l'écart s'en va (95 % : "
                + $"de {low.Fr} à {high.Fr}).", $"{Capital(explanation.Name.En)}, {left.En} would be left: {share.En} "
                    + $"of the difference goes (95%: {low.En} to {high.En}).");
    }

    /// <summary>What to do about a bias.</summary>
    /// <param name="line">Line of an audit.</param>
    public static Text ToDo(AuditLine line) => line.Dimension switch
    {
        "volume" or "organisation" => new(
            "Faire tourner les organismes, et non les offres, entre offres aussi pertinentes, avec un plafond d'offres "
                + "par organisme entre égales.",
                "Rotate organisations, not offers, among equally relevant offers, with "
                    + "a cap of offers for each organisation among equals."),
        "popularity" => new(
            "Retirer clics et commandes passés du classement, ou les corriger du biais de position : sinon ce qui est "
                + "vu devient plus vu.", "Take past clicks and orders out of the ranking, or correct them for position "
                    + "bias: else what is seen is seen more."),
        "text" => new("Borner l'effet de la longueur du texte dans la pertinence.",
            "Bound the effect of the length of the text on relevance."),
        "context" => new("Chercher quelle donnée de la personne entre dans le classement et l'en retirer : un résultat "
            + "dépend de la question, jamais de la personne.", "Find which datum of the person enters the ranking and "
                + "take it out: a result depends on the question, never on the person."),
        _ when line.Measure is AuditMeasure.Answers or AuditMeasure.Share => new(
            "Voir d'abord si l'offre y est moindre, ce que le moteur ne peut pas changer ; sinon chercher quel filtre "
                + "ou quel paramètre écarte ces offres. Élargir la zone ou proposer des offres à distance peut aider.",
            "See first whether there are fewer offers there, which the engine cannot change; else find which filter or "
                + "parameter leaves these offers out. A wider area or remote offers may help."),
        _ when line.Measure == AuditMeasure.Distance =>
            new("Ramener les deux formes à la même racine avant de chercher.",
                "Fold the two forms to the same root before searching."),
        _ => new(
            "Chercher quel paramètre du classement porte l'écart et le retirer ; sinon corriger par réordonnancement "
                + "sous contrainte d'exposition (cpf-ml neutrality rerank).",
                "Find which parameter of the ranking carries the difference and take it out; else correct it by "
                    + "re-ranking under exposure constraints (cpf-ml neutrality rerank)."),
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static Text Unanswered(AuditLine line)
    {
        var rest = Finding(line with { Unanswered = 0 });
        return new($"{rest.Fr} ; pour {line.Unanswered} paires sur {line.Questions} une forme n'a aucun résultat",
            $"{rest.En}; of {line.Questions} pairs {line.Unanswered} have a form without any result");
    }

    private static Text Twice(double elasticity)
    {
        var times = Amounts.Number(Math.Pow(2, elasticity), 2);
        return new($"deux fois plus d'offres à pertinence égale donnent à un organisme {times.Fr} fois l'exposition "
            + $"(élasticité {Amounts.Number(elasticity, 2).Fr})", $"twice the offers at equal relevance give an "
                + $"organisation {times.En} times the exposure (elasticity {Amounts.Number(elasticity, 2).En})");
    }

    private static Text Once(double p)
    {
        if (p < 1e-6)
        {
            return new("moins d'une fois sur un million", "less than once in a million");
        }

        var times = Amounts.Number(Math.Max(2, Math.Round(1 / p)));
        return new($"une fois sur {times.Fr}", $"once in {times.En}");
    }

    private static Text With(Text number) => new($"{number.Fr}\u00a0%", $"{number.En}%");

    private static Text Signed(Text number) => new($"+{number.Fr}\u00a0%", $"+{number.En}%");
}
