using System.Globalization;
using System.Text;

namespace Cpf.Ml.Scoring;

/// <summary>Removes accents, which people leave out when they type.</summary>
public static class Accents
{
    /// <summary>The text in canonical decomposition without combining marks: «Élève» becomes «Eleve». Letters such as œ
    /// and ø, which do not decompose, stay.</summary>
    /// <param name="text">Any text.</param>
    public static string Strip(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }
}
