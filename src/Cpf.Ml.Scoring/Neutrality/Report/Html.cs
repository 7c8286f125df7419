using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Cpf.Ml.Scoring.Neutrality.Report;

/// <summary>Text in pages of HTML: what a log brings is never markup.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);
}
