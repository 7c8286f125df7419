namespace Cpf.Ml.Scoring;

/// <summary>A whole phrase in both languages of the console; never a fragment.</summary>
/// <param name="Fr">As a French person writes it.</param>
/// <param name="En">The same in English.</param>
public readonly record struct Text(string Fr, string En)
{
    /// <summary>The phrase in one of the languages.</summary>
    /// <param name="language">Two-letter code; anything but <c>en</c> is French.</param>
    public string In(string language) => language == "en" ? En : Fr;
}
