using System.Text.RegularExpressions;

namespace Cpf.Ml.Scoring.Matching.Wording;

/// <summary>Titles of jobs as the ROME prints them: « Agent / Agente de maintenance » is one title in two
/// forms.</summary>
internal static partial class JobTitle
{
    /// <summary>The masculine form, and the feminine one where it is another.</summary>
    /// <remarks>Cut at the bar, « Agent » would be left, which is no title: what follows the feminine words belongs to
    /// both.</remarks>
    public static IEnumerable<string> Forms(string title)
    {
        var bar = title.IndexOf(" / ", StringComparison.Ordinal);
        if (bar < 0)
        {
            return [title];
        }

        var (first, second) = (title[..bar].Trim(), title[(bar + 3)..].Trim());
        var masculine = first.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var feminine = second.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return feminine.Length < masculine.Length ? [first, second]
            : [string.Join(' ', masculine.Concat(feminine.Skip(masculine.Length))), second];
    }

    /// <summary>Without the feminine ending that is put in brackets or after a point or hyphen:
    /// « Technicien(ne) supérieur (e) ».</summary>
    public static string Masculine(string title) => Ending().Replace(title, string.Empty);

    [GeneratedRegex(
        @"\s?[(\[](e|ne|nne|se|sse|trice|ère|ere|ière|iere|rice|euse|le|lle|es|s|te|ve|ice|enne|ienne|esse|fe|che|que)"
            + @"[)\]]|(?<=\p{L})[.·](e|ne|trice|euse|se)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ending();
}
