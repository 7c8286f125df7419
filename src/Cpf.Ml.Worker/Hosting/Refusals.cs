using System.Text.Json;
using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>Validation of values in a request, with a message for the person who sent it.</summary>
internal static class Refusals
{
    /// <returns>The text without space around it.</returns>
    public static string IfEmpty(string? text, string field) => string.IsNullOrWhiteSpace(text)
        ? throw Bad($"«\u00a0{field}\u00a0» est vide\u00a0: écrivez au moins un mot.",
            $"{field} is empty: write a word at least.")
        : text.Trim();

    public static void IfLonger(string? text, int max, string field)
    {
        if (text?.Length > max)
        {
            throw Bad(
                $"«\u00a0{field}\u00a0» compte {text.Length} caractères, {max} au plus.",
                $"{field} has {text.Length} characters, {max} at most.");
        }
    }

    /// <summary>Parses the name of an enumeration's value, ignoring case: responses write <c>open</c>, and requests
    /// may.</summary>
    /// <returns>Null when <paramref name="text"/> is null.</returns>
    /// <exception cref="RefusedException">It is none of them; they are listed.</exception>
    public static T? IfNoChoice<T>(string? text, string field)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(text, ignoreCase: true);
        }

        var known = string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));
        throw Bad($"«\u00a0{field}\u00a0» doit être l'un de\u00a0: {known}.",
            $"{field} must be one of {known}, was \"{text}\".");
    }

    public static RefusedException Bad(string french, string english) => new(400, new Text(french, english));
}
