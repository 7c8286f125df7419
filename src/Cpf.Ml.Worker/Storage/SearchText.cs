using System.Text;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Text folded for search, the same on both engines: accents, case and kinds of space or apostrophe do not
/// matter.</summary>
internal static class SearchText
{
    /// <summary>Words beyond this number are ignored.</summary>
    private const int MaxWords = 12;

    /// <summary>«Durée à 4,8 s» becomes «duree a 4,8 s», whatever its spaces are.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Accents.Strip(text.Normalize(NormalizationForm.FormKD)))
        {
            if (char.IsWhiteSpace(letter))
            {
                folded.Append(folded.Length > 0 && folded[^1] != ' ' ? " " : "");
            }
            else
            {
                _ = letter switch
                {
                    'œ' or 'Œ' => folded.Append("oe"),
                    'æ' or 'Æ' => folded.Append("ae"),
                    '’' => folded.Append('\''),
                    _ => folded.Append(char.ToLowerInvariant(letter)),
                };
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>The folded words of a query, all of which must match.</summary>
    public static string[] Words(string? typed) =>
        [.. Fold(typed ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords)];

    /// <summary>The searchable text of an incident, one folded text a line, so that no word matches across
    /// two.</summary>
    public static string Of(Incident incident) => string.Join('\n', incident.Alerts.Select(alert => alert.SeriesName)
        .Prepend(incident.Title)
        .SelectMany(text => new[] { text.Fr, text.En })
        .Prepend(incident.Service)
        .Select(Fold)
        .Distinct());
}
