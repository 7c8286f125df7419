namespace Cpf.Ml.Scoring.Matching.Wording;

/// <summary>Words of French titles.</summary>
internal static class FrenchText
{
    /// <summary>Words that say nothing of a job.</summary>
    private static readonly HashSet<string> Stop =
    [
        .. ("a au aux avec ce ces d dans de des du en et etc for in l la le les of ou par pour s sa se ses sous sur "
            + "the un une vers n").Split(' '),
    ];

    /// <summary>Small letters, no accents, œ as oe.</summary>
    public static string Fold(string text) => Accents
        .Strip(text.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase)
            .Replace("æ", "ae", StringComparison.OrdinalIgnoreCase))
        .ToLowerInvariant();

    /// <summary>Words of a folded text, without those that say nothing.</summary>
    public static List<string> Words(string folded)
    {
        var words = new List<string>();
        for (int begin = 0, end; begin < folded.Length; begin = end + 1)
        {
            end = begin;
            while (end < folded.Length && char.IsLetterOrDigit(folded[end]))
            {
                end++;
            }

            if (end > begin && folded[begin..end] is var word && !Stop.Contains(word))
            {
                words.Add(word);
            }
        }

        return words;
    }
}
