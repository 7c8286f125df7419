using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>Evidence for an estimated link, in facts of the register.</summary>
/// <param name="Tier">Where the link comes from.</param>
/// <param name="Predecessors">Fiches that it replaces and that declare the job.</param>
/// <param name="Formacode">Of its formacodes the one whose certifications declare the job most; null where none
/// does.</param>
/// <param name="Fiches">Certifications with this formacode.</param>
/// <param name="Declare">Those of them that declare the job.</param>
/// <param name="Siblings">Of the twenty certifications most like it, those that declare the job, the nearest
/// first.</param>
/// <param name="CounterExample">Of them the nearest that declares other jobs and not this one; null where there is
/// none.</param>
/// <param name="Words">Words of its title and contents that speak most for the job, the strongest first.</param>
public sealed record LinkEvidence(
    LinkTier Tier, ImmutableArray<string> Predecessors, Formacode? Formacode,
    int Fiches, int Declare, ImmutableArray<string> Siblings, string? CounterExample, ImmutableArray<string> Words)
{
    /// <summary>All evidence, the strongest first, and what speaks against the link.</summary>
    /// <param name="title">Title of a certification by its code.</param>
    public Text Sentence(Func<string, string> title)
    {
        string Named(string? id) => id is null ? string.Empty : $"{id} ({title(id)})";
        return new(
            string.Join(" ", Sentences(
                $"Déclaré par {string.Join(", ", Predecessors)}, qu'elle remplace.",
                $"{Declare} des {Fiches} certifications de formacode "
                    + $"«\u00a0{Contents}\u00a0» {(Declare == 1 ? "le déclare" : "le déclarent")}.",
                $"{Siblings.Length} des 20 certifications les plus proches "
                    + (Siblings.Length == 1 ? "le déclare\u00a0:" : "le déclarent, d'abord")
                    + $" {Named(Siblings.FirstOrDefault())}.",
                $"Mots en sa faveur\u00a0: {string.Join(", ", Words)}.",
                $"À l'inverse, {Named(CounterExample)}, proche aussi, ne le déclare pas.")),
            string.Join(" ", Sentences(
                $"Declared by {string.Join(", ", Predecessors)}, which it replaces.", $"{Declare} of the {Fiches} "
                    + $"certifications with formacode “{Contents}” {(Declare == 1 ? "declares" : "declare")} it.",
                $"{Siblings.Length} of the 20 certifications most like it "
                    + (Siblings.Length == 1 ? "declares it:" : "declare it, first")
                    + $" {Named(Siblings.FirstOrDefault())}.",
                $"Words that speak for it: {string.Join(", ", Words)}.",
                $"On the other hand {Named(CounterExample)}, also like it, does not declare it.")));
    }

    private string Contents => Formacode is { Label.Length: > 0 } known ? known.Label : Formacode?.Code ?? string.Empty;

    private IEnumerable<string> Sentences(
        string predecessors, string formacode, string siblings, string words, string counterExample)
    {
        if (Predecessors.Length > 0)
        {
            yield return predecessors;
        }

        if (Declare > 0)
        {
            yield return formacode;
        }

        if (Siblings.Length > 0)
        {
            yield return siblings;
        }

        if (Words.Length > 0)
        {
            yield return words;
        }

        if (CounterExample is not null)
        {
            yield return counterExample;
        }
    }
}
