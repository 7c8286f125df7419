using System.Globalization;
using System.Text;

namespace Cpf.Ml.Scoring;

/// <summary>Letters without their accents, which people leave out when they type.</summary>
public static class Accents
{
    /// <summary>«Élève» is «Eleve», in canonical decomposition. Letters such as œ and ø, which are no letter with an
    /// accent, stay.</summary>
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
