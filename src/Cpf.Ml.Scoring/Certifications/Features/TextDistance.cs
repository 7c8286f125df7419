using System.Text;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>1 − cosine of texts by their groups of four letters, rare groups weighing more (TF-IDF).</summary>
/// <remarks>Reference: Cavnar and Trenkle (1994), <i>N-gram-based text categorization</i>. Groups of letters forgive
/// endings, typing errors and word order.</remarks>
internal sealed class TextDistance
{
    private const int Length = 4;

    /// <summary>Groups are counted under a hash; of two million, few share a place.</summary>
    private const int Places = 1 << 18;

    private readonly Dictionary<string, (int Place, double Count)[]> _texts = [];
    private readonly double[] _rarity = new double[Places];

    /// <param name="texts">All that will be compared.</param>
    public TextDistance(IEnumerable<string> texts)
    {
        foreach (var (text, groups) in texts.Distinct().AsParallel().AsOrdered().Select(text => (text, Groups(text))))
        {
            _texts[text] = groups;
            foreach (var (index, _) in groups)
            {
                _rarity[index]++;
            }
        }

        for (var i = 0; i < Places; i++)
        {
            _rarity[i] = Math.Log((1.0 + _texts.Count) / (1 + _rarity[i])) + 1;
        }
    }

    /// <returns>In [0, 1]; 1 where either is empty.</returns>
    public double Between(string text, string other)
    {
        var (a, b) = (_texts[text], _texts[other]);
        var (product, i, j) = (0.0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Place == b[j].Place)
            {
                product += Weight(a[i]) * Weight(b[j]);
                (i, j) = (i + 1, j + 1);
            }
            else if (a[i].Place < b[j].Place)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        var norms =
            Math.Sqrt(a.Sum(group => Weight(group) * Weight(group)) * b.Sum(group => Weight(group) * Weight(group)));
        return norms > 0 ? Math.Clamp(1 - (product / norms), 0, 1) : 1;
    }

    private double Weight((int Place, double Count) group) => (1 + Math.Log(group.Count)) * _rarity[group.Place];

    /// <summary>Without accents, in small letters, words apart by one blank; sorted by place.</summary>
    private static (int Place, double Count)[] Groups(string text)
    {
        var plain = new StringBuilder(" ");
        foreach (var letter in Accents.Strip(text))
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
            else if (plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        var indexes = new int[Math.Max(0, plain.Length - Length + 1)];
        for (var i = 0; i < indexes.Length; i++)
        {
            uint hash = 2166136261; // FNV-1a
            for (var j = 0; j < Length; j++)
            {
                hash = unchecked((hash ^ plain[i + j]) * 16777619);
            }

            indexes[i] = (int)((hash ^ (hash >> 15)) % Places);
        }

        Array.Sort(indexes);
        var groups = new List<(int, double)>(indexes.Length);
        for (int i = 0, next; i < indexes.Length; i = next)
        {
            next = i + 1;
            while (next < indexes.Length && indexes[next] == indexes[i])
            {
                next++;
            }

            groups.Add((indexes[i], next - i));
        }

        return [.. groups];
    }
}
